/** What holds for every answer: problem details in both languages, conditional requests, headers, documents, the web application. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import { DatabaseError, type DatabaseErrorKind } from '../../server/db/sqlstate.ts'
import { AppError } from '../../server/errors.ts'
import { errorResponse } from '../../server/routes/error-response.ts'
import { allRoutes } from '../../server/routes/table.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
const webFolder = mkdtempSync(join(tmpdir(), 'wangge-web-'))
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  mkdirSync(join(webFolder, 'assets'))
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>网格</title>')
  writeFileSync(join(webFolder, 'assets', 'main-1a2b3c.js'), 'export {}')
  service = serviceOn(test.db, { webFolder })
})
afterAll(() => rmSync(webFolder, { recursive: true, force: true }))

describe('a refusal', () => {
  it('says what is wrong in both languages, and under which id it is in the log', async () => {
    const response = await service.get(`/api/areas/${town}/grids?day=today&colour=red`)
    const problem = response.body as ProblemDetails
    expect(problem).toMatchObject({ status: 400, code: 'bad_request', title: 'Bad request' })
    expect(problem.detail.zh).toMatch(/[一-龥]/)
    expect(problem.detail.en).toContain('day, colour')
    expect(problem.flaws?.map((flaw) => [flaw.code, flaw.place.field])).toEqual([
      ['malformed_parameter', 'day'],
      ['unknown_parameter', 'colour'],
    ])
    expect(problem.instance).toBe(response.headers['x-request-id'])
    expect(service.log.some((line) => line.includes(problem.instance))).toBe(true)
  })

  it('of a repeated parameter names it', async () => {
    const { body, status } = await service.get(`/api/areas/${town}/grids?day=2026-10-01&day=2026-10-02`)
    expect([status, (body as ProblemDetails).flaws?.[0]?.place.field]).toEqual([400, 'day'])
  })

  it('of an address that is not there is no web page', async () => {
    for (const path of ['/api/nothing', '/ogc/nothing', '/tiles/nothing', '/ingest'])
      expect((await service.get(path)).status).toBe(404)
  })

  it('of a method that an address does not take says which it takes', async () => {
    const asked = [
      ['get', '/ingest/fixes', 'OPTIONS', 'POST'],
      ['post', `/api/areas/${town}/grids`, 'GET', 'HEAD'],
      ['delete', '/tiles/grids/1/1/1', 'GET', 'HEAD'],
      ['put', '/ingest/osmand', 'POST', 'GET'],
    ] as const
    for (const [method, path, ...allowed] of asked) {
      const { status, headers, body } = await service.send((agent) => agent[method](path))
      expect([path, status, (body as ProblemDetails).code]).toEqual([path, 405, 'method_not_allowed'])
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-type': expect.stringContaining('problem+json') as string,
      })
      for (const one of allowed) expect(headers['allow']).toContain(one)
    }
    const options = await service.send((agent) => agent.options(`/api/areas/${town}`))
    expect([options.status, options.headers['allow']]).toEqual([204, 'GET, HEAD, OPTIONS'])
    expect((await service.send((agent) => agent.post('/api/nothing'))).status).toBe(404)
  })

  it('of a body that is no JSON is 400', async () => {
    const response = await service.send((agent) =>
      agent.post(`/api/areas/${town}/rematch`).set('content-type', 'application/json').send('{"from":'),
    )
    expect(response.status).toBe(400)
    expect((response.body as ProblemDetails).flaws?.[0]).toMatchObject({
      code: 'json_syntax',
      place: { field: 'body', line: 1 },
    })
    const missing = await service.send((agent) =>
      agent.post(`/api/areas/${town}/rematch`).send({ from: '2026-10-01' }),
    )
    expect((missing.body as ProblemDetails).flaws?.[0]).toMatchObject({
      code: 'missing_parameter',
      place: { field: 'to' },
    })
  })

  it('hides a defect: the client learns its id only', () => {
    const { problem, isDefect } = errorResponse(new Error('password=1234'), 'the-id')
    expect([problem.status, problem.code, isDefect]).toEqual([500, 'internal', true])
    expect(JSON.stringify(problem)).not.toContain('1234')
  })

  it.each([
    ['unique', 409],
    ['timeout', 503],
    ['connection_lost', 503],
    ['resources', 503],
    ['permission', 403],
    ['fault', 500],
  ] as const)('of the database: %s is %i', (kind: DatabaseErrorKind, status) => {
    const { problem, retryAfterSeconds } = errorResponse(new DatabaseError(kind, 'why'), 'id')
    expect(problem.status).toBe(status)
    expect(retryAfterSeconds !== undefined).toBe(status === 503)
    expect(JSON.stringify(problem)).not.toContain('why')
  })

  it('carries the flaws of bad input', () => {
    const flaw = { code: 'x', place: { line: 3 }, message: { zh: '错', en: 'wrong' } }
    const { problem } = errorResponse(new AppError('bad_input', { zh: '错', en: 'wrong' }, [flaw]), 'id')
    expect([problem.status, problem.flaws]).toEqual([422, [flaw]])
  })
})

describe('an answer', () => {
  it('has an entity tag and is not kept by others; asked again it is 304 without a body', async () => {
    for (const path of [
      '/api/areas',
      `/api/areas/${town}/grids`,
      '/ogc/collections/grids/items',
      '/api/openapi.json',
    ]) {
      const first = await service.get(path)
      expect(first.headers['cache-control']).toBe('private, no-cache')
      const again = await service.get(path, { 'if-none-match': first.headers['etag'] ?? '' })
      expect([path, again.status, again.text]).toEqual([path, 304, ''])
    }
  })

  it('that says until when it is known is the same a moment later', async () => {
    let now = Date.parse('2026-10-09T00:00:00Z')
    const later = serviceOn(test.db, { clock: () => (now += 1000) })
    const path = `/api/areas/${town}/record?day=2026-10-08`
    const first = await later.get(path)
    const again = await later.get(path, { 'if-none-match': first.headers['etag'] ?? '' })
    expect([first.status, again.status]).toEqual([200, 304])
  })

  it('that is a page links to the next one, and the pages together are the list', async () => {
    interface Page {
      readonly households: readonly { readonly id: string }[]
      readonly next: string | null
    }
    const list = `/api/areas/${town}/household-visits`
    const whole = (await service.get(list)).body as Page
    const found: string[] = []
    for (let path: string | undefined = `${list}?limit=9`; path !== undefined; ) {
      const { body, headers } = await service.get(path)
      found.push(...(body as Page).households.map(({ id }) => id))
      path = /^<([^>]+)>; rel="next"$/.exec(headers['link'] ?? '')?.[1]
      expect(path === undefined).toBe((body as Page).next === null)
      expect(path ?? 'limit=9').toContain('limit=9')
    }
    expect(whole.next).toBeNull()
    expect(found.length).toBeGreaterThan(9)
    expect(found).toEqual(whole.households.map(({ id }) => id))
  })

  it('travels compressed', async () => {
    for (const encoding of ['br', 'gzip']) {
      const { headers } = await service.get('/api/openapi.json', { 'accept-encoding': encoding })
      expect(headers['content-encoding']).toBe(encoding)
    }
  })

  it('lets nothing be loaded from elsewhere', async () => {
    const { headers } = await service.get('/api/areas')
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("worker-src 'self' blob:")
    expect(policy).not.toMatch(/https?:/)
    expect(headers['x-powered-by']).toBeUndefined()
  })

  it('is logged in one line without its query', async () => {
    const before = service.log.length
    await service.get(`/api/areas/${town}/grids?day=2026-10-01`)
    const line = service.log.slice(before).join('')
    expect(line).toContain(`"path":"/api/areas/${town}/grids"`)
    expect(line).not.toContain('2026-10-01')
  })
})

describe('the documents', () => {
  it('describe every route of the table, and every reference resolves', async () => {
    for (const path of ['/api/openapi.json', '/ogc/api']) {
      const { text } = await service.get(path)
      const document = JSON.parse(text) as { components: { schemas: object } }
      const named = Object.keys(document.components.schemas)
      const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
        (match) => match[1] ?? '',
      )
      expect(references.length).toBeGreaterThan(0)
      expect(references.filter((name) => !named.includes(name))).toEqual([])
      expect(text).not.toMatch(/\$defs|#\/definitions/)
    }
    const { paths } = (await service.get('/api/openapi.json')).body as { paths: object }
    const missing = allRoutes.filter(
      (route) => !/^\/(ogc|api\/(openapi|docs))/.test(route.path) && !(route.path in paths),
    )
    expect(missing.map((route) => route.path)).toEqual([])
  })

  it('have a page without outside requests, whose script the policy allows', async () => {
    const { text, headers } = await service.get('/api/docs')
    expect(text).not.toMatch(/(src|href)=/)
    const hash = /script-src [^;]*'(sha256-[^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1]
    const { createHash } = await import('node:crypto')
    const script = /<script type="module">([\s\S]*)<\/script>/.exec(text)?.[1] ?? ''
    expect(hash).toBe(`sha256-${createHash('sha256').update(script).digest('base64')}`)
  })
})

describe('the web application', () => {
  it('answers every address that is none of the service’s own', async () => {
    for (const path of ['/', '/plan', '/patrol?area=1']) {
      const { text, headers } = await service.get(path)
      expect(text).toContain('<title>网格</title>')
      expect(headers['cache-control']).toBe('no-cache')
    }
  })

  it('has its hashed files kept for ever, and 404 for one that is not there', async () => {
    const found = await service.get('/assets/main-1a2b3c.js')
    expect(found.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await service.get('/assets/main-0.js')).status).toBe(404)
  })
})

it('/api/session, /healthz and /readyz answer', async () => {
  expect((await service.get('/api/session')).body).toMatchObject({
    role: 'administrator',
    areas: 'all',
    demo: false,
  })
  expect((await service.get('/healthz')).body).toEqual({ status: 'ok' })
  expect((await service.get('/readyz')).body).toEqual({ status: 'ready', database: 'ok' })
})
