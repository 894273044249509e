import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { vertexInserter } from '../../../server/core/coverage/common-vertices.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { cells, named, seeds } from './planted-faults.ts'

const square: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [112, 28],
      [112.01, 28],
      [112.01, 28.01],
      [112, 28.01],
      [112, 28],
    ],
  ],
}

describe('places on a line become vertices of it', () => {
  test('in the order along it, each once, on holes as well; the ends and what lies off it do not', () => {
    const hole = square.coordinates[0]!.map(([x, y]) => [112.002 + (x! - 112) / 10, 28.002 + (y! - 28) / 10])
    const places = [
      [112.004, 28],
      [112.002, 28],
      [112.004, 28],
      [112.01, 28],
      [112.0025, 28.002],
      [112.005, 28.000_000_001], // 0.1 mm beside: a thread somebody could have drawn
    ]
    const { geometry, added } = vertexInserter(places)({
      type: 'Polygon',
      coordinates: [square.coordinates[0]!, hole],
    })
    expect(geometry.coordinates[0]!.slice(0, 4)).toEqual([
      [112, 28],
      [112.002, 28],
      [112.004, 28],
      [112.01, 28],
    ])
    expect(geometry.coordinates[1]![1]).toEqual([112.0025, 28.002])
    expect(added).toHaveLength(3)
  })

  test('nothing to put in: the very same object', () => {
    expect(vertexInserter([[112.005, 28.005]])(square).geometry).toBe(square)
    expect(vertexInserter([])(square).geometry).toBe(square)
  })
})

/** Every edge of a ring cut at some shares of its length. */
const cutAt = (ring: readonly Position[], shares: readonly number[]): Position[] =>
  ring.flatMap((position, i) => {
    const last = ring[i - 1]
    if (!last) return [position]
    const [dx, dy] = [position[0]! - last[0]!, position[1]! - last[1]!]
    const cuts = shares.map((share): Position => [last[0]! + share * dx, last[1]! + share * dy])
    return [...cuts, position]
  })

test('of neighbours of whom each has vertices of its own on every common line, all edges match; no ground moves', () => {
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true })
  const shares = fc.uniqueArray(share, { maxLength: 3 }).map((list) => list.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(seeds, shares, shares, (seed, ours, theirs) => {
      const drawn = cells(seed).map((cell, i): Polygon => {
        return {
          ...cell,
          coordinates: cell.coordinates.map((ring) => cutAt(ring, i % 2 === 0 ? ours : theirs)),
        }
      })
      const insert = vertexInserter(drawn.flatMap((cell) => cell.coordinates.flat()))
      const matched = drawn.map((cell) => insert(cell).geometry)
      expect(checkDivision({ grids: named(matched) }).problems).toEqual([])
      for (const [i, cell] of matched.entries())
        expect(Math.abs(areaSquareMetres(cell) - areaSquareMetres(drawn[i]!))).toBeLessThan(1e-6)
    }),
    { numRuns: 30 },
  )
})
