import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hiddenHouseholds } from '../../../server/core/analysis/withhold-small.ts'
import { suppressSmall } from '../../../server/core/policy/small-numbers.ts'
import '../../support/seed.ts'

const idsOf = (counts: readonly number[]): string[] => counts.map((_, i) => String.fromCodePoint(97 + i))
const hidden = (counts: readonly number[], k = 5): number[] => [...hiddenHouseholds(idsOf(counts), counts, k)]

describe('households of cells that are kept back', () => {
  it('are those of fewer than k, and nobody is not somebody', () => {
    expect(hidden([0, 3, 4, 20])).toEqual([0, 1, 1, 0])
    expect(hidden([0, 5, 20])).toEqual([0, 0, 0])
    expect(hidden([3, 4, 20], 1)).toEqual([0, 0, 0])
  })

  it('and what the total would betray them by: the smallest told one beside a single small one', () => {
    // 3 by itself is the total less what is told; with 9 beside it, either may be 1 to 11.
    expect(hidden([30, 3, 9, 9])).toEqual([0, 1, 1, 0])
    // 1 + 1 = 2 are two, and so both 1: with 7 each may be up to 9 − 2 = 7.
    expect(hidden([1, 1, 7, 8])).toEqual([1, 1, 1, 0])
  })

  it('are those that a table with the total told would hide', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 })), { maxLength: 12 }),
        fc.integer({ min: 1, max: 8 }),
        (counts, k) => {
          const rows = idsOf(counts).map((code, i) => ({
            code,
            parent: 'all',
            counts: { households: counts[i]! },
          }))
          const total = counts.reduce((sum, count) => sum + count, 0)
          const all = { code: 'all', parent: null, counts: { households: total } }
          const told = suppressSmall([all, ...rows], { k, groups: [{ columns: ['households'] }] })
          expect(hidden(counts, k)).toEqual(rows.map((_, i) => (told[i + 1]!.hidden.length > 0 ? 1 : 0)))
        },
      ),
    )
  })
})
