import fc from 'fast-check'
import type { Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import {
  gridOfHouseholds,
  groundBetween,
  groundOfAtoms,
} from '../../../server/core/planning/compare-plans-ground.ts'
import type { Grid } from '../../../server/core/values.ts'
import { latticeGraph } from '../../support/lattice-graph.ts'

/** A box from west to east and from south to north, in thousandths of a degree from 120° E 30° N. */
const box = (west: number, south: number, east: number, north: number): Polygon => {
  const at = (x: number, y: number): [number, number] => [120 + x / 1000, 30 + y / 1000]
  return {
    type: 'Polygon',
    coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
  }
}

const grid = (code: string, ...corners: Parameters<typeof box>): Grid => ({ code, geometry: box(...corners) })
const areaOf = (...corners: Parameters<typeof box>): number => areaSquareMetres(box(...corners))

describe('ground between two divisions of polygons', () => {
  it('says what became of it', () => {
    // The line between A and B moves one step east; C begins anew where nothing was; D stays.
    const before = [grid('A', 0, 0, 4, 4), grid('B', 4, 0, 8, 4), grid('D', 0, 4, 4, 8)]
    const after = [grid('A', 0, 0, 5, 4), grid('B', 5, 0, 8, 4), grid('C', 4, 4, 8, 8), grid('D', 0, 4, 4, 8)]
    const shares = groundBetween(before, after)
    expect(shares.map(({ from, to }) => [from, to])).toEqual([
      [null, 'C'],
      ['A', 'A'],
      ['B', 'A'],
      ['B', 'B'],
      ['D', 'D'],
    ])
    for (const [i, area] of [
      areaOf(4, 4, 8, 8),
      areaOf(0, 0, 4, 4),
      areaOf(4, 0, 5, 4),
      areaOf(5, 0, 8, 4),
      areaOf(0, 4, 4, 8),
    ].entries())
      expect(shares[i]!.areaSquareMetres).toBeCloseTo(area, 5)
  })

  it('an overlap that is settled is ground that one of them loses, whoever sorts first', () => {
    const before = [grid('A', 0, 0, 5, 4), grid('B', 4, 0, 8, 4)]
    const settled = (after: readonly Grid[]): string[] =>
      groundBetween(before, after).flatMap(({ from, to }) => (from === to ? [] : [`${from} ${to}`]))
    // Neither has quite its old shape: A gets a vertex, too.
    const cornered: Grid = {
      code: 'A',
      geometry: { ...box(0, 0, 5, 4), coordinates: [[...box(0, 0, 5, 4).coordinates[0]!]] },
    }
    cornered.geometry.coordinates[0]!.splice(1, 0, [120.002, 30])
    expect(settled([cornered, grid('B', 5, 0, 8, 4)])).toEqual(['B A'])
    expect(settled([grid('A', 0, 0, 4, 4), grid('B', 4, 0, 8, 4)])).not.toEqual([])
    expect(settled(before)).toEqual([])
  })

  it('follows a code that moves to the same ground', () => {
    expect(groundBetween([grid('A', 0, 0, 4, 4)], [grid('X', 0, 0, 4, 4)])).toEqual([
      { from: 'A', to: 'X', areaSquareMetres: areaOf(0, 0, 4, 4) },
    ])
    expect(groundBetween([], [])).toEqual([])
  })

  it('tells threads from ground by their width, not by how much it is', () => {
    // A line of 445 m moves east by 19 mm and by 21 mm: of 96.38 km to a degree at 30° N, 1.97e-7 and 2.18e-7 degrees.
    for (const [degrees, expected] of [
      [1.97e-7, true],
      [2.18e-7, undefined],
    ] as const) {
      const [A, B, nextA, nextB] = [4, 4 + degrees * 1000].flatMap((x) => [
        grid('A', 0, 0, x, 4),
        grid('B', x, 0, 8, 4),
      ])
      const moved = groundBetween([A!, B!], [nextA!, nextB!]).filter(({ from, to }) => from !== to)
      expect(moved).toMatchObject([{ from: 'B', to: 'A' }])
      expect(moved[0]!.areaSquareMetres).toBeGreaterThan(8)
      expect(moved[0]!.isThread).toBe(expected)
    }
    // Two metres square, and a thread beside it: less ground, and yet ground.
    const corner = areaOf(3.98, 0, 4, 0.02)
    expect(corner).toBeLessThan(8)
    const notched: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [120, 30],
          [120.00398, 30],
          [120.00398, 30.00002],
          [120.004 - 1e-7, 30.00002],
          [120.004 - 1e-7, 30.004],
          [120, 30.004],
          [120, 30],
        ],
      ],
    }
    const shares = groundBetween([grid('A', 0, 0, 4, 4)], [{ code: 'A', geometry: notched }])
    expect(shares.find(({ to }) => to === null)).toMatchObject({ from: 'A' })
    expect(shares.find(({ to }) => to === null)!.isThread).toBeUndefined()
  })

  it('sees no change in a vertex added on a line', () => {
    const more: Polygon = {
      type: 'Polygon',
      coordinates: [box(0, 0, 4, 4).coordinates[0]!.toSpliced(1, 0, [120.002, 30])],
    }
    const [share, ...others] = groundBetween([grid('A', 0, 0, 4, 4)], [{ code: 'A', geometry: more }])
    expect(others).toEqual([])
    expect(share).toMatchObject({ from: 'A', to: 'A' })
    expect(share!.areaSquareMetres).toBeCloseTo(areaOf(0, 0, 4, 4), 5)
  })

  it('adds up to the ground of both, in any order', () => {
    const cuts = fc
      .uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })
      .map((some) => some.toSorted((p, q) => p - q))
    const strips = cuts.map((some) => [0, ...some, 10])
    fc.assert(
      fc.property(strips, strips, (upright, level) => {
        const before = upright.slice(1).map((east, i) => grid(`B${i}`, upright[i]!, 0, east, 10))
        const after = level.slice(1).map((north, i) => grid(`A${i}`, 0, level[i]!, 10, north))
        const shares = groundBetween(before, after)
        expect(groundBetween(before.toReversed(), after.toReversed())).toEqual(shares)
        expect(shares).toHaveLength(before.length * after.length)
        for (const [b, one] of before.entries()) {
          const sum = shares
            .filter(({ from }) => from === one.code)
            .reduce((total, { areaSquareMetres: area }) => total + area, 0)
          expect(sum).toBeCloseTo(areaOf(upright[b]!, 0, upright[b + 1]!, 10), 4)
        }
      }),
    )
  })
})

describe('ground between two plans on the same atoms', () => {
  it('is the atoms that change hands', () => {
    const graph = latticeGraph({ columns: 2, rows: 1 })
    const [west, east] = graph.atoms.map((atom) => areaSquareMetres(atom.geometry))
    expect(groundOfAtoms(graph, ['A', null], ['A', 'A'])).toEqual([
      { from: null, to: 'A', areaSquareMetres: east },
      { from: 'A', to: 'A', areaSquareMetres: west },
    ])
  })
})

describe('the grids of households', () => {
  it('are found by place, on a common line the first by code', () => {
    const grids = [grid('B', 4, 0, 8, 4), grid('A', 0, 0, 4, 4)]
    const at = (id: string, x: number, y: number) => ({
      id,
      longitude: 120 + x / 1000,
      latitude: 30 + y / 1000,
    })
    expect([
      ...gridOfHouseholds(
        [at('a', 1, 1), at('b', 5, 1), at('line', 4, 1), at('out', 9, 9), at('lost', NaN, 0)],
        grids,
      ),
    ]).toEqual([
      ['a', 'A'],
      ['b', 'B'],
      ['line', 'A'],
      ['out', null],
      ['lost', null],
    ])
  })
})
