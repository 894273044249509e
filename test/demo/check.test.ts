/** The check finds what is planted in the published grids, and nothing else. */
import type { MultiPolygon } from 'geojson'
import { expect, test } from 'vitest'
import { type CheckReport, checkDivision } from '../../server/core/coverage/check-division.ts'
import { demoRows, gridsOn, truths } from './demo-township.ts'

const { division } = truths

async function report(day: string): Promise<CheckReport> {
  const grids = (await gridsOn(day)).map(({ code, boundary, kind }) => ({
    code,
    geometry: boundary,
    codeDeclared: true,
    kind: kind!,
  }))
  const within = (await demoRows('areas')).find(({ level }) => level === 'township')!.boundary!
  const named = { villages: await demoRows('villages'), buildings: await demoRows('buildings') }
  const sites = (rows: readonly { id: string; name?: string; boundary: MultiPolygon }[]) =>
    rows.map(({ id, name = null, boundary }) => ({ id, name, geometry: boundary }))
  return checkDivision({
    grids,
    within,
    households: await demoRows('households'),
    villages: sites(named.villages),
    buildings: sites(named.buildings),
    sizes: division.size_band,
  })
}

test.each(['2026-10-01', division.change.day])('on %s: every planted problem, and no other', async (day) => {
  const { problems, counts, households, enclaves, grids } = await report(day)
  expect(grids).toBe(40)
  expect(counts).toEqual(division.counts)
  expect(enclaves).toEqual([])
  const of = (code: string): typeof problems => problems.filter((problem) => problem.code === code)

  for (const planted of division.problems) {
    const found = of(planted.code).filter((problem) => problem.grids.join() === planted.grids.join())
    expect(found, `${planted.code} of ${planted.grids.join()}`).toHaveLength(1)
    if (planted.area_m2 === undefined) continue
    // Truths are rounded to 0.01 m².
    expect(Math.abs(found[0]!.areaSquareMetres! - planted.area_m2)).toBeLessThan(0.02)
    expect(found[0]!.households).toBe(planted.households!.length)
  }
  const concerned = (code: string): Set<string | undefined> =>
    new Set(of(code).map(({ household }) => household))
  expect(concerned('household_in_none')).toEqual(new Set(division.household_in_none))
  expect(concerned('household_in_several')).toEqual(new Set(division.household_in_several))
  const sizes = (code: string): Map<string, number | null> =>
    new Map(of(code).map((problem) => [problem.grids.join(), problem.households]))
  const truth = (list: typeof division.households_below): Map<string, number> =>
    new Map(list.map(({ grid, households: count }) => [grid, count]))
  expect(sizes('households_below')).toEqual(truth(division.households_below))
  expect(sizes('households_above')).toEqual(truth(division.households_above))
  expect(households).toEqual({
    total: 12_000,
    inOne: 12_000 - division.household_in_none.length - division.household_in_several.length,
    inNone: division.household_in_none.length,
    inSeveral: division.household_in_several.length,
  })
})
