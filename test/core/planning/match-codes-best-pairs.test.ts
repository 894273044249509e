import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestPairs } from '../../../server/core/planning/match-codes-best-pairs.ts'

const total = (weights: readonly (readonly number[])[], columnOf: Iterable<number>): number =>
  [...columnOf].reduce((sum, column, row) => sum + (column < 0 ? 0 : weights[row]![column]!), 0)

/** The best total over every way to pair, by trying all. */
function bruteForce(weights: readonly (readonly number[])[], row = 0, taken = 0): number {
  if (row === weights.length) return 0
  let best = bruteForce(weights, row + 1, taken)
  for (const [column, weight] of weights[row]!.entries())
    if (!(taken & (1 << column)))
      best = Math.max(best, weight + bruteForce(weights, row + 1, taken | (1 << column)))
  return best
}

const solve = (weights: readonly (readonly number[])[]): Int32Array =>
  bestPairs(Float64Array.from(weights.flat()), weights.length, weights[0]?.length ?? 0)

const matrices = (most: number): fc.Arbitrary<number[][]> =>
  fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: most }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )

describe('the best pairs', () => {
  it('gives up the largest weight where the others make up for it', () => {
    // 10 + 0 = 10 is less than 9 + 8 = 17.
    expect([
      ...solve([
        [10, 9],
        [8, 0],
      ]),
    ]).toEqual([1, 0])
  })

  it('leaves out pairs that share nothing', () => {
    expect([
      ...solve([
        [5, 0],
        [3, 0],
      ]),
    ]).toEqual([0, -1])
    expect([...solve([[0]])]).toEqual([-1])
    expect([...bestPairs(new Float64Array(0), 0, 3)]).toEqual([])
    expect([...bestPairs(new Float64Array(0), 3, 0)]).toEqual([-1, -1, -1])
  })

  it.each([3, 1000, 2 ** 45])('equals trying every pairing, weights up to %d', (most) => {
    fc.assert(
      fc.property(matrices(most), (weights) => {
        const columnOf = solve(weights)
        const used = [...columnOf].filter((column) => column >= 0)
        expect(new Set(used).size).toBe(used.length)
        expect(total(weights, columnOf)).toBe(bruteForce(weights))
      }),
      { numRuns: 300 },
    )
  })
})
