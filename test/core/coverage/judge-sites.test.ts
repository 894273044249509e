/** Natural villages and buildings against the boundaries of grids. */
import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import {
  checkDivision,
  type DivisionInput,
  type Problem,
} from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import type { Site } from '../../../server/core/planning/values.ts'

/** Hundred thousandths of a degree: 1.11 m north, 0.98 m east at 28° N. */
const place = (x: number, y: number): Position => [112 + x * 1e-5, 28 + y * 1e-5]
const box = (x0: number, y0: number, x1: number, y1: number): Polygon => ({
  type: 'Polygon',
  coordinates: [[place(x0, y0), place(x1, y0), place(x1, y1), place(x0, y1), place(x0, y0)]],
})
const home = (id: string, x: number, y: number) => {
  const [longitude, latitude] = place(x, y) as [number, number]
  return { id, longitude, latitude }
}
const site = (id: string, geometry: Polygon, name: string | null = null): Site => ({ id, name, geometry })
/** Two grids that meet at x = 100. */
const grids = [
  { code: 'a', geometry: box(0, 0, 100, 100) },
  { code: 'b', geometry: box(100, 0, 200, 100) },
]
const problems = (input: Omit<DivisionInput, 'grids'>): readonly Problem[] =>
  checkDivision({ grids, ...input }).problems

describe('a natural village', () => {
  const across = site('v', box(80, 20, 140, 60), '西坑')

  test('is split when its households are in several grids: which, and how many in each', () => {
    const households = [home('h1', 90, 30), home('h2', 110, 30), home('h3', 120, 30), home('away', 150, 30)]
    const [found, ...others] = problems({ villages: [across], households })
    expect(others).toEqual([])
    expect(found).toMatchObject({
      code: 'village_split',
      site: 'v',
      grids: ['a', 'b'],
      households: 3,
      sides: [
        { grid: 'b', households: 2 },
        { grid: 'a', households: 1 },
      ],
    })
    expect(found!.sides![0]!.areaSquareMetres / areaSquareMetres(box(100, 20, 140, 60))).toBeCloseTo(1, 9)
    expect(found!.sides![1]!.areaSquareMetres / areaSquareMetres(box(80, 20, 100, 60))).toBeCloseTo(1, 9)
    expect(found!.message.zh).toContain('西坑')
  })

  test('is whole when all who live in it are in one grid, whatever field lies beyond the line', () => {
    expect(problems({ villages: [across], households: [home('h1', 90, 30), home('h2', 85, 50)] })).toEqual([])
  })

  test('without known households is judged by its ground, wider than the gap width on both sides', () => {
    expect(problems({ villages: [across] })).toMatchObject([
      { code: 'village_split', households: null, sides: [{ grid: 'a', households: null }, { grid: 'b' }] },
    ])
    // 8 × 0.98 m beyond the line is less than 10 m.
    expect(problems({ villages: [site('v', box(80, 20, 108, 60))] })).toEqual([])
    expect(problems({ villages: [site('v', box(10, 20, 60, 60)), site('w', box(20, 30, 40, 50))] })).toEqual(
      [],
    )
  })

  test('households in no grid or in two are on no side', () => {
    const overlapping = [grids[0]!, { code: 'b', geometry: box(90, 0, 200, 100) }]
    const households = [home('in', 85, 30), home('both', 95, 30)]
    const codes = checkDivision({ grids: overlapping, villages: [across], households }).problems.map(
      (p) => p.code,
    )
    expect(codes).not.toContain('village_split')
    expect(codes).toContain('household_in_several')
  })
})

describe('a building', () => {
  test('is cut where more than the tolerance of it lies on each side', () => {
    const cut = site('B1', box(95, 20, 110, 30))
    const households = [home('h1', 97, 25), home('h2', 105, 25), home('h3', 108, 22)]
    const [found, ...others] = problems({ buildings: [cut], households })
    expect(others).toEqual([])
    expect(found).toMatchObject({
      code: 'building_cut',
      site: 'B1',
      grids: ['a', 'b'],
      households: 3,
      sides: [
        { grid: 'b', households: 2 },
        { grid: 'a', households: 1 },
      ],
    })
    // The narrower side: 5 × 0.984 m.
    expect(found!.widthMetres).toBeCloseTo(4.92, 1)
    // 0.4 × 0.98 m beyond the line: drawn inexactly.
    expect(problems({ buildings: [site('B2', box(99.6, 20, 110, 30))] })).toEqual([])
    expect(
      problems({ buildings: [site('B2', box(99.6, 20, 110, 30))], buildingToleranceMetres: 0.1 }),
    ).toHaveLength(1)
  })

  test('is not cut beside a line, nor where two grids overlap on it', () => {
    expect(
      problems({ buildings: [site('B1', box(90, 20, 100, 30)), site('B2', box(100, 20, 110, 30))] }),
    ).toEqual([])
    const overlapping = [grids[0]!, { code: 'b', geometry: box(80, 0, 200, 100) }]
    const codes = checkDivision({ grids: overlapping, buildings: [site('B', box(85, 20, 95, 30))] }).problems
    expect(codes.map(({ code }) => code)).not.toContain('building_cut')
  })

  test('its sides add up to what of it lies in grids', () => {
    fc.assert(
      fc.property(
        fc.record({ x: fc.integer({ min: 60, max: 130 }), y: fc.integer({ min: 5, max: 80 }) }),
        fc.record({ w: fc.integer({ min: 2, max: 40 }), h: fc.integer({ min: 2, max: 15 }) }),
        ({ x, y }, { w, h }) => {
          const footprint = box(x, y, x + w, y + h)
          const found = problems({ buildings: [site('B', footprint)] })
          const isCut = x < 100 && x + w > 100
          expect(found).toHaveLength(isCut ? 1 : 0)
          const sum = found
            .flatMap(({ sides }) => sides!)
            .reduce((total, side) => total + side.areaSquareMetres, 0)
          expect(Math.abs(sum - (isCut ? areaSquareMetres(footprint) : 0))).toBeLessThan(1e-6)
        },
      ),
    )
  })
})

test('a grid may have as many pieces as it is declared to have', () => {
  // c lies between two pieces of a.
  const pieces = {
    type: 'MultiPolygon' as const,
    coordinates: [box(0, 0, 50, 50).coordinates, box(100, 0, 150, 50).coordinates],
  }
  const division = (parts?: number) =>
    checkDivision({
      grids: [
        { code: 'a', geometry: pieces, ...(parts === undefined ? {} : { parts }) },
        { code: 'c', geometry: box(50, 0, 100, 50) },
      ],
    }).problems.map(({ code }) => code)
  expect(division()).toEqual(['disconnected_part'])
  expect(division(1)).toEqual(['disconnected_part'])
  expect(division(2)).toEqual([])
})
