import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceBandWeights } from '../../../server/core/statistics/distance-band.ts'
import { nearestNeighbourWeights } from '../../../server/core/statistics/nearest-neighbours.ts'
import {
  rowStandardised,
  type SpatialWeights,
  weightsFromNeighbours,
  withSelf,
} from '../../../server/core/statistics/weights.ts'

const rowsOf = (w: SpatialWeights): [place: number, weight: number][][] =>
  Array.from({ length: w.size }, (_, i) =>
    Array.from({ length: w.starts[i + 1]! - w.starts[i]! }, (__, e) => [
      w.places[w.starts[i]! + e]!,
      w.weights[w.starts[i]! + e]!,
    ]),
  )

describe('spatial weights', () => {
  const chain = weightsFromNeighbours([[1], [2, 0, 2], [1], []])

  it('hold each neighbour once, ascending', () => {
    expect(rowsOf(chain)).toEqual([
      [[1, 1]],
      [
        [0, 1],
        [2, 1],
      ],
      [[1, 1]],
      [],
    ])
    expect(chain.includesSelf).toBe(false)
  })

  it('take the place itself in, at its place in the row', () => {
    const star = withSelf(chain, 0.5)
    expect(rowsOf(star)).toEqual([
      [
        [0, 0.5],
        [1, 1],
      ],
      [
        [0, 1],
        [1, 0.5],
        [2, 1],
      ],
      [
        [1, 1],
        [2, 0.5],
      ],
      [[3, 0.5]],
    ])
    expect(star.includesSelf).toBe(true)
    expect(() => withSelf(star)).toThrow(RangeError)
  })

  it('are standardised by row, islands left alone', () => {
    expect(rowsOf(rowStandardised(chain)).map((row) => row.map(([, weight]) => weight))).toEqual([
      [1],
      [0.5, 0.5],
      [1],
      [],
    ])
    expect([...chain.weights]).toEqual([1, 1, 1, 1])
  })

  it.each([[[[0]]], [[[1]]], [[[-1]]], [[[0.5], []]]])('refuse neighbours %j', (lists) => {
    expect(() => weightsFromNeighbours(lists)).toThrow(RangeError)
  })
})

describe('distance bands', () => {
  it('end where they say, included, and join points in one place', () => {
    const points = [
      [0, 0],
      [3, 4],
      [3, 4],
      [9, 0],
    ] as const
    expect(rowsOf(distanceBandWeights(points, 5)).map((row) => row.map(([place]) => place))).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
      [],
    ])
    expect(distanceBandWeights([], 5).size).toBe(0)
  })

  it('hold the pairs that a look at every pair finds', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), fc.integer({ min: 0, max: 30 }), (points, distance) => {
        const found = rowsOf(distanceBandWeights(points, distance)).map((row) => row.map(([place]) => place))
        const wanted = points.map(([x, y], i) =>
          points.flatMap(([u, v], j) => (i !== j && Math.hypot(x - u, y - v) <= distance ? [j] : [])),
        )
        expect(found).toEqual(wanted)
      }),
    )
  })
})

describe('nearest neighbours', () => {
  it('are the nearest, of equally far ones the first in the list', () => {
    // A cross: place 0 in the middle, four places one away.
    const cross = [
      [0, 0],
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const
    expect(rowsOf(nearestNeighbourWeights(cross, 2)).map((row) => row.map(([place]) => place))).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
      [0, 2],
      [0, 1],
    ])
    expect(nearestNeighbourWeights([], 1).size).toBe(0)
    expect(() => nearestNeighbourWeights(cross, 0)).toThrow(RangeError)
  })

  it('are those that a look at every pair finds, also where points coincide', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), fc.integer({ min: 1, max: 8 }), (points, k) => {
        const found = rowsOf(nearestNeighbourWeights(points, k)).map((row) => row.map(([place]) => place))
        const wanted = points.map(([x, y], i) =>
          points
            .map(([u, v], j) => ({ j, square: (x - u) ** 2 + (y - v) ** 2 }))
            .filter(({ j }) => j !== i)
            .sort((a, b) => a.square - b.square || a.j - b.j)
            .slice(0, k)
            .map(({ j }) => j)
            .sort((a, b) => a - b),
        )
        expect(found).toEqual(wanted)
      }),
    )
  })
})
