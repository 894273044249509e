/** What was done to a drawing and can be taken back: without limit, and kept across a reload as text. */
import { applyEdit } from './apply-edit.ts'
import { applyPatch } from './apply-patch.ts'
import type { Drawing, Patch } from './drawing.ts'
import type { Applied, Edit } from './edit.ts'

export interface History {
  /** Oldest first. */
  readonly done: readonly { readonly edit: Edit; readonly inverse: Patch }[]
  /** The one taken back last stands last. */
  readonly undone: readonly Edit[]
}

export const emptyHistory: History = { done: [], undone: [] }

/** After an edit; what was undone before cannot be redone any more. */
export const push = (history: History, edit: Edit, { inverse }: Pick<Applied, 'inverse'>): History => ({
  done: [...history.done, { edit, inverse }],
  undone: [],
})

export interface Step {
  readonly history: History
  readonly drawing: Drawing
  readonly touched: Applied['touched']
}

/** Takes the last edit back, to the byte; null when there is none. */
export function undo(history: History, drawing: Drawing): Step | null {
  const last = history.done.at(-1)
  if (!last) return null
  const { drawing: before, touched } = applyPatch(drawing, last.inverse)
  return {
    history: { done: history.done.slice(0, -1), undone: [...history.undone, last.edit] },
    drawing: before,
    touched,
  }
}

/** Makes the edit taken back last again; null when there is none. */
export function redo(history: History, drawing: Drawing): Step | null {
  const edit = history.undone.at(-1)
  if (!edit) return null
  const result = applyEdit(drawing, edit)
  // Only when this is not the drawing the history belongs to.
  if ('code' in result) return null
  return {
    history: {
      done: [...history.done, { edit, inverse: result.inverse }],
      undone: history.undone.slice(0, -1),
    },
    drawing: result.drawing,
    touched: result.touched,
  }
}

export const historyToJson = (history: History): string => JSON.stringify(history)

/** @throws SyntaxError for a text that `historyToJson` did not write */
export const historyFromJson = (text: string): History => JSON.parse(text) as History
