/** What a planner did and the server has not been told yet: pure. */
import { applyEdit } from '../../../../server/core/planning/drawing/apply-edit.ts'
import type { Drawing, Patch } from '../../../../server/core/planning/drawing/drawing.ts'
import type { Edit, Refusal } from '../../../../server/core/planning/drawing/edit.ts'
import { type History, push } from '../../../../server/core/planning/drawing/history.ts'

/** One step, as the server is told of it. */
export type Operation =
  | { readonly op: 'edit'; readonly edit: Edit }
  | { readonly op: 'undo' }
  | { readonly op: 'redo' }

/** The edits that steps leave done, oldest first. What they take back beyond their own beginning is not theirs. */
export function editsLeft(operations: readonly Operation[]): Edit[] {
  const done: Edit[] = []
  let undone: Edit[] = []
  for (const operation of operations) {
    if (operation.op === 'edit') {
      done.push(operation.edit)
      undone = []
      continue
    }
    const [from, to] = operation.op === 'undo' ? [done, undone] : [undone, done]
    const moved = from.pop()
    if (moved) to.push(moved)
  }
  return done
}

export interface Remade {
  readonly drawing: Drawing
  readonly history: History
  readonly operations: readonly Extract<Operation, { op: 'edit' }>[]
  /** Edits that the other drawing does not take, and why. */
  readonly refused: readonly { readonly edit: Edit; readonly refusal: Refusal }[]
}

/** Makes edits again on another drawing, after somebody else saved: as many as it takes. */
export function remake(drawing: Drawing, before: History, edits: readonly Edit[]): Remade {
  let now = drawing
  let history = before
  const operations: Extract<Operation, { op: 'edit' }>[] = []
  const refused: { edit: Edit; refusal: Refusal }[] = []
  for (const edit of edits) {
    const result = applyEdit(now, edit)
    if ('code' in result) {
      refused.push({ edit, refusal: result })
      continue
    }
    now = result.drawing
    history = push(history, edit, result)
    operations.push({ op: 'edit', edit })
  }
  return { drawing: now, history, operations, refused }
}

/** A step as the server kept it. */
export interface KeptStep {
  readonly op: Operation['op']
  /** Of an undo or redo: the edit taken back or made again. */
  readonly edit: Edit
  /** Takes the edit back. */
  readonly inverse: Patch
}

/** What can be taken back and made again after all steps ever kept, in their order. */
export function historyOf(steps: readonly KeptStep[]): History {
  const done: { edit: Edit; inverse: Patch }[] = []
  let undone: Edit[] = []
  for (const { op, edit, inverse } of steps) {
    if (op === 'undo') {
      done.pop()
      undone.push(edit)
      continue
    }
    done.push({ edit, inverse })
    if (op === 'redo') undone.pop()
    else undone = []
  }
  return { done, undone }
}
