/** What counts as a visit though no trace tells: codes, forms, and incidents reported at a door, in any order and however often. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DayVisits } from '../../server/contract/check-ins.ts'
import type { Coverage } from '../../server/contract/coverage.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, seedSmallTown, town } from '../support/small-town.ts'
import { post } from './planning.ts'

const test = useDatabase()
let supervisor: Service
let analyst: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
  analyst = serviceOn(test.db, { viewer: `analyst:${town}` })
})

const run = (text: string): Promise<unknown> => test.db.system().none(statement(text))
const count = async (table: string): Promise<number> =>
  (await test.db.system().one(statement<{ n: number }>(`select count(*)::int as n from wangge.${table}`))).n
const visitsOf = async (worker: string, service = supervisor): Promise<DayVisits> =>
  (await service.get(`/api/areas/${town}/workers/${worker}/days/${day}/visits`)).body as DayVisits
const report = (key: string, more: object) =>
  post(supervisor, `/api/areas/${town}/incidents`, {
    key,
    category: 'dispute',
    occurred_at: '2026-10-09T02:00:00Z',
    description: '邻里纠纷',
    worker: 'w1',
    ...more,
  })
const enter = (id: string, kind: string, subject: string) =>
  post(supervisor, '/api/visits', {
    id,
    time: '2026-10-09T03:00:00Z',
    worker: 'w1',
    subject: { town, kind, id: subject },
  })
/** h11 was seeded with a visit of w1 that day. */
const seeded = ['household', 'h11', 'check_in']

describe('an incident reported at a door', () => {
  it('is a visit of that worker, with its source and what stands out, on the day and in the coverage', async () => {
    const answer = await report('a', { household: 'h13' })
    expect(answer.body).toMatchObject({ visit: true })
    const { id } = answer.body as { id: string }
    expect((await report('b', { place: 'p1' })).body).toMatchObject({ visit: true })
    const { visits } = await visitsOf('w1')
    expect(visits.map((one) => [one.kind, one.subject, one.evidence])).toEqual([
      seeded,
      ['household', 'h13', 'incident'],
      ['place', 'p1', 'incident'],
    ])
    expect(visits[1]).toMatchObject({
      incident: id,
      from: '2026-10-09T02:00:00.000Z',
      marks: ['no_position', 'on_behalf'],
      entered_by: 'local-supervisor',
      distance_metres: null,
    })
    const { totals } = (await supervisor.get(`/api/areas/${town}/coverage?day=${day}`)).body as Coverage
    // p1 is the only place; of it a visit is asked each week.
    expect(totals.places).toMatchObject({ total: 1, done: 1 })
  })

  it('by nobody’s worker is refused whole: no incident without its visit, no visit without its incident', async () => {
    const before = [await count('incidents'), await count('incident_events'), await count('visits')]
    expect((await report('c', { household: 'h14', worker: 'w77' })).status).toBe(404)
    expect([await count('incidents'), await count('incident_events'), await count('visits')]).toEqual(before)
  })

  it('is none where the policy has it so', async () => {
    await run(`insert into wangge.policies (area_code, kind, valid_from, name, rules)
      values ('${town}', 'incident', '2026-01-01', '不计', '{"countsAsVisit": false}')`)
    const before = await count('visits')
    expect((await report('d', { household: 'h14' })).body).toMatchObject({ known: false, visit: false })
    expect(await count('visits')).toBe(before)
    await run(`delete from wangge.policies where area_code = '${town}' and kind = 'incident'`)
  })

  it('tells an analyst how many households were visited, not which, and no incident’s place', async () => {
    const seen = await visitsOf('w1', analyst)
    expect(seen.households_hidden).toBe(2)
    expect(seen.visits.map((one) => [one.subject, one.incident, one.note])).toEqual([['p1', null, null]])
  })
})

describe('the visits of a day', () => {
  it('are a function of what was entered: neither order nor repetition changes them, nor the coverage', async () => {
    const steps = [
      () => report('e', { household: 'h12' }),
      () => report('f', { household: 'h15' }),
      () => report('g', { place: 'p1' }),
      () => enter('h', 'household', 'h12'),
      () => enter('i', 'place', 'p1'),
    ]
    const all = steps.map((_, i) => i)
    const clear = async (): Promise<void> => {
      await run(`delete from wangge.visits where visit_id <> 'v1'`)
      await run('delete from wangge.incident_events')
      await run('delete from wangge.incidents where entry_key is not null')
    }
    const outcome = async (order: readonly number[]): Promise<unknown> => {
      await clear()
      for (const step of order) expect([200, 201]).toContain((await steps[step]!()).status)
      const { visits } = await visitsOf('w1')
      const { totals } = (await supervisor.get(`/api/areas/${town}/coverage?day=${day}`)).body as Coverage
      // Numbers of incidents are given in the order of their coming.
      const told = visits.map(({ id: _id, incident: _incident, ...rest }) => JSON.stringify(rest)).sort()
      return { told, totals }
    }
    const once = await outcome(all)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }),
        async (order) => {
          expect(await outcome(order)).toEqual(once)
        },
      ),
      { numRuns: 4 },
    )
    expect((once as { told: unknown[] }).told).toHaveLength(steps.length + 1)
  }, 30_000)
})
