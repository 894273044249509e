import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestInscribedCircle } from '../../../server/core/geometry/inscribed-circle.ts'

type Point = [number, number]

test('in a triangle: area over half the perimeter', () => {
  // 3-4-5: (1/2 · 3 · 4) / 6 = 1.
  const circle = largestInscribedCircle([
    [
      [0, 0],
      [4, 0],
      [0, 3],
      [0, 0],
    ],
  ])
  expect(circle.radius).toBeCloseTo(1, 2)
  expect(circle.x).toBeCloseTo(1, 1)
})

test('a hole is in the way: a ring of inner side 4 and outer side 10 is 3 wide but at the corners', () => {
  const outer: Point[] = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
    [0, 0],
  ]
  const hole: Point[] = [
    [3, 3],
    [3, 7],
    [7, 7],
    [7, 3],
    [3, 3],
  ]
  // At a corner the circle touches two sides and the hole's corner: r + r/√2 · … = 3√2 · r/(r√2 + r) → r = 3√2 / (√2 + 1).
  expect(largestInscribedCircle([outer, hole]).radius).toBeCloseTo((3 * Math.SQRT2) / (Math.SQRT2 + 1), 2)
})

test('a winding thread is as wide as it is drawn, however long', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      fc.integer({ min: 2, max: 40 }),
      fc.double({ min: 0.5, max: 3, noNaN: true }),
      (width, pieces, bend) => {
        const bank = (offset: number): Point[] =>
          Array.from({ length: pieces + 1 }, (_, i) => [i * 100, bend * 20 * Math.sin(i) + offset])
        const ring = [...bank(0), ...bank(width).toReversed()]
        const found = 2 * largestInscribedCircle([[...ring, ring[0]!]]).radius
        // Between parallel banks, the flattest piece is the widest; a bend can add a little to it but never reach the offset.
        const steepest = Array.from({ length: pieces }, (_, i) => bend * 20 * (Math.sin(i + 1) - Math.sin(i)))
        const widest = Math.max(...steepest.map((rise) => width * Math.cos(Math.atan(rise / 100))))
        expect(found).toBeGreaterThanOrEqual(widest * 0.998)
        expect(found).toBeLessThanOrEqual(width * 1.002)
      },
    ),
    { numRuns: 60 },
  )
})

test('in a wedge of any length, thread or not: area over half the perimeter', () => {
  fc.assert(
    fc.property(fc.double({ min: 2, max: 1000, noNaN: true }), (length) => {
      const radius = length / (length + 1 + Math.hypot(length, 1))
      const wedge: Point[] = [
        [0, 0],
        [length, 0],
        [length, 1],
        [0, 0],
      ]
      expect(Math.abs(largestInscribedCircle([wedge]).radius / radius - 1)).toBeLessThan(0.003)
    }),
  )
})

test('no ground, no circle', () => {
  expect(
    largestInscribedCircle([
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [0, 0],
      ],
    ]).radius,
  ).toBe(0)
})
