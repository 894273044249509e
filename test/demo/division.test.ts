/** The planted errors measured again, by Turf alone. */
import {
  area,
  bbox,
  bboxPolygon,
  booleanIntersects,
  booleanPointInPolygon,
  featureCollection,
  intersect,
  multiPolygon,
  polygon,
  union,
} from '@turf/turf'
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import { describe, expect, test } from 'vitest'
import { demoRows, gridsOn, type PlantedProblem, truths } from './demo-township.ts'

type Shape = Feature<Polygon | MultiPolygon>
const commonArea = (one: Shape, other: Shape): number => {
  const common = booleanIntersects(bboxPolygon(bbox(one)), bboxPolygon(bbox(other)))
    ? intersect(featureCollection([one, other]))
    : null
  return common ? area(common) : 0
}
const shapesOn = async (day: string): Promise<Map<string, Shape>> =>
  new Map((await gridsOn(day)).map(({ code, boundary }) => [code, multiPolygon(boundary.coordinates)]))
const regions = truths.division.problems.filter((p): p is Required<PlantedProblem> => p.ring !== undefined)
const { change } = truths.division

describe.each(['2026-10-01', change.day])('on %s', (day) => {
  test('a planted region is as large as it says (Turf measures on a sphere: 0.2 % off)', async () => {
    const shapes = await shapesOn(day)
    for (const { code, ring, area_m2, grids } of regions) {
      const region = polygon([ring])
      expect(Math.abs(area(region) / area_m2 - 1)).toBeLessThan(0.002)
      for (const [name, shape] of shapes) {
        const share = commonArea(region, shape) / area(region)
        expect(share, `${code} in ${name}`).toBeCloseTo(code === 'overlap' && grids.includes(name) ? 1 : 0, 4)
      }
    }
  })

  test('grids add up to the township, but for what is planted', async () => {
    const township = (await demoRows('areas')).find(({ level }) => level === 'township')!
    const sum = [...(await shapesOn(day)).values()].reduce((total, shape) => total + area(shape), 0)
    const planted = regions.reduce(
      (total, { code, ring }) => total + area(polygon([ring])) * (code === 'overlap' ? 1 : -1),
      0,
    )
    // 1 cm of rounding on some 150 km of borders cancels between neighbours; the unmatched vertex leaves under 1 m².
    expect(Math.abs(sum - planted - area(multiPolygon(township.boundary!.coordinates)))).toBeLessThan(2)
  })

  test('households lie in one grid each, but for those that the truths name', async () => {
    const boxed = [...(await shapesOn(day)).values()].map((shape) => ({ shape, box: bbox(shape) }))
    const none: string[] = []
    const several: string[] = []
    for (const { id, longitude, latitude } of await demoRows('households')) {
      const count = boxed.filter(
        ({ shape, box: [west, south, east, north] }) =>
          longitude >= west &&
          longitude <= east &&
          latitude >= south &&
          latitude <= north &&
          booleanPointInPolygon([longitude, latitude], shape),
      ).length
      if (count === 0) none.push(id)
      if (count > 1) several.push(id)
    }
    expect(none).toEqual(truths.division.household_in_none)
    expect(several).toEqual(truths.division.household_in_several)
  })
})

test('the households of a planted region are those in it, and make up the households in none and in several', async () => {
  const households = await demoRows('households')
  for (const { ring, households: named } of regions)
    expect(
      households
        .filter((h) => booleanPointInPolygon([h.longitude, h.latitude], polygon([ring])))
        .map(({ id }) => id),
    ).toEqual(named)
  const of = (codes: readonly string[]): string[] =>
    regions
      .filter(({ code }) => codes.includes(code))
      .flatMap((p) => [...p.households])
      .sort()
  expect(of(['gap', 'hole', 'inlet'])).toEqual([...truths.division.household_in_none].sort())
  expect(of(['overlap'])).toEqual([...truths.division.household_in_several].sort())
})

test('the unmatched edge: one grid has the middle vertex, the other runs past it', async () => {
  const { grids, line } = truths.division.problems.find(({ code }) => code === 'unmatched_edge')!
  const rings = (await gridsOn('2026-10-01'))
    .filter(({ code }) => grids.includes(code))
    .map(({ boundary }) => boundary.coordinates[0]![0]!.map((p) => p.join()))
  const [a, middle, b] = line!.map((p) => p.join()) as [string, string, string]
  expect(rings.every((ring) => ring.includes(a) && ring.includes(b))).toBe(true)
  expect(rings.filter((ring) => ring.includes(middle))).toHaveLength(1)
})

test('the changed grids swap a block: what one loses the other gains, and their households with it', async () => {
  const [before, after] = [await shapesOn('2026-10-01'), await shapesOn(change.day)]
  const different = [...before]
    .filter(([code, shape]) => JSON.stringify(shape) !== JSON.stringify(after.get(code)))
    .map(([code]) => code)
  expect(different.sort()).toEqual([change.from, change.to].sort())
  const both = (shapes: Map<string, Shape>): number =>
    area(union(featureCollection([shapes.get(change.from)!, shapes.get(change.to)!]))!)
  expect(Math.abs(both(before) - both(after))).toBeLessThan(0.1)
  const moved = (await demoRows('households')).filter(
    (h) =>
      booleanPointInPolygon([h.longitude, h.latitude], before.get(change.from)!) &&
      booleanPointInPolygon([h.longitude, h.latitude], after.get(change.to)!),
  )
  expect(moved).toHaveLength(change.households)
})

test('no grid, planted or not, cuts a building or a natural village', async () => {
  const shapes = [...(await shapesOn('2026-10-01')).values(), ...(await shapesOn(change.day)).values()].map(
    (shape) => ({ shape, box: bbox(shape) }),
  )
  const isIn = (
    { shape, box: [west, south, east, north] }: (typeof shapes)[number],
    [x, y]: readonly number[],
  ): boolean =>
    x! >= west && x! <= east && y! >= south && y! <= north && booleanPointInPolygon([x!, y!], shape)
  const cut = [...(await demoRows('buildings')), ...(await demoRows('villages'))].filter(({ boundary }) => {
    const corners = boundary.coordinates[0]![0]!
    return shapes.some((shape) => new Set(corners.map((corner) => isIn(shape, corner))).size > 1)
  })
  expect(cut.map(({ id }) => id)).toEqual([])
})
