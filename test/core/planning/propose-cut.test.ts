/** Natural villages are divided where no plan keeps them whole, and where the planner lets them: no others. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feasibilityMessage } from '../../../server/core/planning/feasibility-messages.ts'
import { withoutGroups } from '../../../server/core/planning/propose/cut-groups.ts'
import { judgeGround } from '../../../server/core/planning/propose/judge-ground.ts'
import { proposePlans } from '../../../server/core/planning/propose/propose-plans.ts'
import type { AtomGraph } from '../../../server/core/planning/values.ts'
import { lattice } from './lattice-village.ts'

const band = { from: 30, to: 50 }

/** Four atoms in a row; the two in the middle are a natural village. 20 | 40 | 20 is 20 and 60 or 60 and 20, cut it is twice 40. */
const street = lattice(4, [20, 20, 20, 20], (atom) => (atom === 1 || atom === 2 ? { group: 'G' } : {}))

const cutOf = (graph: AtomGraph): readonly string[] | null => {
  const [judged] = judgeGround(graph, band)
  const way = judged!.relaxations.find(({ code }) => code === 'cut_groups')
  return way?.code === 'cut_groups' ? way.groups.map(({ id }) => id) : null
}

describe('a village that no plan keeps whole', () => {
  it('is named among the ways out, with its households', () => {
    const [judged] = judgeGround(street, band)
    expect(judged!.proofs).toEqual([{ code: 'every_plan_tried', units: 3, fewestOutOfBand: 1 }])
    expect(judged!.relaxations).toContainEqual({
      code: 'cut_groups',
      groups: [{ id: 'G', households: 40, kind: 'group' }],
    })
    expect(feasibilityMessage(judged!, band).zh).toContain('批准将自然村 G（共 40 户）分在两个以上网格')
  })

  it('is divided only when that is asked for, and then it is said', () => {
    const whole = proposePlans(street, { band })
    expect(whole.proposals[0]!.score).toMatchObject({ groupsSplit: 0, gridsOutOfBand: 1 })
    const other = proposePlans(street, { band, mayCut: ['another'] })
    expect(other).toEqual(whole)
    const cut = proposePlans(street, { band, mayCut: ['G'] })
    expect(cut.proposals[0]!.score).toMatchObject({ groupsSplit: 1, gridsOutOfBand: 0 })
    expect(cut.proposals[0]!.grids.map(({ households }) => households)).toEqual([40, 40])
    expect(cut.components.map(({ verdict }) => verdict)).toEqual(['feasible'])
    expect(cut.impossible).toEqual([])
    expect(cut.notes).toMatchObject([{ code: 'group_cut', ids: ['G'] }])
  })

  it('stays whole where dividing it helps nobody', () => {
    // 10 households more at either end: 30 | 40 | 30 needs the village in one grid of 70, or 60 beside 40 cut; 100 are 2 grids of 50.
    const helped = lattice(4, [30, 20, 20, 30], (atom) => (atom === 1 || atom === 2 ? { group: 'G' } : {}))
    expect(proposePlans(helped, { band, mayCut: ['G'] }).proposals[0]!.score.groupsSplit).toBe(0)
    // One atom of 60: whatever else is divided, it is too large.
    const hopeless = lattice(4, [60, 20, 20, 20], (atom) => (atom === 1 || atom === 2 ? { group: 'G' } : {}))
    expect(cutOf(hopeless)).toBeNull()
    const { proposals, notes } = proposePlans(hopeless, { band, mayCut: ['G'] })
    expect(proposals[0]!.score.groupsSplit).toBe(0)
    expect(notes).toEqual([])
  })
})

/** Three by three atoms; of each row none, the first two, the last two or all are a natural village, which hangs together. */
const villages = fc
  .record({
    households: fc.array(fc.integer({ min: 5, max: 30 }), { minLength: 9, maxLength: 9 }),
    members: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
  })
  .map(({ households, members }) =>
    lattice(3, households, (atom) => {
      const [row, column] = [Math.floor(atom / 3), atom % 3]
      const isMember = [false, column < 2, column > 0, true][members[row]!]
      return { group: isMember ? ['G', 'H', 'I'][row]! : null }
    }),
  )

describe('what is to be divided', () => {
  it('is the least that helps, as trying every choice finds', () => {
    let named = 0
    fc.assert(
      fc.property(villages, (graph) => {
        const [judged] = judgeGround(graph, band)
        if (judged!.verdict !== 'impossible' || judged!.counts === null) return
        const householdsOf = (group: string): number =>
          graph.atoms.reduce((sum, atom) => sum + (atom.group === group ? atom.households : 0), 0)
        const isFeasible = (cut: readonly string[]): boolean =>
          judgeGround(withoutGroups(graph, new Set(cut)), band)[0]!.verdict === 'feasible'
        const singles = ['G', 'H', 'I'].map((id) => [id])
        const pairs = [
          ['G', 'H'],
          ['G', 'I'],
          ['H', 'I'],
        ]
        const sum = (cut: readonly string[]): number => cut.reduce((total, id) => total + householdsOf(id), 0)
        const least = (choices: string[][]): number[] =>
          choices
            .filter(isFeasible)
            .map(sum)
            .toSorted((p, q) => p - q)
        const best = [least(singles), least(pairs)].find((sums) => sums.length > 0)
        const cut = cutOf(graph)
        if (cut) named++
        const told = cut && {
          households: sum(cut),
          isFeasible: isFeasible(cut),
          outOfBand: proposePlans(graph, { band, mayCut: cut }).proposals[0]!.score.gridsOutOfBand,
        }
        expect(told).toEqual(best ? { households: best[0], isFeasible: true, outOfBand: 0 } : null)
      }),
      { numRuns: 300 },
    )
    expect(named).toBeGreaterThan(5)
  }, 120_000)
})
