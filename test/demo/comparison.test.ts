/** The township's change of 16 October 2026, found again from its polygons, households and duties. */
import { beforeAll, describe, expect, test } from 'vitest'
import { comparePlans, type PlanComparison } from '../../server/core/planning/compare-plans.ts'
import { gridOfHouseholds, groundBetween } from '../../server/core/planning/compare-plans-ground.ts'
import type { ComparedDivision } from '../../server/core/planning/compare-plans-values.ts'
import { matchCodes } from '../../server/core/planning/match-codes.ts'
import { gridCodeFlaws, gridCodePresets } from '../../server/core/policy/grid-codes.ts'
import type { Grid } from '../../server/core/values.ts'
import { demoRows, gridsOn, midnight, truths } from './demo-township.ts'

const { change } = truths.division

interface Day {
  readonly division: ComparedDivision
  readonly shapes: readonly Grid[]
}

async function day(date: string): Promise<Day> {
  const [rows, households] = [await gridsOn(date), await demoRows('households')]
  const shapes = rows.map(({ code, boundary }) => ({ code, geometry: boundary }))
  const grids = rows.map(({ code, name, kind, villageCode }) => ({
    code,
    name: name ?? null,
    kind: kind ?? ('ordinary' as const),
    village: villageCode!,
    parent: null,
  }))
  return { shapes, division: { grids, gridOf: gridOfHouseholds(households, shapes) } }
}

let [before, after]: (Day | undefined)[] = []
let comparison: PlanComparison
beforeAll(async () => {
  before = await day('2026-10-15')
  after = await day(change.day)
  const duties = {
    assignments: (await demoRows('assignments'))
      .filter(
        ({ from, to }) =>
          (from ?? -Infinity) <= midnight('2026-10-15') && (to ?? Infinity) > midnight('2026-10-15'),
      )
      .map(({ worker, grid }) => ({ worker, grid })),
    roster: (await demoRows('roster')).map(({ household, worker }) => ({ household, worker })),
  }
  comparison = comparePlans({
    before: before.division,
    after: after.division,
    ground: groundBetween(before.shapes, after.shapes),
    duties,
  })
})

describe('the planted change', () => {
  test('moves its households and nobody else', () => {
    expect(comparison.moves).toMatchObject([{ from: change.from, to: change.to }])
    expect(comparison.moves[0]!.households).toHaveLength(change.households)
    expect(comparison.households).toMatchObject({
      total: 12_000,
      moved: change.households,
      entered: 0,
      left: 0,
    })
    expect(comparison.codes).toMatchObject({ created: [], retired: [] })
  })

  test('can be approved with its two grids only', () => {
    expect(comparison.approvalGroups.map((group) => group.grids)).toEqual([[change.to, change.from]])
  })

  test('is told to the workers of the two grids', () => {
    const { grids } = comparison.approvalGroups[0]!
    expect(comparison.workers.length).toBeGreaterThan(0)
    for (const worker of comparison.workers)
      expect(worker.grids.some((code) => grids.includes(code))).toBe(true)
    const leaving = comparison.workers.flatMap(({ rosterLeaving }) =>
      rosterLeaving.map(({ household }) => household),
    )
    expect(leaving.length).toBeGreaterThan(0)
    expect(comparison.moves[0]!.households).toEqual(expect.arrayContaining(leaving))
  })
})

test('codes stay where grids are called otherwise', () => {
  const provisional = new Map(after!.division.grids.map(({ code }, i) => [code, `new-${i}`]))
  const renamed: ComparedDivision = {
    grids: after!.division.grids.map((grid) => ({ ...grid, code: provisional.get(grid.code)! })),
    gridOf: new Map([...after!.division.gridOf].map(([id, code]) => [id, code && provisional.get(code)!])),
  }
  const shapes = after!.shapes.map((grid) => ({ ...grid, code: provisional.get(grid.code)! }))
  const { codes, fresh, retired } = matchCodes(
    before!.division,
    renamed,
    groundBetween(before!.shapes, shapes),
  )
  expect({ fresh, retired }).toEqual({ fresh: [], retired: [] })
  expect(codes).toEqual(new Map([...provisional].map(([code, name]) => [name, code])))
})

test('the codes are of the fifteen digits with village, kind and sequence', () => {
  const policy = gridCodePresets['village12-kind-sequence2']
  expect(after!.division.grids.flatMap((grid) => gridCodeFlaws(policy, grid))).toEqual([])
})
