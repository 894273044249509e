import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePlans } from '../../../server/core/planning/compare-plans.ts'
import {
  membershipCells,
  variationOfInformation,
} from '../../../server/core/planning/compare-plans-distance.ts'
import type { GroundShare } from '../../../server/core/planning/compare-plans-ground.ts'
import type { ComparedDivision } from '../../../server/core/planning/compare-plans-values.ts'

const codes = ['A', 'B', 'C', 'D'] as const

/** Households h0, h1, … in the grids of the letters; `-` for none. Every letter used is a grid. */
const division = (letters: string, more: readonly string[] = []): ComparedDivision => ({
  grids: [...new Set([...Array.from(letters), ...more])]
    .filter((code) => code !== '-')
    .map((code) => ({ code, name: `${code}网格`, kind: 'ordinary', village: 'v', parent: null })),
  gridOf: new Map(Array.from(letters, (code, i) => [`h${i}`, code === '-' ? null : code])),
})

const share = (from: string | null, to: string | null, areaSquareMetres: number): GroundShare => ({
  from,
  to,
  areaSquareMetres,
})

describe('a comparison', () => {
  // A gives h2 to B; C becomes D whole; h7 had no grid and comes to B.
  const comparison = comparePlans({
    before: division('AAABBCC-'),
    after: division('AABBBDDB'),
    ground: [
      share('A', 'A', 200),
      share('A', 'B', 100),
      share('B', 'B', 300),
      share('C', 'D', 400),
      share(null, 'B', 5),
    ],
    duties: {
      assignments: [
        { worker: 'w1', grid: 'A' },
        { worker: 'w2', grid: 'B' },
        { worker: 'w3', grid: 'C' },
        { worker: 'w4', grid: 'A' },
        { worker: 'w4', grid: 'B' },
      ],
      roster: [
        { household: 'h0', worker: 'w1' },
        { household: 'h2', worker: 'w1' },
        { household: 'h5', worker: 'w3' },
        { household: 'h2', worker: 'w4' },
        { household: 'h3', worker: 'w5' },
      ],
    },
  })

  it('counts households', () => {
    expect(comparison.households).toEqual({ total: 8, kept: 4, moved: 3, entered: 1, left: 0, inNone: 0 })
    expect(comparison.moves).toEqual([
      { from: null, to: 'B', households: ['h7'], areaSquareMetres: 5 },
      { from: 'A', to: 'B', households: ['h2'], areaSquareMetres: 100 },
      { from: 'C', to: 'D', households: ['h5', 'h6'], areaSquareMetres: 400 },
    ])
    expect(comparison.areaMovedSquareMetres).toBe(505)
  })

  it('balances every grid', () => {
    expect(comparison.codes).toEqual({ kept: ['A', 'B'], created: ['D'], retired: ['C'] })
    expect(comparison.grids.find((grid) => grid.code === 'B')).toMatchObject({
      status: 'kept',
      isRenamed: false,
      householdsBefore: 2,
      householdsAfter: 4,
      householdsKept: 2,
      householdsGained: 2,
      householdsLost: 0,
      areaBeforeSquareMetres: 300,
      areaAfterSquareMetres: 405,
      areaGainedSquareMetres: 105,
    })
    expect(comparison.grids.find((grid) => grid.code === 'C')).toMatchObject({
      status: 'retired',
      after: null,
      householdsBefore: 2,
      householdsAfter: 0,
      areaLostSquareMetres: 400,
    })
  })

  it('finds what can be approved only together', () => {
    expect(comparison.approvalGroups).toEqual([
      { grids: ['A', 'B'], households: 2, areaSquareMetres: 105 },
      { grids: ['C', 'D'], households: 2, areaSquareMetres: 400 },
    ])
  })

  it('names the workers it touches', () => {
    expect(comparison.workers).toEqual([
      // h2 goes to B, which is not w1's.
      {
        worker: 'w1',
        grids: ['A'],
        retiredGrids: [],
        householdsBefore: 3,
        householdsAfter: 2,
        rosterLeaving: [{ household: 'h2', to: 'B' }],
        rosterStaying: 1,
      },
      {
        worker: 'w2',
        grids: ['B'],
        retiredGrids: [],
        householdsBefore: 2,
        householdsAfter: 4,
        rosterLeaving: [],
        rosterStaying: 0,
      },
      {
        worker: 'w3',
        grids: ['C'],
        retiredGrids: ['C'],
        householdsBefore: 2,
        householdsAfter: 0,
        rosterLeaving: [{ household: 'h5', to: 'D' }],
        rosterStaying: 0,
      },
      // h2 stays with w4, who has both grids; w5's household does not move.
      {
        worker: 'w4',
        grids: ['A', 'B'],
        retiredGrids: [],
        householdsBefore: 5,
        householdsAfter: 6,
        rosterLeaving: [],
        rosterStaying: 1,
      },
    ])
  })

  it('joins grids that exchange nothing but ground, and lists one that is only renamed', () => {
    const before = division('AB', ['C'])
    const after = {
      ...before,
      grids: before.grids.map((one) => (one.code === 'C' ? { ...one, name: '学校' } : one)),
    }
    const { approvalGroups, moves } = comparePlans({ before, after, ground: [share('A', 'B', 7)] })
    expect(moves).toEqual([{ from: 'A', to: 'B', households: [], areaSquareMetres: 7 }])
    expect(approvalGroups.map((group) => group.grids)).toEqual([['A', 'B'], ['C']])
  })

  it('joins no grids that exchange a thread of ground only', () => {
    const before = division('AB')
    const groupsWith = (ground: GroundShare) =>
      comparePlans({ before, after: before, ground: [ground] }).approvalGroups.map((group) => group.grids)
    // 300 m of a street's line drawn again 19 mm beside it are more ground than 2 m² of a corner.
    expect(groupsWith({ ...share('A', 'B', 5.7), isThread: true })).toEqual([])
    expect(groupsWith(share('A', 'B', 2))).toEqual([['A', 'B']])
    expect(groupsWith(share(null, 'B', 2))).toEqual([['B']])
  })

  it('joins them for a household, whatever the ground', () => {
    const ground = [{ ...share('A', 'B', 0.1), isThread: true }]
    const { approvalGroups } = comparePlans({ before: division('AAB'), after: division('ABB'), ground })
    expect(approvalGroups).toEqual([{ grids: ['A', 'B'], households: 1, areaSquareMetres: 0.1 }])
  })

  it('takes a household that one side does not know as one in no grid', () => {
    const before = division('AA')
    const after = {
      ...before,
      gridOf: new Map([
        ['h1', 'A'],
        ['h2', 'A'],
      ]),
    }
    expect(comparePlans({ before, after, ground: [] }).households).toEqual({
      total: 3,
      kept: 1,
      moved: 0,
      entered: 1,
      left: 1,
      inNone: 0,
    })
  })
})

const letters = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...codes, '-'), { minLength: length, maxLength: length })
    .map((some) => some.join(''))

const pairs = fc.nat(12).chain((n) => fc.tuple(letters(n), letters(n)))

describe('any comparison', () => {
  it('with itself is empty', () => {
    fc.assert(
      fc.property(fc.nat(12).chain(letters), (text) => {
        const one = division(text)
        const comparison = comparePlans({ before: one, after: one, ground: [share('A', 'A', 5)] })
        expect(comparison).toMatchObject({
          moves: [],
          areaMovedSquareMetres: 0,
          variationOfInformation: 0,
          approvalGroups: [],
          workers: [],
        })
        expect(comparison.codes.created).toEqual([])
        expect(comparison.codes.retired).toEqual([])
      }),
    )
  })

  it('back is the same with the signs turned', () => {
    fc.assert(
      fc.property(pairs, ([p, q]) => {
        const there = comparePlans({ before: division(p), after: division(q), ground: [] })
        const back = comparePlans({ before: division(q), after: division(p), ground: [] })
        expect(back.households).toEqual({
          ...there.households,
          entered: there.households.left,
          left: there.households.entered,
        })
        const turned = there.moves.map((move) => ({ ...move, from: move.to, to: move.from }))
        expect(new Set(back.moves.map((move) => JSON.stringify(move)))).toEqual(
          new Set(turned.map(({ from, to, ...rest }) => JSON.stringify({ from, to, ...rest }))),
        )
        expect(back.approvalGroups).toEqual(there.approvalGroups)
        expect(back.grids.map((grid) => grid.householdsGained)).toEqual(
          there.grids.map((grid) => grid.householdsLost),
        )
        expect(back.codes.created).toEqual(there.codes.retired)
      }),
    )
  })

  it('approves every move within one group, and no group falls apart', () => {
    fc.assert(
      fc.property(pairs, ([p, q]) => {
        const { approvalGroups, moves } = comparePlans({
          before: division(p),
          after: division(q),
          ground: [],
        })
        for (const { from, to } of moves) {
          const groups = [from, to]
            .filter((code) => code !== null)
            .map((code) => approvalGroups.findIndex((group) => group.grids.includes(code)))
          expect(groups).not.toContain(-1)
          expect(new Set(groups).size).toBe(1)
        }
        for (const { grids } of approvalGroups)
          for (let cut = 1; cut < 2 ** grids.length - 1; cut++) {
            const side = (code: string | null): boolean => (cut & (1 << grids.indexOf(code ?? ''))) !== 0
            const isBridged = moves.some(
              ({ from, to }) =>
                grids.includes(from ?? '') && grids.includes(to ?? '') && side(from) !== side(to),
            )
            expect(isBridged).toBe(true)
          }
      }),
    )
  })
})

describe('variation of information', () => {
  const distance = (p: string, q: string): number =>
    variationOfInformation(membershipCells(division(p).gridOf, division(q).gridOf))

  it('is what others compute', () => {
    // R package partitionComparison 0.2.6, example of variationOfInformation: (0,0,0,1,1) against (0,0,1,1,1).
    expect(distance('AAABB', 'AABBB')).toBeCloseTo(0.763817, 6)
    // Halves against quarters: each half splits evenly in two, ln 2.
    expect(distance('AAAABBBB', 'AABBCCDD')).toBeCloseTo(Math.LN2, 12)
    expect(distance('AABB', 'CCAA')).toBe(0)
    expect(distance('', '')).toBe(0)
  })

  it('is a metric', () => {
    const triples = fc.integer({ min: 1, max: 8 }).chain((n) => fc.tuple(letters(n), letters(n), letters(n)))
    fc.assert(
      fc.property(triples, ([p, q, r]) => {
        expect(distance(p, p)).toBe(0)
        expect(distance(p, q)).toBeGreaterThanOrEqual(0)
        expect(distance(p, q)).toBeCloseTo(distance(q, p), 12)
        expect(distance(p, r)).toBeLessThanOrEqual(distance(p, q) + distance(q, r) + 1e-12)
        expect(distance(p, q)).toBeLessThanOrEqual(Math.log(p.length) + 1e-12)
        const isRelabelled = new Set(Array.from(p, (code, i) => code + q[i])).size
        const alike = isRelabelled === new Set(p).size && isRelabelled === new Set(q).size
        expect(distance(p, q) === 0).toBe(alike)
      }),
    )
  })
})
