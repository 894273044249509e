import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, boxesOverlap, cornersOf, isWithin } from '../../../server/core/posters/boxes.ts'
import { type LabelRequest, placeLabels, type Spot } from '../../../server/core/posters/place-labels.ts'

const frame = { x: 0, y: 0, width: 100, height: 60 }
const box = (x: number, y: number, width: number, height: number, angle = 0): Box => ({
  x,
  y,
  width,
  height,
  angle,
})
const anyBox = fc
  .tuple(
    fc.integer({ min: -5, max: 105 }),
    fc.integer({ min: -5, max: 65 }),
    fc.integer({ min: 1, max: 30 }),
    fc.integer({ min: 1, max: 8 }),
    fc.constantFrom(0, 0.3, Math.PI / 2, -1, 2.5),
  )
  .map((parts) => box(...parts))

describe('boxesOverlap', () => {
  it('knows turned boxes: corners of one in the gap of the other do not count, touching does not either', () => {
    expect(boxesOverlap(box(0, 0, 10, 2), box(0, 2, 10, 2))).toBe(false)
    expect(boxesOverlap(box(0, 0, 10, 2), box(0, 1.9, 10, 2))).toBe(true)
    // A square on its corner at (0, 0) reaches √2 · 5 = 7.07 along the axes, not into the corner (6, 6).
    expect(boxesOverlap(box(0, 0, 10, 10, Math.PI / 4), box(6, 6, 2, 2))).toBe(false)
    expect(boxesOverlap(box(0, 0, 10, 10, Math.PI / 4), box(7, 0, 2, 2))).toBe(true)
    expect(boxesOverlap(box(0, 0, 20, 1), box(0, 0, 1, 20))).toBe(true)
  })

  it('is true where a point of a fine lattice lies in both', () => {
    fc.assert(
      fc.property(anyBox, anyBox, (a, b) => {
        const isIn = ({ x, y, width, height, angle }: Box, px: number, py: number): boolean => {
          const [dx, dy] = [px - x, py - y]
          const u = dx * Math.cos(angle) + dy * Math.sin(angle)
          const v = dy * Math.cos(angle) - dx * Math.sin(angle)
          return Math.abs(u) < width / 2 - 0.01 && Math.abs(v) < height / 2 - 0.01
        }
        let isShared = false
        for (let i = 0; i < 40 && !isShared; i++)
          for (let j = 0; j < 20; j++) {
            const [u, v] = [((i + 0.5) / 40 - 0.5) * a.width, ((j + 0.5) / 20 - 0.5) * a.height]
            const px = a.x + u * Math.cos(a.angle) - v * Math.sin(a.angle)
            const py = a.y + u * Math.sin(a.angle) + v * Math.cos(a.angle)
            if (isIn(a, px, py) && isIn(b, px, py)) isShared = true
          }
        expect(boxesOverlap(a, b)).toBe(boxesOverlap(b, a))
        expect(isShared && !boxesOverlap(a, b)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})

describe('placeLabels', () => {
  const anyRequest = fc.record({
    priority: fc.integer({ min: 0, max: 3 }),
    spots: fc.array(
      fc.array(anyBox, { minLength: 1, maxLength: 2 }).map((boxes): Spot => ({ boxes })),
      { maxLength: 6 },
    ),
  })

  it('never lets two labels overlap, nor one an obstacle or the edge; what is left out has no free spot; order is of no matter', () => {
    fc.assert(
      fc.property(
        fc.array(anyRequest, { maxLength: 25 }),
        fc.array(anyBox, { maxLength: 3 }),
        (given, obstacles) => {
          const requests = given.map((one, i): LabelRequest<Spot> => ({ ...one, id: `label ${i}` }))
          const { placed, leftOut } = placeLabels(requests, frame, obstacles)
          expect(placed.length + leftOut.length).toBe(requests.length)
          const taken = [obstacles, ...placed.map(({ spot }) => spot.boxes)]
          for (const [i, mine] of taken.entries())
            for (const others of taken.slice(i + 1))
              for (const a of mine) for (const b of others) expect(boxesOverlap(a, b)).toBe(false)
          for (const one of taken.slice(1).flat()) expect(isWithin(one, frame)).toBe(true)
          for (const { spots } of leftOut)
            for (const spot of spots)
              expect(
                spot.boxes.some((a) => !isWithin(a, frame) || taken.flat().some((b) => boxesOverlap(a, b))),
              ).toBe(true)
          const names = ({ placed: all }: { placed: typeof placed }): string[] =>
            all.map(({ request, spot }) => `${request.id} ${JSON.stringify(spot)}`)
          expect(names(placeLabels(requests.toReversed(), frame, obstacles))).toEqual(names({ placed }))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('places the more important first, each on its best free spot', () => {
    const [left, right] = [{ boxes: [box(20, 20, 10, 4)] }, { boxes: [box(60, 20, 10, 4)] }]
    const { placed, leftOut } = placeLabels(
      [
        { id: 'a', priority: 2, spots: [left, right] },
        { id: 'b', priority: 1, spots: [left] },
        { id: 'c', priority: 3, spots: [left, right] },
      ],
      frame,
      [],
    )
    expect(placed.map(({ request, spot }) => [request.id, spot === left ? 'left' : 'right'])).toEqual([
      ['b', 'left'],
      ['a', 'right'],
    ])
    expect(leftOut.map((one) => one.id)).toEqual(['c'])
  })
})

describe('cornersOf', () => {
  it('turns clockwise on the sheet, where y points down', () => {
    const corners = cornersOf(box(0, 0, 4, 2, Math.PI / 2)).map(([x, y]) => [Math.round(x), Math.round(y)])
    expect(corners).toEqual([
      [1, -2],
      [1, 2],
      [-1, 2],
      [-1, -2],
    ])
  })
})
