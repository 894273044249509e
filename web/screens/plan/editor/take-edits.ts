/** Edits that belong together, made on the plan being edited. */
import type { Edit, Refusal } from '../../../../server/core/planning/drawing/edit.ts'
import type { Session } from './session.ts'

/** Makes all of them, or none where one is refused. Why, then. */
export function takeEdits(session: Pick<Session, 'edit' | 'undo'>, edits: readonly Edit[]): Refusal | null {
  for (const [made, edit] of edits.entries()) {
    const refusal = session.edit(edit)
    if (refusal === null) continue
    for (let i = 0; i < made; i++) session.undo()
    return refusal
  }
  return null
}
