/** Incidents of the small town: entered, handled by one and verified by another, passed up, told, filed. */
import { beforeAll, describe, expect, it } from 'vitest'
import { importRecords } from '../../server/commands/import-records.ts'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import type {
  IncidentLifeAnswer,
  IncidentPolicyAnswer,
  IncidentWork,
  ReportedIncident,
} from '../../server/contract/incident-life.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { memoryFile } from '../support/memory-file.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { county, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { addPeople, signedIn } from '../support/users.ts'
import { post } from './planning.ts'

const test = useDatabase()
const at = (text: string): number => Date.parse(`${text}:00+08:00`)
/** The clock of all of them; the holiday of 2026 is 1 to 7 October, Saturday the 10th is worked. */
let now = at('2026-09-30T10:00')
/** Logins are `local-<role>`: who handles and who verifies differ by role. */
let supervisor: Service
let administrator: Service
let village: Service
let worker: Service
let analyst: Service
let neighbour: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  const as = (viewer: string): Service => serviceOn(test.db, { viewer, clock: () => now })
  supervisor = as(`supervisor:${town}`)
  administrator = as(`administrator:${county}`)
  village = as(`supervisor:${westVillage}`)
  worker = as(`worker:${town}`)
  analyst = as(`analyst:${town}`)
  neighbour = as(`supervisor:${otherTown}`)
})

const path = `/api/areas/${town}`
const report = (service: Service, body: object) =>
  post(service, `${path}/incidents`, {
    key: 'k1',
    category: 'dispute',
    occurred_at: '2026-09-30T01:30:00Z',
    description: '宅基地界址纠纷',
    lon: 119.601,
    lat: 29.901,
    ...body,
  })
const read = async (service: Service, id: string, query = ''): Promise<IncidentLifeAnswer> =>
  (await service.get(`${path}/incidents/${id}${query}`)).body as IncidentLifeAnswer
const step = (service: Service, id: string, body: object) =>
  post(service, `${path}/incidents/${id}/events`, body)
const work = async (service: Service, query = ''): Promise<IncidentWork> =>
  (await service.get(`${path}/incident-work${query}`)).body as IncidentWork
const codeOf = (response: { body: unknown }): string => (response.body as ProblemDetails).code

/** Takes a step on the latest revision. */
async function advance(
  service: Service,
  id: string,
  action: string,
  more: object = {},
): Promise<IncidentLifeAnswer> {
  const { revision } = await read(supervisor, id)
  const response = await step(service, id, { action, revision, note: '已办', ...more })
  expect([action, response.status, codeOf(response)]).toEqual([action, 200, undefined])
  return response.body as IncidentLifeAnswer
}

describe('a report', () => {
  it('gets a number, a receipt, its grid and hexagon; the same key again is the same incident', async () => {
    const body = { reporter: '王小明', reporter_contact: '13812345678', household: 'h11' }
    const first = await report(worker, body)
    expect([first.status, first.body]).toEqual([
      201,
      { town, id: 'SJ20260930-0001', receipt: 'HZ-SJ20260930-0001-1', known: false, visit: false },
    ])
    expect((await report(worker, body)).body).toMatchObject({ id: 'SJ20260930-0001', known: true })
    expect(codeOf(await report(worker, { ...body, category: 'fire' }))).toBe('conflict')
    expect(await read(supervisor, 'SJ20260930-0001')).toMatchObject({
      grid: '101',
      hexagon: expect.stringMatching(/^89/) as string,
      state: 'reported',
      level: 'village',
      reporter: '王*明',
      reporter_contact: '138****5678',
      steps: [{ action: 'report', by: 'local-worker', receipt: 'HZ-SJ20260930-0001-1' }],
      deadlines: [
        // 8, 9 and the Saturday made up; two more working days.
        { kind: 'take_on', due_at: '2026-10-10T09:30:00.000Z', status: 'on_time' },
        { kind: 'answer', due_at: '2026-10-13T09:30:00.000Z', status: 'on_time' },
      ],
    })
  })

  it('stands where the place stands, when only that is given; of ten at once each has a number of its own', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        report(worker, { key: `many-${i}`, lon: undefined, lat: undefined, household: 'h11' }),
      ),
    )
    const ids = new Set(all.map(({ body }) => (body as ReportedIncident).id))
    expect(ids.size).toBe(10)
    const [id = ''] = ids
    // One sixth of the diagonal of grid 101.
    expect(await read(supervisor, id)).toMatchObject({ lon: 119.600833, lat: 29.900833, household: 'h11' })
  })

  it('is refused with every reason, and to who may not report', async () => {
    const wrong = await report(worker, {
      key: 'x',
      category: 'ufo',
      lon: 119.7,
      occurred_at: '2026-10-01T00:00:00Z',
    })
    expect([wrong.status, (wrong.body as ProblemDetails).flaws?.map(({ code }) => code)]).toEqual([
      422,
      ['position_outside', 'time_ahead', 'category_unknown'],
    ])
    const unknown = await report(worker, { key: 'x', lon: undefined, lat: undefined, place: 'nowhere' })
    expect((unknown.body as ProblemDetails).flaws?.map(({ code }) => code)).toEqual(['subject_unknown'])
    expect((await report(worker, { key: 'x', lon: undefined, lat: undefined })).status).toBe(400)
    expect((await report(analyst, { key: 'x' })).status).toBe(403)
    expect((await report(neighbour, { key: 'x' })).status).toBe(404)
  })

  it('by a worker at a household is a visit there, marked as others are', async () => {
    const body = { key: 'v', lon: undefined, lat: undefined, household: 'h12', worker: 'w1' }
    // Of an account that says not whose it is nobody knows who was there.
    expect((await report(worker, body)).status).toBe(403)
    await addPeople(test.db, [{ login: 'li', role: 'worker', areas: [town], worker: 'w1' }], now)
    const own = await signedIn(serviceOn(test.db, { clock: () => now }), 'li')
    expect((await report(own, body)).body).toMatchObject({ visit: true })
    expect((await report(own, body)).body).toMatchObject({ known: true, visit: true })
    const visits = await test.db
      .system()
      .many(
        statement(
          `select worker_id, evidence, marks from wangge.visits where household_id = 'h12' and visit_id like 'incident-%'`,
        ),
      )
    expect(visits).toEqual([{ worker_id: 'w1', evidence: 'incident', marks: ['no_position'] }])
  })
})

describe('a life', () => {
  const id = 'SJ20260930-0001'

  it('over the holiday: nothing becomes overdue while nobody works', async () => {
    now = at('2026-10-07T23:00')
    expect((await work(supervisor)).lists).toMatchObject({ overdue: 0, due_soon: 0 })
    now = at('2026-10-09T17:30')
    const soon = await work(supervisor, '?list=due_soon')
    expect(soon.incidents.map((one) => one.id)).toContain(id)
    expect(soon.incidents.find((one) => one.id === id)?.next).toMatchObject({
      kind: 'take_on',
      working_minutes_left: soon.working_day_minutes,
    })
  })

  it('goes on by who may, once; the second of two is told', async () => {
    const before = await read(supervisor, id)
    expect(before.actions).toEqual(['accept', 'resolve', 'pass_up', 'tell', 'note'])
    expect((await read(worker, id)).actions).toEqual(['resolve', 'tell', 'note'])
    expect((await read(analyst, id)).actions).toEqual([])
    const both = await Promise.all(
      [supervisor, administrator].map((service) =>
        step(service, id, { action: 'accept', revision: before.revision }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const after = await read(supervisor, id)
    expect(after).toMatchObject({ state: 'accepted', revision: before.revision + 1 })
    expect(after.deadlines[0]).toMatchObject({ kind: 'take_on', status: 'met' })
    const wrong = await step(supervisor, id, { action: 'verify', revision: after.revision, note: '好' })
    expect([wrong.status, codeOf(wrong)]).toEqual([409, 'conflict'])
    expect((await step(analyst, id, { action: 'note', revision: after.revision, note: '看过' })).status).toBe(
      403,
    )
    expect(
      (await step(neighbour, id, { action: 'note', revision: after.revision, note: '看过' })).status,
    ).toBe(404)
    const missing = await step(supervisor, id, { action: 'pass_up', revision: after.revision })
    expect([missing.status, (missing.body as ProblemDetails).flaws?.map(({ code }) => code)]).toEqual([
      422,
      ['note_missing'],
    ])
  })

  it('is passed up with a receipt at each step; a level below may not act', async () => {
    const up = await advance(supervisor, id, 'pass_up', { note: '涉及多个部门' })
    expect(up).toMatchObject({ state: 'passed_up', level: 'township' })
    expect(up.steps.at(-1)?.receipt).toBe(`HZ-${id}-${up.revision}`)
    const low = await step(village, id, { action: 'accept', revision: up.revision })
    expect([low.status, codeOf(low)]).toEqual([403, 'forbidden'])
    const own = up.deadlines.filter(({ kind }) => kind === 'take_on')
    // Passed up on Friday the 9th: 10, 12, 13.
    expect(own.map(({ level, due_at }) => [level, due_at])).toEqual([
      ['village', '2026-10-10T09:30:00.000Z'],
      ['township', '2026-10-13T09:30:00.000Z'],
    ])
    await advance(supervisor, id, 'accept')
    await advance(supervisor, id, 'dispatch', { assignee: 'local-worker' })
    expect((await work(worker, '?list=mine')).incidents.map((one) => one.id)).toContain(id)
  })

  it('is resolved by one, verified by another, told, filed', async () => {
    now = at('2026-10-12T09:00')
    await advance(supervisor, id, 'resolve', { note: '双方签了协议' })
    const own = await step(supervisor, id, {
      action: 'verify',
      revision: (await read(supervisor, id)).revision,
      note: '好',
    })
    expect([own.status, (own.body as ProblemDetails).detail.en]).toEqual([
      403,
      expect.stringContaining('own handling'),
    ])
    const verified = await advance(administrator, id, 'verify')
    const early = await step(administrator, id, { action: 'close', revision: verified.revision })
    expect([early.status, (early.body as ProblemDetails).detail.en]).toEqual([
      409,
      expect.stringContaining('tell'),
    ])
    await advance(administrator, id, 'tell', { note: '电话告知，表示满意' })
    const closed = await advance(administrator, id, 'close')
    expect(closed).toMatchObject({ state: 'closed', next: null, reporter_told: true })
    expect(closed.deadlines.map(({ status }) => status)).toEqual(['met', 'met', 'met'])
    expect(closed.steps.map(({ action }) => action)).toEqual([
      'report',
      'accept',
      'pass_up',
      'accept',
      'dispatch',
      'resolve',
      'verify',
      'tell',
      'close',
    ])
    expect((await work(supervisor)).incidents.map((one) => one.id)).not.toContain(id)
  })

  it('may begin in a file: the first step goes on from what the file said, and another import leaves it', async () => {
    const before = await read(supervisor, 'i1')
    expect(before).toMatchObject({ revision: 0, state: 'reported', steps: [{ revision: 0, by: null }] })
    await advance(supervisor, 'i1', 'accept')
    expect(await read(supervisor, 'i1')).toMatchObject({
      revision: 1,
      state: 'accepted',
      steps: [
        { revision: 0, to: 'reported' },
        { revision: 1, from: 'reported', to: 'accepted' },
      ],
    })
  })
})

describe('another import', () => {
  it('changes what was only ever in files, and leaves what has had a step here', async () => {
    const text =
      'id,category,time,lon,lat,status\ni1,forest,2026-10-01 08:00,119.601,29.901,办结\ni2,forest,2026-10-02 08:00,119.6011,29.9011,办结\n'
    const progress = await importRecords(test.db, {
      kind: 'incidents',
      area: town,
      files: [memoryFile('again.csv', text)],
      viewer: { name: 'test', role: 'administrator', areas: 'all' },
      now: () => now,
    })
    expect(progress).toMatchObject({ state: 'done' })
    expect(await read(supervisor, 'i1')).toMatchObject({ category: 'fire', state: 'accepted' })
    expect(await read(supervisor, 'i2')).toMatchObject({
      category: 'forest',
      state: 'closed',
      // Filed, nobody wrote down when.
      deadlines: [{ kind: 'answer', status: 'unknown' }],
    })
  })
})

describe('who reported', () => {
  it('is shown to a supervisor who asks, and the asking is noted without the name', async () => {
    const id = 'SJ20260930-0001'
    expect(await read(supervisor, id, '?reveal=true')).toMatchObject({
      reporter: '王小明',
      reporter_contact: '13812345678',
    })
    expect((await worker.get(`${path}/incidents/${id}?reveal=true`)).status).toBe(403)
    const noted = await test.db
      .system()
      .many(
        statement(`select viewer, action, subject from wangge.access_log where subject like 'incident:%'`),
      )
    expect(noted).toEqual([{ viewer: 'local-supervisor', action: 'reveal', subject: `incident:${id}` }])
    const whole = await Promise.all(
      [
        `${path}/incident-work`,
        '/ogc/collections/incidents/items',
        `${path}/incidents?from=2026-09-01&to=2026-10-10`,
      ].map((one) => supervisor.get(one)),
    )
    for (const { text } of whole) expect(text).not.toMatch(/王小明|13812345678/)
  })
})

describe('what waits', () => {
  it('comes in pages that together are the whole, the most pressing first', async () => {
    const all = await work(supervisor, '?limit=1000')
    expect(all.incidents).toHaveLength(all.lists.all)
    expect(all.states.reduce((sum, { count }) => sum + count, 0)).toBe(all.lists.all)
    const paged: string[] = []
    for (let after = ''; ; ) {
      const page = await work(supervisor, `?limit=4${after}`)
      paged.push(...page.incidents.map((one) => one.id))
      if (page.next === null) break
      after = `&after=${page.next}`
    }
    expect(paged).toEqual(all.incidents.map((one) => one.id))
    const due = all.incidents.map(({ next }) => next?.due_at ?? '9')
    expect(due).toEqual(due.toSorted())
    const taken = await work(supervisor, '?state=accepted')
    expect(taken.incidents.map((one) => one.id)).toEqual(['i1'])
  })

  it('of a village is what lies in it', async () => {
    const own = (await village.get(`/api/areas/${westVillage}/incident-work`)).body as IncidentWork
    expect(own.incidents.map((one) => one.grid)).not.toContain('202')
    expect((await village.get(`${path}/incidents/i4`)).status).toBe(404)
  })

  it('is judged by the policy in force on the day of the report', async () => {
    await test.db.system().none(
      statement(`insert into wangge.policies (area_code, kind, valid_from, name, rules) values
        ('${town}', 'incident', '2026-10-09', '快', '{"answerWorkingDays": 2, "categories": [{"code": "noise", "title": {"zh": "噪声", "en": "Noise"}}]}')`),
    )
    const policy = (await supervisor.get(`${path}/incident-policy?day=2026-10-09`))
      .body as IncidentPolicyAnswer
    expect(policy).toMatchObject({ name: '快', answer_working_days: 2, take_on_working_days: 3 })
    expect(policy.categories.find(({ code }) => code === 'noise')).toMatchObject({ title: { zh: '噪声' } })
    // i4 is of the 9th: the 10th and Monday the 12th; i3, of the 2nd, keeps the old policy.
    expect((await read(supervisor, 'i4')).deadlines[1]?.due_at).toBe('2026-10-12T09:30:00.000Z')
    expect((await read(supervisor, 'i3')).deadlines[1]?.due_at).toBe('2026-10-13T09:30:00.000Z')
  })
})
