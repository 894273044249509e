/** The check around an edit says of the grids touched what the check of everything says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../server/core/coverage/check-division.ts'
import { applyEdit } from '../../../server/core/planning/drawing/apply-edit.ts'
import { type CheckRules, checkDrawing, checkEdit } from '../../../server/core/planning/drawing/check-edit.ts'
import type { Edit } from '../../../server/core/planning/drawing/edit.ts'
import { drawTown, made, smallTown } from './drawing-town.ts'

const town = smallTown({ columns: 8, rows: 6, households: 600 })
const start = drawTown(town)
const villages = [
  // Across the line between the first two grids of v1, from west to east.
  {
    id: 'n1',
    name: '王家村',
    geometry: {
      type: 'Polygon' as const,
      coordinates: [
        [
          [111.9055, 28.4055],
          [111.9105, 28.4055],
          [111.9105, 28.4075],
          [111.9055, 28.4075],
          [111.9055, 28.4055],
        ],
      ],
    },
  },
]
const rules: CheckRules = { sizes: { from: 15, to: 40 }, villages }

const of = (problems: readonly Problem[], grids: readonly string[]): string[] =>
  problems
    .filter((problem) => problem.grids.some((code) => grids.includes(code)))
    .map(({ id, code, grids: named, households }) => JSON.stringify([code, named, households, id]))
    .toSorted()

describe('checkEdit', () => {
  it('finds the gap that an atom without a grid is, with its households', () => {
    const grid = start.atoms[start.atomNumber.get('a0009')!]!
    const { drawing, touched } = made(start, { type: 'assign', atoms: ['a0009'], grid: null })
    const gap = checkEdit(drawing, touched.grids).find((problem) => problem.code === 'gap')!
    expect(gap.grids).toContain('v1-000-001')
    expect(gap.households).toBe(grid.households.length)
    expect(Math.abs(gap.areaSquareMetres! - grid.areaSquareMetres)).toBeLessThan(1e-3)
  })

  it('finds a natural village split between grids', () => {
    const codes = checkDrawing(start, rules).map((problem) => problem.code)
    expect(codes).toContain('village_split')
  })

  it('says of the touched grids what the check of the whole drawing says', () => {
    const ids = town.graph.atoms.map((atom) => atom.id)
    const codes: (string | null)[] = [...town.grids.map((grid) => grid.code), null, null]
    const edits = fc.array(
      fc.tuple(
        fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...codes),
      ),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(edits, (sequence) => {
        let drawing = start
        const touched = new Set<string>()
        for (const [atoms, grid] of sequence) {
          const edit: Edit = { type: 'assign', atoms, grid }
          const result = applyEdit(drawing, edit)
          if ('code' in result) continue
          drawing = result.drawing
          for (const code of result.touched.grids) touched.add(code)
        }
        const asked = [...touched]
        expect(of(checkEdit(drawing, asked, rules), asked)).toEqual(of(checkDrawing(drawing, rules), asked))
      }),
      { numRuns: 60 },
    )
  })
})
