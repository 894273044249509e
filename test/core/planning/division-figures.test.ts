import { describe, expect, it } from 'vitest'
import { divisionFigures } from '../../../server/core/planning/division-figures.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'

/** A square of 0.001° on the equator: 111.32 m × 110.57 m. */
const square = (west: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 0],
      [west + 0.001, 0],
      [west + 0.001, 0.001],
      [west, 0.001],
      [west, 0],
    ],
  ],
})
const grid = (code: string, kind: 'ordinary' | 'dedicated' = 'ordinary') => ({
  code,
  kind,
  geometry: square(code.charCodeAt(0) / 1000),
})
const members = (text: string): Map<string, string | null> =>
  new Map(Array.from(text, (code, i) => [`h${i}`, code === '-' ? null : code]))

describe('figures of a division', () => {
  it('weigh ordinary grids, empty ones included, and leave dedicated ones aside', () => {
    const grids = [grid('C'), grid('A'), grid('B'), grid('S', 'dedicated')]
    const figures = divisionFigures(grids, members('AAAAAABBBSSSS--'), { from: 2, to: 4 })
    expect(figures).toMatchObject({
      grids: 4,
      counted: 3,
      households: 9,
      idealHouseholds: 3,
      // (6 − 0) / 3, and |6 − 3| / 3.
      topToBottom: 2,
      maximalAbsoluteDeviation: 1,
      outOfBand: { grids: ['A', 'C'], households: 6 },
      householdsInNone: 2,
    })
    // π · w · h / (w + h)², 0.785 for a square.
    expect(figures.polsbyPopper).toBeCloseTo((Math.PI * 111.32 * 110.57) / (111.32 + 110.57) ** 2, 3)
  })

  it('without grids or rule are unknown, not none', () => {
    expect(divisionFigures([], new Map(), null)).toMatchObject({
      idealHouseholds: null,
      topToBottom: null,
      outOfBand: null,
      polsbyPopper: null,
    })
  })
})
