import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeFeasibility } from '../../../server/core/planning/feasibility.ts'
import type { FeasibilityComponent } from '../../../server/core/planning/feasibility-values.ts'
import { gridCounts, impossibleRanges } from '../../../server/core/planning/grid-counts.ts'

const band = { from: 300, to: 500 }

const component = (
  households: readonly number[],
  more: Partial<FeasibilityComponent> = {},
): FeasibilityComponent => ({
  id: 'c',
  village: 'v',
  units: households.map((one, i) => ({ id: `u${i}`, households: one, kind: 'atom' })),
  ...more,
})

const judge = (one: FeasibilityComponent, sizes = band) =>
  judgeFeasibility({ components: [one], band: sizes })[0]!

describe('the arithmetic of a band', () => {
  it('names the households no number of grids fits', () => {
    // 1 grid: 300–500, 2: 600–1000, 3: 900–1500, from there on the ranges overlap.
    expect(impossibleRanges(band, 5000)).toEqual([
      { from: 0, to: 299 },
      { from: 501, to: 599 },
    ])
    expect(impossibleRanges({ from: 500, to: 800 }, 5000)).toEqual([
      { from: 0, to: 499 },
      { from: 801, to: 999 },
    ])
    expect(impossibleRanges({ from: 20, to: 30 }, 5000)).toEqual([
      { from: 0, to: 19 },
      { from: 31, to: 39 },
    ])
    expect(impossibleRanges({ from: 300, to: 800 }, 5000)).toEqual([{ from: 0, to: 299 }])
    // A band of one number fits its multiples only.
    expect(impossibleRanges({ from: 3, to: 3 }, 8)).toEqual([
      { from: 0, to: 2 },
      { from: 4, to: 5 },
      { from: 7, to: 8 },
    ])
    expect(impossibleRanges({ from: 0, to: 30 }, 100)).toEqual([])
  })

  it('counts grids as trying every number of them does', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(40), fc.nat(40), (households, from, width) => {
        const sizes = { from, to: Math.max(1, from + width) }
        const counts = gridCounts(households, sizes)
        const fits = (k: number): boolean => k * sizes.from <= households && households <= k * sizes.to
        const fitting = Array.from({ length: Math.max(1, households) }, (_, k) => k + 1).filter(fits)
        expect(counts).toEqual(fitting.length > 0 ? { from: fitting[0], to: fitting.at(-1) } : null)
        // Between the two ends every number fits, so that a range says it all.
        expect(fitting).toHaveLength(counts ? counts.to - counts.from + 1 : 0)
        const range = impossibleRanges(sizes, 400).some(
          (one) => one.from <= households && households <= one.to,
        )
        expect(range).toBe(counts === null)
      }),
    )
  })
})

describe('judging a component', () => {
  it('proves 550 households impossible for 300..500, with the nearest ways out', () => {
    const judged = judge(
      component([300, 250], {
        neighbours: [
          { id: 'n1', village: 'w', households: 400 },
          { id: 'n2', village: 'w', households: 20 },
          { id: 'n3', village: 'v', households: 60 },
        ],
      }),
    )
    expect(judged.verdict).toBe('impossible')
    expect(judged.proofs).toEqual([
      { code: 'between_two_counts', households: 550, grids: 1, most: 500, least: 600 },
    ])
    expect(judged.fewestOutOfBand).toBe(1)
    // 275 + 275 changes the band by 25, one grid of 550 by 50; 550 + 400 = 950 makes two or three, 550 + 60 two; 570 none.
    expect(judged.relaxations).toEqual([
      { code: 'other_band', band: { from: 275, to: 500 } },
      { code: 'other_band', band: { from: 300, to: 550 } },
      {
        code: 'join_neighbour',
        neighbour: { id: 'n3', village: 'v', households: 60 },
        sameVillage: true,
        households: 610,
      },
      {
        code: 'join_neighbour',
        neighbour: { id: 'n1', village: 'w', households: 400 },
        sameVillage: false,
        households: 950,
      },
      { code: 'approve_exceptions', grids: 1 },
    ])
    expect(judged.message.zh).toContain('550 户在两者之间')
  })

  it('proves too few households, none at all included', () => {
    expect(judge(component([120])).proofs).toEqual([
      { code: 'too_few_households', households: 120, from: 300 },
    ])
    // A band from 120 would be less than half of what is wanted: no way out.
    expect(judge(component([120])).relaxations).toEqual([{ code: 'approve_exceptions', grids: 1 }])
    expect(judge(component([0, 0])).relaxations).toEqual([{ code: 'approve_exceptions', grids: 1 }])
  })

  it('names units too large, the largest first, and asks for a band that holds them', () => {
    const judged = judge(component([620, 300, 700]))
    expect(judged.proofs).toEqual([
      {
        code: 'unit_too_large',
        to: 500,
        units: [
          { id: 'u2', households: 700, kind: 'atom' },
          { id: 'u0', households: 620, kind: 'atom' },
        ],
      },
    ])
    expect(judged.fewestOutOfBand).toBe(2)
    expect(judged.relaxations[0]).toEqual({ code: 'other_band', band: { from: 300, to: 700 } })
  })

  it('leaves open what only a search can tell, unless one grid holds all', () => {
    expect(judge(component([200, 200, 200, 200])).verdict).toBe('unknown')
    expect(judge(component([200, 200])).verdict).toBe('feasible')
  })

  it('looks at every plan of a small component: 400–100–400–100 in a row is two grids, around a star none', () => {
    const row = component([400, 100, 400, 100], {
      links: [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    })
    expect(judge(row).verdict).toBe('feasible')
    // 1040 fits three grids, but every grid of two leaves runs over the middle: the others stay at 250 each. All in one
    // grid of 1040 is the fewest out of band.
    const star = component([40, 250, 250, 250, 250], {
      links: [
        [0, 1],
        [0, 2],
        [0, 3],
        [0, 4],
      ],
    })
    expect(judge(star)).toMatchObject({
      verdict: 'impossible',
      counts: { from: 3, to: 3 },
      proofs: [{ code: 'every_plan_tried', units: 5, fewestOutOfBand: 1 }],
      // 290 in one and 250 in each of the others is a plan, so a band from 250 does; with 300 as the lower end, all are one.
      relaxations: [
        { code: 'other_band', band: { from: 250, to: 500 } },
        { code: 'approve_exceptions', grids: 1 },
      ],
    })
  })

  it('refuses a band that is none', () => {
    expect(() => judge(component([1]), { from: 5, to: 4 })).toThrow(RangeError)
    expect(() => judge(component([1]), { from: 0, to: 0 })).toThrow(RangeError)
  })
})
