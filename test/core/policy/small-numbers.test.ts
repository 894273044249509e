import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CountRow,
  type SmallNumbersRule,
  suppressSmall,
} from '../../../server/core/policy/small-numbers.ts'
import '../../support/seed.ts'

const one = (counts: number, code: string, parent: string | null = 'town'): CountRow => ({
  code,
  parent,
  counts: { n: counts },
})
const only: SmallNumbersRule = { k: 5, groups: [{ columns: ['n'] }] }
const shown = (rows: readonly CountRow[], rule = only): (number | null)[] =>
  suppressSmall(rows, rule).map(({ counts }) => counts['n'] ?? null)

describe('small numbers', () => {
  it('hide a small count, and the smallest other, for the total would tell it: 40 − 30 − 7 = 3', () => {
    expect(shown([one(40, 'town', null), one(3, 'a'), one(30, 'b'), one(7, 'c')])).toEqual([
      40,
      null,
      30,
      null,
    ])
  })

  it('hide one more when both together are still too few: 3 + 1 < 5', () => {
    expect(shown([one(34, 'town', null), one(3, 'a'), one(30, 'b'), one(1, 'c')])).toEqual([
      34,
      null,
      null,
      null,
    ])
  })

  it('hide one more when everybody would know them to be one each: 5 ones make 5', () => {
    const ones = ['a', 'b', 'c', 'd', 'e'].map((code) => one(1, code))
    expect(shown([one(45, 'town', null), ...ones, one(40, 'z')])).toEqual([
      45,
      null,
      null,
      null,
      null,
      null,
      null,
    ])
    expect(shown([one(5, 'town', null), ...ones])).toEqual([null, null, null, null, null, null])
  })

  it('tell zeros and what is large, and hide nothing with k = 1', () => {
    const rows = [one(40, 'town', null), one(0, 'a'), one(33, 'b'), one(7, 'c')]
    expect(shown(rows)).toEqual([40, 0, 33, 7])
    expect(shown([one(3, 'town', null), one(3, 'a')], { ...only, k: 1 })).toEqual([3, 3])
  })

  it('hide what lies below a hidden row, which would add up to it', () => {
    const rows = [
      one(50, 'town', null),
      one(8, 'west'),
      one(4, 'east'),
      one(38, 'north'),
      one(8, 'w1', 'west'),
      one(4, 'e1', 'east'),
      one(20, 'n1', 'north'),
      one(18, 'n2', 'north'),
    ]
    expect(shown(rows)).toEqual([50, null, null, 38, null, null, 20, 18])
  })

  it('leave room below a published bound: of 5 + 5 households 9 are disabled, so that 4 is no secret', () => {
    const row = (code: string, all: number, disabled: number, parent: string | null = 'town'): CountRow => ({
      code,
      parent,
      counts: { all, disabled },
    })
    const rule: SmallNumbersRule = {
      k: 5,
      groups: [{ columns: ['all'] }, { columns: ['disabled'], within: 'all' }],
    }
    const rows = [row('town', 40, 29, null), row('a', 5, 4), row('b', 5, 5), row('c', 30, 20)]
    expect(suppressSmall(rows, rule).map(({ counts }) => counts['disabled'])).toEqual([29, null, null, null])
  })

  it('refuse a table that does not add up', () => {
    expect(() => shown([one(9, 'town', null), one(3, 'a')])).toThrow(RangeError)
    expect(() => shown([one(3, 'a'), one(3, 'a')])).toThrow(RangeError)
  })
})

// --- what an attacker can reckon who knows every published figure, the tree, the bounds and that a hidden count is not 0

const rule: SmallNumbersRule = {
  k: 5,
  groups: [
    { columns: ['all'] },
    { columns: ['few'], within: 'all' },
    { columns: ['left', 'right'], within: 'all' },
  ],
}
const names = ['all', 'few', 'left', 'right']
const leafArbitrary = fc
  .tuple(fc.integer({ min: 0, max: 14 }), fc.nat(), fc.nat(), fc.nat())
  .map(([all, ...parts]) => [all, ...parts.map((part) => part % (all + 1))])
const villageArbitrary = fc.array(leafArbitrary, { minLength: 1, maxLength: 5 })

/** A township of villages of grids, with the sums it has. */
const tableArbitrary = fc
  .array(villageArbitrary, { minLength: 1, maxLength: 4 })
  .map((villages): CountRow[] => {
    const counts = (leaves: readonly (readonly number[])[]): CountRow['counts'] =>
      Object.fromEntries(names.map((name, c) => [name, leaves.reduce((sum, leaf) => sum + leaf[c]!, 0)]))
    return [
      { code: 'town', parent: null, counts: counts(villages.flat()) },
      ...villages.flatMap((leaves, v) => [
        { code: `v${v}`, parent: 'town', counts: counts(leaves) },
        ...leaves.map((leaf, g) => ({ code: `v${v}g${g}`, parent: `v${v}`, counts: counts([leaf]) })),
      ]),
    ]
  })

interface Bounds {
  low: number
  high: number
}

/** The tightest bounds that subtraction gives: of totals, of what no part exceeds, again and again until nothing moves. */
function attack(rows: readonly CountRow[], told: ReturnType<typeof suppressSmall>): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>()
  const key = (row: CountRow, name: string): string => `${row.code} ${name}`
  for (const row of told)
    for (const name of names) {
      const count = row.counts[name] ?? null
      // Columns hidden alone are not 0 where they are hidden.
      const least = name === 'left' || name === 'right' ? 0 : 1
      bounds.set(key(row, name), count === null ? { low: least, high: 1e6 } : { low: count, high: count })
    }
  const cells = names.map((name) =>
    rows.map((row) => ({
      whole: bounds.get(key(row, name))!,
      own: bounds.get(key(row, 'all'))!,
      parts: rows.filter(({ parent }) => parent === row.code).map((part) => bounds.get(key(part, name))!),
    })),
  )
  for (let moved = true; moved; ) {
    moved = false
    const tighten = (cell: Bounds, low: number, high: number): void => {
      if (low > cell.low) [cell.low, moved] = [low, true]
      if (high < cell.high) [cell.high, moved] = [high, true]
    }
    for (const { whole, own, parts } of cells.flat()) {
      tighten(whole, 0, own.high)
      tighten(own, whole.low, 1e6)
      if (parts.length === 0) continue
      const [low, high] = [parts.reduce((s, p) => s + p.low, 0), parts.reduce((s, p) => s + p.high, 0)]
      tighten(whole, low, high)
      const { low: least, high: most } = whole
      for (const part of parts) tighten(part, least - (high - part.high), most - (low - part.low))
    }
  }
  return bounds
}

it('no small count is told, nor reckoned from all that is', () => {
  let hidden = 0
  fc.assert(
    fc.property(tableArbitrary, (rows) => {
      const told = suppressSmall(rows, rule)
      const reckoned = attack(rows, told)
      for (const [i, row] of rows.entries())
        for (const name of names) {
          const count = row.counts[name]!
          if (count === 0 || count >= rule.k) continue
          hidden++
          expect(told[i]!.counts[name]).toBeNull()
          const { low, high } = reckoned.get(`${row.code} ${name}`)!
          // That somebody lives in each hidden grid of a village is known; no more than that.
          const leaves = rows.filter(
            ({ code, parent, counts }) =>
              counts[name]! > 0 &&
              !rows.some((below) => below.parent === code) &&
              [code, parent].includes(row.code),
          )
          expect(low).toBeLessThanOrEqual(row.parent === null ? count : leaves.length)
          expect(high).toBeGreaterThan(low)
          // Alone in its column it may be k or more, but for what its own bound, if that is told, says anyway.
          const bound = told[i]!.counts['all'] ?? rule.k
          expect(high).toBeGreaterThanOrEqual(Math.min(rule.k, bound))
        }
    }),
    { numRuns: 60 },
  )
  expect(hidden).toBeGreaterThan(300)
})

it('what is told is true, closes upward and does not depend on the order of rows', () => {
  fc.assert(
    fc.property(tableArbitrary, (rows) => {
      const told = suppressSmall(rows, rule)
      for (const [i, row] of told.entries())
        for (const name of names) expect([rows[i]!.counts[name], null]).toContain(row.counts[name])
      expect(suppressSmall(rows.toReversed(), rule).toReversed()).toEqual(told)
    }),
    { numRuns: 40 },
  )
})
