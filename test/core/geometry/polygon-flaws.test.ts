import fc from 'fast-check'
import type { Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { polygonFlaws } from '../../../server/core/geometry/polygon-flaws.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { wigglyDivision } from '../coverage/wiggly-division.ts'

const polygon = (...rings: Position[][]): AreaGeometry => ({ type: 'Polygon', coordinates: rings })
const parts = (...polygons: Position[][][]): AreaGeometry => ({ type: 'MultiPolygon', coordinates: polygons })
const box = (x0: number, y0: number, x1: number, y1: number): Position[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
  [x0, y0],
]
const shell = box(0, 0, 10, 10)

describe('valid, as GEOS says too', () => {
  test.each<[string, AreaGeometry]>([
    ['a square', polygon(shell)],
    ['clockwise', polygon(shell.toReversed())],
    [
      'repeated vertices',
      polygon([
        [0, 0],
        [0, 0],
        [10, 0],
        [10, 10],
        [10, 10],
        [0, 10],
        [0, 0],
      ]),
    ],
    [
      'a vertex on a straight side',
      polygon([
        [0, 0],
        [5, 0],
        [10, 0],
        [10, 10],
        [0, 10],
        [0, 0],
      ]),
    ],
    ['a hole', polygon(shell, box(2, 2, 4, 4))],
    [
      'a hole that touches the shell once',
      polygon(shell, [
        [0, 5],
        [2, 4],
        [2, 6],
        [0, 5],
      ]),
    ],
    ['two holes that touch at a corner', polygon(shell, box(2, 2, 4, 4), box(4, 4, 6, 6))],
    ['two parts that touch at a corner', parts([box(0, 0, 1, 1)], [box(1, 1, 2, 2)])],
    ['an island in a hole', parts([shell, box(2, 2, 8, 8)], [box(4, 4, 6, 6)])],
    ['a third coordinate', polygon(shell.map(([x, y]) => [x!, y!, 7]))],
  ])('%s', (_, geometry) => {
    expect(polygonFlaws(geometry)).toEqual([])
  })
})

describe('invalid, with the reason and the place', () => {
  test.each<[string, AreaGeometry, string, number, number, number]>([
    ['no ring', polygon(), 'empty', 1, 1, 1],
    ['no part', parts(), 'empty', 1, 1, 1],
    [
      'not a number',
      polygon([
        [0, 0],
        [10, 0],
        [Number.NaN, 10],
        [0, 10],
        [0, 0],
      ]),
      'coordinate_not_finite',
      1,
      1,
      3,
    ],
    [
      'out of range',
      polygon([
        [0, 0],
        [200, 0],
        [10, 10],
        [0, 0],
      ]),
      'coordinate_out_of_range',
      1,
      1,
      2,
    ],
    ['not closed', polygon(shell.slice(0, -1)), 'ring_not_closed', 1, 1, 4],
    [
      'too short',
      polygon([
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
      'ring_too_short',
      1,
      1,
      1,
    ],
    [
      'a bow tie',
      polygon([
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 10],
        [0, 0],
      ]),
      'ring_crosses_itself',
      1,
      1,
      3,
    ],
    [
      'a spike out and back',
      polygon([
        [0, 0],
        [10, 0],
        [15, 0],
        [10, 0],
        [10, 10],
        [0, 0],
      ]),
      'ring_crosses_itself',
      1,
      1,
      3,
    ],
    [
      'a vertex met twice',
      polygon([
        [0, 0],
        [5, 5],
        [10, 0],
        [10, 10],
        [5, 5],
        [0, 10],
        [0, 0],
      ]),
      'ring_touches_itself',
      1,
      1,
      5,
    ],
    ['a hole across the shell', polygon(shell, box(8, 2, 12, 4)), 'rings_cross', 1, 2, 1],
    [
      'a hole across the shell at vertices',
      polygon(
        [
          [0, 0],
          [10, 0],
          [10, 4],
          [10, 6],
          [10, 10],
          [0, 10],
          [0, 0],
        ],
        [
          [8, 4],
          [10, 4],
          [12, 5],
          [10, 6],
          [8, 6],
          [8, 4],
        ],
      ),
      'rings_cross',
      1,
      2,
      1,
    ],
    ['a hole beside the shell', polygon(shell, box(20, 20, 21, 21)), 'hole_outside_shell', 1, 2, 1],
    ['a hole in a hole', polygon(shell, box(2, 2, 8, 8), box(4, 4, 6, 6)), 'hole_in_hole', 1, 3, 1],
    [
      'a hole across from side to side',
      polygon(shell, [
        [0, 5],
        [5, 4],
        [10, 5],
        [5, 6],
        [0, 5],
      ]),
      'interior_disconnected',
      1,
      2,
      3,
    ],
    ['parts that overlap', parts([shell], [box(5, 5, 15, 15)]), 'parts_overlap', 2, 1, 1],
    ['a part in another', parts([shell], [box(4, 4, 6, 6)]), 'parts_overlap', 2, 1, 1],
    ['parts with a side in common', parts([box(0, 0, 1, 1)], [box(1, 0, 2, 1)]), 'parts_overlap', 2, 1, 4],
  ])('%s', (_, geometry, reason, part, ring, vertex) => {
    const flaws = polygonFlaws(geometry)
    expect(flaws.map((flaw) => flaw.reason)).toContain(reason)
    const found = flaws.filter((flaw) => flaw.reason === reason)
    expect(found.map((flaw) => [flaw.part, flaw.ring])).toContainEqual([part, ring])
    expect(found.map((flaw) => flaw.vertex)).toContain(vertex)
  })
})

test('a ring stays valid or invalid when it starts elsewhere or runs the other way', () => {
  const rings = [
    ...wigglyDivision({ columns: 3, rows: 2, inner: 20, seed: 5 }).map((cell) => cell.coordinates[0]!),
    [
      [0, 0],
      [10, 10],
      [10, 0],
      [0, 10],
      [0, 0],
    ] as Position[],
  ]
  fc.assert(
    fc.property(fc.constantFrom(...rings), fc.nat(100), fc.boolean(), (ring, start, reversed) => {
      const open = ring.slice(0, -1)
      const k = start % open.length
      const turned = [...open.slice(k), ...open.slice(0, k)]
      if (reversed) turned.reverse()
      const same = polygonFlaws(polygon([...turned, turned[0]!]))
      expect(same.length > 0).toBe(polygonFlaws(polygon(ring)).length > 0)
    }),
  )
})

test('a scribble is told in twenty places, not in all', () => {
  const scribble = Array.from({ length: 200 }, (_, i): Position => [Math.sin(i * 2.4), Math.cos(i * 3.7)])
  expect(polygonFlaws(polygon([...scribble, scribble[0]!]))).toHaveLength(20)
})
