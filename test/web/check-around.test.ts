/** The check around an edit says what the check of its whole village says, whatever is done one after another. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckProblem } from '../../server/contract/check.ts'
import { applyEdit } from '../../server/core/planning/drawing/apply-edit.ts'
import { toJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import { allVillages, checkVillages } from '../../web/screens/plan/editor/check-villages.ts'
import { createChecker, type FromChecker } from '../../web/screens/plan/editor/checker.ts'
import { drawTown, smallTown } from '../core/planning/drawing-town.ts'

const band = { from: 15, to: 40 }
const columns = 8
const town = smallTown({ columns, rows: 8, households: 300 })
const start = drawTown(town)
const atoms = town.graph.atoms.map((atom) => atom.id)
const codes = town.grids.map((grid) => grid.code)

/** What a list of problems says, in any order; where two stand in one place, which is first does not matter. */
const said = (problems: readonly CheckProblem[]): string[] =>
  problems
    .map(({ id, code, grids, households, household, message }) =>
      [code, grids.join(), households, household, message.en, id.replace(/-\d+$/, '')].join(' '),
    )
    .toSorted()

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('assign' as const),
      atoms: fc.uniqueArray(fc.constantFrom(...atoms), { minLength: 1, maxLength: 4 }),
      grid: fc.option(fc.constantFrom(...codes), { freq: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .uniqueArray(fc.constantFrom(...codes), { minLength: 2, maxLength: 2 })
      .map(([into, other]) => ({ type: 'merge-grids' as const, into: into!, grids: [other!] })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...codes).map((grid) => ({ type: 'remove-grid' as const, grid })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(start.arcs.length - 1), fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }))
      .map(([arc, east, north]) => {
        const [x, y] = start.arcs[arc]!.path as [number, number]
        return {
          type: 'move-vertex' as const,
          vertex: { arc, vertex: 0 },
          to: [x + east * 1e-4, y + north * 1e-4] as [number, number],
        }
      }),
  },
)

/** The problems by village as the session keeps them, after edits sent so many at a time. */
function followed(edits: readonly (readonly Edit[])[]): Map<string, readonly CheckProblem[]> {
  const problems = new Map<string, readonly CheckProblem[]>()
  const hear = createChecker((message: FromChecker) => {
    if (message.type === 'failed') throw new Error(message.reason)
    if (message.type === 'checked') for (const [village, own] of message.problems) problems.set(village, own)
  })
  hear({ type: 'open', document: toJson(start), band })
  for (const steps of edits) hear({ type: 'apply', steps })
  return problems
}

/** Makes what can be made of a sequence: what the live check says then, and what a check of everything says. */
function saidAfter(sequence: readonly (readonly Edit[])[]): { live: string[]; whole: string[] } {
  let drawing = start
  const made = sequence.map((steps) =>
    steps.filter((one) => {
      const result = applyEdit(drawing, one)
      if ('code' in result) return false
      drawing = result.drawing
      return true
    }),
  )
  const whole = checkVillages(drawing, allVillages(drawing), band)
  return {
    live: said([...followed(made).values()].flat()),
    whole: said(whole.flatMap(({ problems }) => problems)),
  }
}

const assign = (grid: string | null, ...columnsAndRows: readonly (readonly [number, number])[]): Edit => ({
  type: 'assign',
  atoms: columnsAndRows.map(([column, row]) => `a${String(row * columns + column).padStart(4, '0')}`),
  grid,
})

/** In the last row of v1; it is beside nothing that the gaps below are beside. */
const far = 'v1-000-007'

describe('the live check', () => {
  it('of a gap taken whole by a grid that was not beside it', () => {
    const { live, whole } = saidAfter([[assign(null, [1, 1])], [assign(far, [1, 1])]])
    expect(live).toEqual(whole)
  })

  it('of a gap taken from the middle, where no grid was beside', () => {
    const block = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => [column, row + 1] as const))
    const { live, whole } = saidAfter([[assign(null, ...block)], [assign(far, [1, 2])]])
    expect(live).toEqual(whole)
  })

  it.each([
    ['that lost its last grid', []],
    ['that lost its last grid and got one', [[assign('v2-002-003', [5, 2])]]],
  ])('of a village %s', (_, then) => {
    const all = [...Array(8).keys()].flatMap((row) => [4, 5, 6, 7].map((column) => [column, row] as const))
    const { live, whole } = saidAfter([[assign(null, ...all)], ...then])
    expect(live).toEqual(whole)
  })

  it('after any edits says what a check of every village says', () => {
    fc.assert(
      fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), (sequence) => {
        const { live, whole } = saidAfter(sequence)
        expect(live).toEqual(whole)
      }),
      { numRuns: 25 },
    )
  })
})
