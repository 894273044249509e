/**
 * The figures of the clip cases are those of MovingPandas, movingpandas/tests/test_overlay.py (BSD-3); seconds stand for
 * its clock, degrees for its metres: clipping is planar in both.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipSegment } from '../../../server/core/trajectories/clip-segment.ts'
import {
  INSIDE,
  locate,
  ON_EDGE,
  OUTSIDE,
  prepareGrid,
  type Side,
} from '../../../server/core/trajectories/prepare-grid.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'

type Node = readonly [x: number, y: number, seconds: number]

const polygon = (...ring: [number, number][]): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [[...ring, ring[0]!]],
})
const box = (west: number, south: number, east: number, north: number): AreaGeometry =>
  polygon([west, south], [east, south], [east, north], [west, north])

/** Seconds of each unbroken visit of a trajectory to a polygon. */
function visits(nodes: readonly Node[], geometry: AreaGeometry): [number, number][] {
  const grid = prepareGrid(geometry)
  const found: [number, number][] = []
  let side: Side | undefined
  for (let i = 1; i < nodes.length; i++) {
    const [ax, ay, from] = nodes[i - 1]!
    const [bx, by, to] = nodes[i]!
    side = clipSegment(grid, ax, ay, bx, by, side, (a, b) => {
      const enter = from + a * (to - from)
      const leave = from + b * (to - from)
      const last = found.at(-1)
      if (last && Math.abs(last[1] - enter) < 1e-9) last[1] = leave
      else found.push([enter, leave])
    })
  }
  return found
}

const threeNodes: Node[] = [
  [0, 0, 0],
  [6, 0, 6],
  [10, 0, 10],
]
const fiveNodes: Node[] = [...threeNodes, [10, 10, 20], [0, 10, 30]]

describe('MovingPandas clip cases', () => {
  it.each<[string, readonly Node[], AreaGeometry, [number, number][]]>([
    ['one intersection', fiveNodes, box(5, -5, 7, 8), [[5, 7]]],
    ['no node in the polygon', fiveNodes, box(1, -5, 2, 8), [[1, 2]]],
    [
      'two intersections with the same polygon',
      fiveNodes,
      box(5, -5, 7, 12),
      [
        [5, 7],
        [23, 25],
      ],
    ],
    [
      'a node twice: standing still inside',
      [
        [0, 0, 0],
        [6, 0, 6],
        [6, 0, 7],
        [10, 0, 11],
        [10, 10, 20],
        [0, 10, 30],
      ],
      box(5, -5, 7, 5),
      [[5, 8]],
    ],
    [
      'interpolated on both sides of a single node: 5:51 to 6:24',
      [
        [0, 0, 300],
        [6, 0, 360],
        [6.5, 0, 390],
      ],
      box(5.1, -5, 6.4, 12),
      [[351, 384]],
    ],
    [
      'reversed: 7:30 to 11:40',
      [
        [10, 0, 0],
        [6, 0, 600],
        [0, 0, 1200],
      ],
      box(5, -5, 7, 5),
      [[450, 700]],
    ],
    [
      'milliseconds: 12:24:22.5 to 12:35',
      [
        [0, 10, 43_200],
        [10, 10, 43_800],
        [10, 0, 44_100],
        [6, 0, 45_000],
        [0, 0, 46_800],
      ],
      polygon([5, -5], [7, -5], [8, 5], [5, 5]),
      [[44_662.5, 45_300]],
    ],
    ['no intersection', threeNodes, box(105, -5, 107, 12), []],
  ])('%s', (_, nodes, geometry, expected) => {
    const found = visits(nodes, geometry)
    expect(found).toHaveLength(expected.length)
    for (const [i, [from, to]] of expected.entries()) {
      expect(found[i]![0]).toBeCloseTo(from, 9)
      expect(found[i]![1]).toBeCloseTo(to, 9)
    }
  })

  it('keeps three close fixes in Beijing whole (numerical time issues)', () => {
    const geometry = box(116.36850352835575, 39.904675309969896, 116.37029459899574, 39.90772814977718)
    const nodes: Node[] = [
      [116.36855, 39.904926, 0],
      [116.368612, 39.904877, 2],
      [116.368644, 39.90484, 4],
    ]
    expect(visits(nodes, geometry)).toEqual([[0, 4]])
  })

  it('finds the crossings of a vessel at the coordinates MovingPandas prints', () => {
    const geometry = polygon(
      [-92.9883, 35.38896],
      [-92.35109, 33.96139],
      [-93.27393, 33.61437],
      [-93.99904, 34.88572],
    )
    const [ax, ay, bx, by] = [-92.68333, 34.95, -92.8, 34.86667] // enters on this leg
    const grid = prepareGrid(geometry)
    const parts: [number, number][] = []
    clipSegment(grid, ax, ay, bx, by, undefined, (from, to) => parts.push([from, to]))
    expect(parts).toHaveLength(1)
    expect(ax + parts[0]![0] * (bx - ax)).toBeCloseTo(-92.76600766934008, 10)
    expect(ay + parts[0]![0] * (by - ay)).toBeCloseTo(34.89094857130274, 10)
    expect(parts[0]![1]).toBe(1)
  })
})

describe('holes, parts and edges', () => {
  const withHole: AreaGeometry = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]],
        [[4, 4], [4, 6], [6, 6], [6, 4], [4, 4]],
      ],
      [[[12, 0], [14, 0], [14, 10], [12, 10], [12, 0]]],
    ], // biome-ignore format: coordinates
  }

  it('a hole is outside, a second part is inside', () => {
    const crossing: Node[] = [
      [-1, 5, 0],
      [15, 5, 16],
    ]
    expect(visits(crossing, withHole)).toEqual([
      [1, 5],
      [7, 11],
      [13, 15],
    ])
  })

  it('tells what runs along an edge, and touches nothing at a corner', () => {
    const grid = prepareGrid(box(0, 0, 10, 10))
    const parts: [number, number, boolean][] = []
    const take = (from: number, to: number, onEdge: boolean): void => void parts.push([from, to, onEdge])
    clipSegment(grid, -5, 10, 15, 10, undefined, take)
    expect(parts).toEqual([[0.25, 0.75, true]])
    parts.length = 0
    clipSegment(grid, -1, 1, 1, -1, undefined, take) // through the corner (0, 0)
    expect(parts).toEqual([])
  })

  it('a line through two opposite corners is inside between them', () => {
    expect(
      visits(
        [
          [-1, -1, 0],
          [11, 11, 12],
        ],
        box(0, 0, 10, 10),
      ),
    ).toEqual([[1, 11]])
  })

  it.each<[number, number, Side]>([
    [5, 1, INSIDE],
    [5, 5, OUTSIDE],
    [4, 5, ON_EDGE],
    [0, 0, ON_EDGE],
    [10, 10, ON_EDGE],
    [13, 0, ON_EDGE],
    [11, 5, OUTSIDE],
    [13, 9.999, INSIDE],
  ])('locates (%d, %d)', (x, y, side) => {
    expect(locate(prepareGrid(withHole), x, y)).toBe(side)
  })
})

describe('against sampling', () => {
  /** Star-shaped rings: never self-crossing, often sharp. */
  const star = fc
    .array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 })
    .map((radii) =>
      polygon(
        ...radii.map((radius, i): [number, number] => {
          const angle = (i / radii.length) * 2 * Math.PI
          return [radius * Math.cos(angle), radius * Math.sin(angle)]
        }),
      ),
    )
  const coordinate = fc.double({ min: -1.2, max: 1.2, noNaN: true })

  it('agrees with the middle of every part and of every part left out', () => {
    fc.assert(
      fc.property(star, coordinate, coordinate, coordinate, coordinate, (geometry, ax, ay, bx, by) => {
        const grid = prepareGrid(geometry)
        const inside: [number, number][] = []
        const side = clipSegment(grid, ax, ay, bx, by, undefined, (a, b) => inside.push([a, b]))
        const end = locate(grid, bx, by)
        expect(side ?? end).toBe(end)
        const wrong = Array.from({ length: 199 }, (_, i) => (i + 1) / 200).filter((share) => {
          const atCut = inside.some(([a, b]) => Math.abs(a - share) < 1e-9 || Math.abs(b - share) < 1e-9)
          const where = locate(grid, ax + share * (bx - ax), ay + share * (by - ay))
          const isIn = inside.some(([a, b]) => a < share && share < b)
          return !atCut && where !== ON_EDGE && isIn !== (where === INSIDE)
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
