/** Signing in and out over HTTP: who gets in, as whom, for how long, and who is kept out. */
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import type { Response } from 'supertest'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { addToken, disableUser } from '../../server/commands/users/manage-users.ts'
import type { Session } from '../../server/contract/session.ts'
import { allRoutes } from '../../server/routes/table.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { otherTown, seedSmallTown, now as start, town } from '../support/small-town.ts'
import { addPeople, cookieFrom, password, signIn } from '../support/users.ts'

const test = useDatabase()
const [second, hour] = [1000, 3_600_000]
let now = start
const clock = (): number => now
let service: Service
const deed = () => ({ actor: 'test', now })

beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db, { clock })
})

const statusOf = async (cookie: string, path = '/api/session'): Promise<number> =>
  (await service.get(path, { cookie })).status
const nameAt = async (headers: Readonly<Record<string, string>>): Promise<string> =>
  ((await service.get('/api/session', headers)).body as Session).name
const enter = (
  login: string,
  secret: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  service.send((agent) => agent.post('/api/session').set(headers).send({ login, password: secret }))

describe('a service without users', () => {
  it('is open: everybody is the viewer of the configuration', async () => {
    const { body } = await service.get('/api/session')
    expect(body).toMatchObject({ name: 'local-administrator', by: 'open', areas: 'all', expires_at: null })
    expect((await enter('anybody', password)).status).toBe(409)
  })

  it('is open no longer two seconds after the first one was added, by whichever process', async () => {
    await addPeople(
      test.db,
      [
        { login: 'zhang', role: 'planner', areas: [town], name: '张三' },
        { login: 'li', role: 'supervisor', areas: [otherTown] },
        { login: 'boss', role: 'administrator', areas: 'all' },
        { login: 'brief', role: 'analyst', areas: [town] },
      ],
      now,
    )
    expect((await service.get('/api/areas')).status).toBe(200)
    now += 2 * second
    expect((await service.get('/api/areas')).status).toBe(401)
  })
})

describe('with users', () => {
  it('no route answers a stranger but those that must', async () => {
    const open: string[] = []
    for (const { method, path } of allRoutes) {
      const { status } = await service.send((agent) => agent[method](path.replace(/\{\w+\}/g, '1')))
      if (status !== 401) open.push(`${method} ${path} ${status}`)
    }
    // Phones are known by their ids and keys: without one, and without a position, nothing is taken.
    // Signing in without a body is malformed; signing out needs no session.
    expect(open.toSorted()).toEqual([
      'delete /api/session 204',
      'get /healthz 200',
      'get /ingest/osmand 400',
      'get /readyz 200',
      'post /api/session 400',
      'post /ingest/osmand 400',
      'post /ingest/owntracks 200',
      'post /ingest/visits 400',
    ])
  })

  it('the published document says the same', async () => {
    const { body } = await service.get('/api/openapi.json', { cookie: await signIn(service, 'boss') })
    const { security, paths } = body as {
      security: unknown[]
      paths: Record<string, Record<string, { security?: unknown[] }>>
    }
    expect(security).toEqual([{ session: [] }, { token: [] }])
    const open = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, operation]) => operation.security?.length === 0)
        .map(([method]) => `${method} ${path}`),
    )
    expect(open.toSorted()).toEqual([
      'delete /api/session',
      'get /healthz',
      'get /ingest/osmand',
      'get /readyz',
      'post /api/session',
      'post /ingest/osmand',
      'post /ingest/owntracks',
      'post /ingest/visits',
    ])
  })

  it('a stranger is told so in both languages, before anything of the request is judged', async () => {
    const { status, headers, body } = await service.get('/api/areas/none/grids?day=never')
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer realm="wangge"'])
    expect(body).toMatchObject({
      code: 'unauthenticated',
      detail: { zh: '请先登录。', en: 'Sign in first.' },
    })
  })

  it('the cookie is kept from scripts, from other sites, and from http once there is https', async () => {
    const plain = await enter('Zhang', password)
    expect(plain.body).toMatchObject({
      name: 'zhang',
      display_name: '张三',
      role: 'planner',
      areas: [town],
      by: 'session',
      expires_at: new Date(now + 7 * 24 * hour).toISOString(),
    })
    // 7 days are 604,800 s.
    expect(plain.headers['set-cookie']?.[0]).toMatch(
      /^wangge_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const behindProxy = await enter('zhang', password, { 'x-forwarded-proto': 'https' })
    expect(behindProxy.headers['set-cookie']?.[0]).toMatch(/SameSite=Lax; Secure$/)
    expect(service.log.join('')).not.toContain(password)
  })

  it('two people are each themselves at the same time', async () => {
    const [zhang, li] = [await signIn(service, 'zhang'), await signIn(service, 'li')]
    const names = await Promise.all([zhang, li, zhang, li].map((cookie) => nameAt({ cookie })))
    expect(names).toEqual(['zhang', 'li', 'zhang', 'li'])
    const tag = (await service.get('/api/areas', { cookie: zhang })).headers['etag'] ?? ''
    expect((await service.get('/api/areas', { cookie: zhang, 'if-none-match': tag })).status).toBe(304)
    expect((await service.get('/api/areas', { cookie: li, 'if-none-match': tag })).status).toBe(200)
  })

  it('a planner of one town sees nothing of another, through /api, /ogc and /tiles', async () => {
    const [zhang, boss] = [await signIn(service, 'zhang'), await signIn(service, 'boss')]
    const read = async (path: string, cookie: string): Promise<string> => {
      const { text, body } = await service.get(path, { cookie })
      return Buffer.isBuffer(body) ? body.toString('latin1') : text
    }
    for (const path of [
      '/api/areas/990101/grids',
      '/ogc/collections/grids/items',
      '/tiles/grids/14/13635/6764',
    ]) {
      expect(await read(path, boss)).toMatch(/901/)
      expect(await read(path, zhang)).not.toMatch(/Secret Neighbour|\b901\b/)
      expect(await read(path, zhang)).toMatch(/101/)
    }
    expect(await statusOf(zhang, `/api/areas/${otherTown}`)).toBe(404)
    expect(await statusOf(boss, `/api/areas/${otherTown}`)).toBe(200)
  })

  it('signing out ends the session and takes the cookie away; the other one goes on', async () => {
    const [one, other] = [await signIn(service, 'zhang'), await signIn(service, 'zhang')]
    const { headers } = await service.send((agent) => agent.delete('/api/session').set({ cookie: one }))
    expect(headers['set-cookie']?.[0]).toMatch(/^wangge_session=; Max-Age=0;/)
    expect([await statusOf(one), await statusOf(other)]).toEqual([401, 200])
  })

  it('signing in anew leaves the session before', async () => {
    const before = await signIn(service, 'zhang')
    const after = cookieFrom((await enter('li', password, { cookie: before })).headers['set-cookie'])
    expect([await statusOf(before), await nameAt({ cookie: after })]).toEqual([401, 'li'])
  })

  it('who is disabled in the middle is out two seconds later', async () => {
    const cookie = await signIn(service, 'brief')
    expect(await statusOf(cookie)).toBe(200)
    await disableUser(test.db, 'brief', deed())
    now += 2 * second
    expect(await statusOf(cookie)).toBe(401)
  })

  it('a cookie of anything else is nobody’s', async () => {
    for (const cookie of [
      'wangge_session=',
      'wangge_session=abc',
      'x=y',
      `other_${await signIn(service, 'li')}`,
    ])
      expect([cookie, await statusOf(cookie)]).toEqual([cookie, 401])
  })

  it('progress can be followed while the embedded engine is taken by an import', async () => {
    const cookie = await signIn(service, 'boss')
    expect(await statusOf(cookie, '/api/jobs')).toBe(200)
    let end = (): void => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    let importing: Promise<void> | undefined
    await new Promise<void>((begun) => {
      importing = test.db.system().transaction(async () => {
        begun()
        await ended
      })
    })
    now += 5 * second
    expect(await statusOf(cookie, '/api/jobs')).toBe(200)
    end()
    await importing
  })
})

describe('a session', () => {
  it('is over after twelve hours without a request', async () => {
    const cookie = await signIn(service, 'zhang')
    now += 12 * hour - second
    expect(await statusOf(cookie)).toBe(200)
    now += 12 * hour - second
    expect(await statusOf(cookie)).toBe(200)
    now += 12 * hour
    expect(await statusOf(cookie)).toBe(401)
  })

  it('is over after seven days, however busy', async () => {
    const cookie = await signIn(service, 'zhang')
    // Half a day less a minute, 14 times: 7 days less 14 minutes.
    for (let n = 0; n < 14; n++) {
      now += 12 * hour - 60 * second
      expect(await statusOf(cookie)).toBe(200)
    }
    now += 14 * 60 * second - 1
    expect(await statusOf(cookie)).toBe(200)
    now += 1
    expect(await statusOf(cookie)).toBe(401)
  })
})

describe('a wrong password', () => {
  afterEach(() => {
    now += 2 * hour
  })

  it('and an unknown login get the same answer for the same work', async () => {
    // Counted, not replaced: whether a login is known must not show in the work done for it.
    const scrypt = vi.spyOn(crypto, 'scrypt')
    syncBuiltinESMExports()
    const answers = [await enter('zhang', 'not the password'), await enter('nobody', 'not the password')]
    const costs = scrypt.mock.calls.map(([, , length, options]) => ({
      length,
      ...options,
    }))
    scrypt.mockRestore()
    syncBuiltinESMExports()
    for (const { status, headers, body } of answers) {
      expect(status).toBe(401)
      expect(headers['set-cookie']).toBeUndefined()
      expect({ ...(body as object), instance: '' }).toEqual({ ...(answers[0]?.body as object), instance: '' })
    }
    expect(costs).toHaveLength(2)
    expect(costs[0]).toEqual(costs[1])
    expect(costs[0]).toMatchObject({ N: 2 ** 15, r: 8, p: 3 })
  })

  it('too often has to wait, and is told how long; the right one does not get through meanwhile', async () => {
    for (let n = 0; n < 5; n++) expect((await enter('li', 'not the password')).status).toBe(401)
    const { status, headers, body } = await enter('li', password)
    expect([status, headers['retry-after']]).toEqual([429, '1'])
    expect(body).toMatchObject({ code: 'too_many' })
    expect((await enter('zhang', password)).status).toBe(200)
    now += second
    expect((await enter('li', password)).status).toBe(200)
  })

  it('is counted by the address a proxy on this machine names', async () => {
    for (let n = 0; n < 6; n++) await enter('li', 'not the password', { 'x-forwarded-for': '192.0.2.9' })
    expect((await enter('li', password, { 'x-forwarded-for': '192.0.2.9' })).status).toBe(429)
    expect((await enter('li', password, { 'x-forwarded-for': '192.0.2.10' })).status).toBe(200)
  })
})

describe('one’s own password', () => {
  const change = (cookie: string, current: string, next: string): Promise<Response> =>
    service.send((agent) => agent.post('/api/session/password').set({ cookie }).send({ current, next }))

  it('can be changed; other sessions end, this one goes on', async () => {
    const [here, elsewhere] = [await signIn(service, 'zhang'), await signIn(service, 'zhang')]
    const wrong = await change(here, 'not the password', 'another good one')
    expect([wrong.status, wrong.body]).toMatchObject([422, { flaws: [{ code: 'password_wrong' }] }])
    const weak = await change(here, password, 'zhang')
    expect([weak.status, (weak.body as { flaws: unknown[] }).flaws.length]).toEqual([422, 2])
    expect((await change(here, password, 'another good one')).status).toBe(204)
    expect([await statusOf(here), await statusOf(elsewhere)]).toEqual([200, 401])
    await change(here, 'another good one', password)
  })
})

describe('a bearer token', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  it('is its user, until it ends', async () => {
    const token = await addToken(test.db, { login: 'zhang', name: 'phone', days: 1 }, deed())
    const { body } = await service.get('/api/session', bearer(token))
    expect(body).toMatchObject({ name: 'zhang', by: 'token', areas: [town], expires_at: null })
    expect(await nameAt({ ...bearer(token), cookie: await signIn(service, 'li') })).toBe('zhang')
    const change = await service.send((agent) =>
      agent
        .post('/api/session/password')
        .set(bearer(token))
        .send({ current: password, next: 'another good one' }),
    )
    expect(change.status).toBe(403)
    now += 24 * hour - 1
    expect((await service.get('/api/session', bearer(token))).status).toBe(200)
    now += 1
    expect((await service.get('/api/session', bearer(token))).status).toBe(401)
  })

  it('that nobody has is refused, also beside a good cookie', async () => {
    const cookie = await signIn(service, 'li')
    expect((await service.get('/api/session', { ...bearer('wangge_x'), cookie })).status).toBe(401)
  })
})

describe('WANGGE_VIEWER', () => {
  it('keeps a service on a loopback address open, although there are users', async () => {
    const chosen = serviceOn(test.db, { viewer: `analyst:${town}` })
    expect((await chosen.get('/api/session')).body).toMatchObject({ name: 'local-analyst', by: 'open' })
  })

  it('opens no other', async () => {
    const reachable = serviceOn(test.db, { viewer: `analyst:${town}`, host: '0.0.0.0' })
    expect((await reachable.get('/api/session')).status).toBe(401)
  })
})
