/** Plans of two villages side by side: what holds on the line they have in common. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CreatedPlan, GridRecord } from '../../server/contract/plans.ts'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import { useDatabase } from '../support/database.ts'
import { division } from '../support/plan-steps.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { eastVillage, seedSmallTown, town } from '../support/small-town.ts'
import { draftOfThree, post, saveEdits } from './planning.ts'

const test = useDatabase()
let planner: Service
let supervisor: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  planner = serviceOn(test.db, { viewer: `planner:${town}` })
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
})

const [before, day] = ['2026-10-31', '2026-11-01']
/** When grid 101 was smaller. */
const longBefore = '2026-05-01'

/** Grids, in words, whose lines are not the same on both sides. */
async function unmatchedOn(on: string): Promise<string[]> {
  const { problems } = (await planner.get(`/api/areas/${town}/check?day=${on}`)).body as {
    problems: { code: string; grids: string[] }[]
  }
  return problems.filter(({ code }) => code === 'unmatched_edge').map(({ grids }) => grids.join(' '))
}

/** Latitudes of a grid's vertices on the line between the villages, from south to north. */
async function onTheLine(grid: string, on: string): Promise<number[]> {
  const { boundary } = (await planner.get(`/api/areas/${town}/grids/${grid}?day=${on}`)).body as {
    boundary: { coordinates: [number, number][][][] }
  }
  const places = boundary.coordinates.flat(2).filter(([x]) => Math.abs(x - 119.605) < 1e-9)
  return [...new Set(places.map(([, y]) => y))].toSorted((a, b) => a - b)
}

async function submitAndApprove(id: string): Promise<void> {
  await post(planner, `/api/plans/${id}/submit`, { revision: 2, from: day })
  await post(supervisor, `/api/plans/${id}/approve`, { revision: 2 })
}

/** The eastern village in three grids, cut where the streets are, too. */
async function draftOfTheEast(): Promise<string> {
  const created = await post(planner, `/api/areas/${eastVillage}/plans`, {
    name: '东村方案',
    from: { source: 'atoms' },
  })
  const { id } = created.body as CreatedPlan
  const drawing = fromJson((await planner.get(`/api/plans/${id}/drawing`)).text)
  const edits = division(
    drawing,
    ['201', '202'],
    (latitude) => (latitude < 29.9025 ? '201' : '202'),
    eastVillage,
  )
  await saveEdits(planner, id, 1, edits)
  return id
}

describe('a line that ends on the line between two villages', () => {
  let east: string
  let enacted: object
  /** What was so before. */
  let alreadyThen: string[]
  let alreadyOn: string[]
  let lineThen: number[]
  beforeAll(async () => {
    alreadyThen = await unmatchedOn(longBefore)
    ;[alreadyOn, lineThen] = [await unmatchedOn(day), await onTheLine('201', day)]
    east = await draftOfTheEast()
    await submitAndApprove(east)
    const west = await draftOfThree(planner)
    await submitAndApprove(west)
    enacted = (await post(supervisor, `/api/plans/${west}/enact`, { revision: 2 })).body as object
  })

  it('is a vertex of the grids on both sides, on the day and on every day before', async () => {
    expect(enacted).toMatchObject({ plan: { status: 'in_force' }, grids_written: 3 })
    expect([alreadyOn, lineThen]).toEqual([[], [29.9, 29.905]])
    // The street meets the line at 29.9025, the banks of the river at 29.9045 and 29.9055.
    const [south, north] = [
      [29.9, 29.9025, 29.9045, 29.905],
      [29.905, 29.9055, 29.91],
    ]
    for (const on of [day, before]) {
      expect(await onTheLine('201', on)).toEqual(south)
      expect(await onTheLine('202', on)).toEqual(north)
    }
    expect(await onTheLine('101', day)).toEqual([29.9, 29.9025])
    // The grid that stood here until then has them as well: it was beside 201 for months.
    expect(await onTheLine('101', before)).toEqual(south)
    for (const on of [day, before]) expect(await unmatchedOn(on)).toEqual([])
    expect(await unmatchedOn(longBefore)).toEqual(alreadyThen)
  })

  it('is kept as a correction: what was believed before stands in the record', async () => {
    const known = (
      await planner.get(`/api/areas/${eastVillage}/record?day=${day}&known_at=2026-10-09T11:59:59Z`)
    ).body as GridRecord
    expect(known.grids.map((one) => [one.code, one.became])).toEqual([
      ['201', 'corrected'],
      ['202', 'corrected'],
    ])
  })

  it('does not hold up the neighbour’s plan that was approved before; its lines meet those there are', async () => {
    const answer = await post(supervisor, `/api/plans/${east}/enact`, { revision: 2 })
    expect(answer.body).toMatchObject({ plan: { status: 'in_force' } })
    for (const on of [day, before]) expect(await unmatchedOn(on)).toEqual([])
    const theirs = [...(await onTheLine('201', day)), ...(await onTheLine('202', day))]
    for (const grid of ['101', '103', '102'])
      for (const place of await onTheLine(grid, day)) expect(theirs).toContain(place)
  })
})
