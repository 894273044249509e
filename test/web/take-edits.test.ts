/** Edits that belong together are made together or not at all. */
import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../server/core/planning/drawing/apply-edit.ts'
import { toJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import { emptyHistory, push, undo } from '../../server/core/planning/drawing/history.ts'
import { takeEdits } from '../../web/screens/plan/editor/take-edits.ts'
import { drawTown, smallTown } from '../core/planning/drawing-town.ts'

/** Edits and undoes as the editor's session does, without a server. */
function desk() {
  const start = drawTown(smallTown())
  let [drawing, history] = [start, emptyHistory]
  return {
    start,
    drawing: () => drawing,
    edit: (edit: Edit) => {
      const result = applyEdit(drawing, edit)
      if ('code' in result) return result
      drawing = result.drawing
      history = push(history, edit, result)
      return null
    },
    undo: () => {
      const step = undo(history, drawing)
      if (step) [drawing, history] = [step.drawing, step.history]
    },
  }
}

const setCode = (grid: string, code: string): Edit => ({ type: 'set-code', grid, code })

describe('edits taken together', () => {
  it('swap two codes by way of a third', () => {
    const own = desk()
    const [first, second] = [...own.start.grids.keys()] as [string, string]
    const atoms = own.start.members.get(first)
    expect(takeEdits(own, [setCode(first, 'x'), setCode(second, first), setCode('x', second)])).toBeNull()
    expect(own.drawing().members.get(second)).toEqual(atoms)
  })

  it('leave everything as it was where one is refused, and say why', () => {
    const own = desk()
    const [first, second] = [...own.start.grids.keys()] as [string, string]
    const refusal = takeEdits(own, [setCode(first, 'x'), setCode('x', second)])
    expect(refusal?.message.zh).toMatch(/[一-龥]/)
    expect(toJson(own.drawing())).toBe(toJson(own.start))
  })
})
