/** What a place asks of its special groups, category by category: October 2026 worked out by hand. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Coverage, Overdue } from '../../server/contract/coverage.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { seedSmallTown, town } from '../support/small-town.ts'
import { post } from './planning.ts'

const test = useDatabase()
let service: Service
const run = (text: string): Promise<unknown> => test.db.system().none(statement(text))
const coverage = async (day: string): Promise<Coverage['categories']> =>
  ((await service.get(`/api/areas/${town}/coverage?day=${day}`)).body as Coverage).categories
const statusesOf = (one: Coverage['categories'][number] | undefined): number[] =>
  one ? [one.asked, one.done, one.pending, one.missed, one.interval_not_kept] : []

/** Households of the west village, and the days on which somebody was there; h12 was seen once by a trace as well. */
const visits = {
  h11: ['2026-10-05', '2026-10-20'], // 15 days apart
  h12: ['2026-10-05'],
  h13: ['2026-10-05', '2026-10-08'], // 3 days apart
  h14: ['2026-10-27'],
  h15: ['2026-10-20'],
}

beforeAll(async () => {
  await seedSmallTown(test.db)
  // November: the month has ended.
  service = serviceOn(test.db, { now: Date.parse('2026-11-02T12:00:00+08:00') })
  await run('delete from wangge.visits')
  await run(`update wangge.households set categories = '{}'`)
  await run(
    `update wangge.households set categories = '{five_guarantee}' where household_id in ('h11', 'h12', 'h13')`,
  )
  await run(
    `update wangge.households set categories = '{five_guarantee,living_alone}' where household_id = 'h14'`,
  )
  await run(`update wangge.households set categories = '{living_alone}' where household_id in ('h15', 'h21')`)
  for (const [household, days] of Object.entries(visits))
    for (const day of days)
      await run(`insert into wangge.visits (town_id, visit_id, worker_id, household_id, visited_from, evidence)
        values ('${town}', '${household} ${day}', 'w1', '${household}', '${day} 10:00+08', 'form')`)
  // The first day that anything is known of: what was never visited counts from here.
  await run(`insert into wangge.patrol_days (town_id, worker_id, day, grid_code, fixes, first_at, last_at, seconds_inside, seconds_outside,
      seconds_unobserved, seconds_unreliable, metres_inside, metres_outside, metres_raw, rounds, hexagons_visited, hexagons_in_grid,
      households_passed, households_total, result)
    values ('${town}', 'w1', '2026-10-20', '101', 1, '2026-10-20 09:00+08', '2026-10-20 09:00+08', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5, '{}')`)
  await run(
    `insert into wangge.passes (town_id, worker_id, day, household_id) values ('${town}', 'w1', '2026-10-20', 'h12')`,
  )
  const base = { leastGapSeconds: 0, evidence: 'visit', workingDays: false, of: 'all' }
  const answer = await post(service, `/api/areas/${town}/policies`, {
    kind: 'obligation',
    name: '特殊群体走访',
    from: '2026-01-01',
    reason: '试行',
    rules: {
      rules: [
        { ...base, kind: 'household', per: 'week', times: 1, categories: ['living_alone'] },
        // Twice a month, a week apart.
        {
          ...base,
          kind: 'household',
          per: 'month',
          times: 2,
          leastGapSeconds: 604_800,
          categories: ['five_guarantee'],
        },
        { ...base, kind: 'place', per: 'month', times: 1, categories: ['school'] },
      ],
    },
  })
  if (answer.status !== 200) throw new Error(answer.text)
})

describe('what is asked by category', () => {
  it('at the end of the month: done, missed, interval not kept', async () => {
    const found = await coverage('2026-10-31')
    expect(found.map(({ kind, category }) => `${kind} ${category}`)).toEqual([
      'household five_guarantee',
      'household living_alone',
      'place school',
    ])
    // h11 done; h12 once, and passed by a trace, which is no visit; h13 twice within three days. h14 is asked each week, as living alone:
    // the first rule that fits. Its week, 26 October to 1 November, is done.
    expect(statusesOf(found[0])).toEqual([4, 2, 0, 1, 1])
    // h14 done; of h15 and h21 the week still runs on Saturday the 31st.
    expect(statusesOf(found[1])).toEqual([3, 1, 2, 0, 0])
    // The school was never visited, and its month ended on the day asked about.
    expect(statusesOf(found[2])).toEqual([1, 0, 0, 1, 0])
  })

  it('on the 20th: one of two visits is pending, three days apart is told at once', async () => {
    const found = await coverage('2026-10-20')
    // h11 has its second visit that day; h12 and h14 (asked weekly; never visited before) are pending; h13 is too close.
    expect(statusesOf(found[0])).toEqual([4, 1, 2, 0, 1])
    // The week of the 19th: h15 was visited on Tuesday the 20th.
    expect(statusesOf(found[1])).toEqual([3, 1, 2, 0, 0])
  })

  it('lists whoever of a category is overdue', async () => {
    const { body } = await service.get(
      `/api/areas/${town}/coverage/overdue?day=2026-10-31&kind=household&category=living_alone`,
    )
    // h15: visited in the week of the 19th, due again by 1 November. h21, never: nothing is known from before 20 October, so its first whole
    // week ends on 1 November as well.
    expect((body as Overdue).rows.map(({ id }) => id)).toEqual([])
    const later = (
      await service.get(
        `/api/areas/${town}/coverage/overdue?day=2026-11-02&kind=household&category=living_alone`,
      )
    ).body as Overdue
    expect(later.rows.map(({ id, due_day, overdue_days }) => [id, due_day, overdue_days])).toEqual([
      ['h21', '2026-11-01', 1],
      ['h15', '2026-11-01', 1],
    ])
  })

  it('is refused where it makes no sense', async () => {
    const rule = {
      kind: 'lane',
      of: 'all',
      per: 'month',
      times: 2,
      leastGapSeconds: 0,
      evidence: 'any',
      workingDays: false,
    }
    const set = (one: object) =>
      post(service, `/api/areas/${town}/policies`, {
        kind: 'obligation',
        name: 'x',
        from: '2027-01-01',
        reason: 'x',
        rules: { rules: [one] },
      })
    expect((await set(rule)).status).toBe(400)
    expect((await set({ ...rule, times: 1, categories: ['disabled'] })).status).toBe(400)
    expect((await set({ ...rule, kind: 'household', categories: [] })).status).toBe(400)
  })
})
