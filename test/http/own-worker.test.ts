/** An account that is a worker's: what is handed to the worker is theirs, they enter their own visits and objections and nobody else's. */
import { beforeAll, describe, expect, it } from 'vitest'
import { disableUser, enableUser, setWorker } from '../../server/commands/users/manage-users.ts'
import type { Objection } from '../../server/contract/assessment.ts'
import type { DayVisits } from '../../server/contract/check-ins.ts'
import type { Overdue } from '../../server/contract/coverage.ts'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import type {
  IncidentLifeAnswer,
  IncidentWork,
  ReportedIncident,
} from '../../server/contract/incident-life.ts'
import type { Session } from '../../server/contract/session.ts'
import { AppError } from '../../server/errors.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, now, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { addPeople, signIn } from '../support/users.ts'

const test = useDatabase()
const deed = { actor: 'cli-administrator', now }
const path = `/api/areas/${town}`
let service: Service
const cookies = new Map<string, string>()
const cookieOf = (who: string): string => cookies.get(who) ?? ''
const get = async <Body>(who: string, address: string): Promise<Body> => {
  const { status, text } = await service.get(address, { cookie: cookieOf(who) })
  expect(status).toBe(200)
  return JSON.parse(text) as Body
}
const post = (who: string, address: string, body: object) =>
  service.send((agent) =>
    agent
      .post(address)
      .set({ cookie: cookieOf(who) })
      .send(body),
  )
const flawsOf = async (work: Promise<unknown>): Promise<string[]> => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('it was not refused')
  return error.flaws.map(({ code }) => code)
}

beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db, { now })
  await addPeople(
    test.db,
    [
      { login: 'li', role: 'worker', areas: [westVillage], name: '李四光', worker: 'w1' },
      { login: 'wang', role: 'worker', areas: [town], worker: 'w2' },
      { login: 'nobody', role: 'worker', areas: [town] },
      { login: 'chief', role: 'supervisor', areas: [town] },
    ],
    now,
  )
  for (const login of ['li', 'wang', 'nobody', 'chief']) cookies.set(login, await signIn(service, login))
})

describe('a worker’s account', () => {
  it('says whose it is, also with a token or a session that was there before', async () => {
    expect(await get<Session>('li', '/api/session')).toMatchObject({ worker: { town, id: 'w1' } })
    expect((await get<Session>('nobody', '/api/session')).worker).toBeNull()
  })

  it('is one account a worker, of a worker where the account is', async () => {
    const set = (id: string, inTown?: string) =>
      setWorker(test.db, { login: 'nobody', worker: { id, town: inTown } }, deed)
    expect(await flawsOf(set('w1'))).toEqual(['worker_taken'])
    expect(await flawsOf(set('w77'))).toEqual(['worker_unknown'])
    expect(await flawsOf(set('w1', otherTown))).toEqual(['worker_unknown'])
    // Of an account that is over, the worker is free for another; then the first cannot come back as they were.
    await disableUser(test.db, 'wang', deed)
    expect(await set('w2')).toEqual({ town, id: 'w2' })
    expect(await flawsOf(enableUser(test.db, 'wang', deed))).toEqual(['worker_taken'])
    expect(await setWorker(test.db, { login: 'nobody', worker: null }, deed)).toBeNull()
    await enableUser(test.db, 'wang', deed)
    cookies.set('wang', await signIn(service, 'wang'))
  })

  it('has what is handed to the worker by number among its own', async () => {
    const report = { key: 'k', category: 'dispute', occurred_at: `${day}T02:00:00Z`, description: '纠纷' }
    const answer = await post('chief', `${path}/incidents`, { ...report, lon: 119.601, lat: 29.901 })
    const { id } = answer.body as ReportedIncident
    for (const [revision, step] of [{ action: 'accept' }, { action: 'dispatch', assignee: 'w1' }].entries()) {
      const sent = await post('chief', `${path}/incidents/${id}/events`, { revision: revision + 1, ...step })
      expect(sent.status).toBe(200)
    }
    const mine = async (who: string): Promise<string[]> =>
      (await get<IncidentWork>(who, `${path}/incident-work?list=mine`)).incidents.map((one) => one.id)
    expect([await mine('li'), await mine('wang')]).toEqual([[id], []])
    expect((await get<IncidentLifeAnswer>('li', `${path}/incidents/${id}`)).actions).toContain('resolve')
    expect((await get<IncidentLifeAnswer>('wang', `${path}/incidents/${id}`)).actions).toEqual([])
  })

  it('reports at a door as its worker, and enters nobody else’s visit', async () => {
    const report = {
      category: 'dispute',
      occurred_at: `${day}T02:00:00Z`,
      description: '纠纷',
      household: 'h13',
    }
    const answer = await post('li', `${path}/incidents`, { ...report, key: 'a' })
    expect(answer.body).toMatchObject({ visit: true })
    const another = await post('li', `${path}/incidents`, { ...report, key: 'b', worker: 'w2' })
    expect([another.status, (another.body as ProblemDetails).code]).toEqual([403, 'forbidden'])
    const visit = {
      id: 'own-1',
      time: `${day}T03:00:00Z`,
      subject: { town, kind: 'household', id: 'h14' },
    }
    expect((await post('li', '/api/visits', { ...visit, worker: 'w1' })).body).toMatchObject({
      worker: 'w1',
      marks: ['no_position'],
    })
    expect((await post('li', '/api/visits', { ...visit, id: 'own-2', worker: 'w2' })).status).toBe(403)
    expect((await post('nobody', '/api/visits', { ...visit, id: 'own-3', worker: 'w1' })).status).toBe(403)
    // In another's name by whoever answers for it, and the day says whose word it is.
    await post('chief', '/api/visits', { ...visit, id: 'own-4', worker: 'w1' })
    const { visits } = await get<DayVisits>('li', `${path}/workers/w1/days/${day}/visits`)
    expect(visits.map((one) => [one.subject, one.entered_by, one.marks.includes('on_behalf')])).toEqual([
      ['h11', null, false],
      ['h13', null, false],
      ['h14', null, false],
      ['h14', 'chief', true],
    ])
  })

  it('objects to its own minutes only', async () => {
    const claim = { from: `${day}T01:00:00Z`, to: `${day}T01:30:00Z`, claim: '在楼内走访，没有信号' }
    const own = await post('li', `${path}/objections`, { ...claim, worker: 'w1' })
    expect(own.body).toMatchObject({ worker: 'w1', entered_by: 'li' } satisfies Partial<Objection>)
    for (const who of ['wang', 'nobody'])
      expect((await post(who, `${path}/objections`, { ...claim, worker: 'w1' })).status).toBe(403)
    expect((await post('chief', `${path}/objections`, { ...claim, worker: 'w2' })).status).toBeLessThan(300)
  })

  it('finds what its worker has to go to', async () => {
    const list = (who: string, worker = '') =>
      get<Overdue>(who, `${path}/coverage/overdue?kind=household&which=never&day=${day}${worker}`)
    const [all, own] = [await list('chief'), await list('chief', '&worker=w1')]
    expect(own.rows).toEqual(all.rows.filter((row) => row.contact?.worker === 'w1'))
    expect([own.total > 0, own.total < all.total]).toEqual([true, true])
  })
})
