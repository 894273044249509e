/** How tools hear of the pointer, and what they may do: pure of the map, so that tests can play them. */
import { applyEdit } from '../../../../../server/core/planning/drawing/apply-edit.ts'
import type { Drawing } from '../../../../../server/core/planning/drawing/drawing.ts'
import type { Applied, Edit, Refusal } from '../../../../../server/core/planning/drawing/edit.ts'
import type { Barrier } from '../../../../../server/core/planning/values.ts'
import type { LngLat, Message } from '../../../../../server/core/values.ts'

/** What a tool shows before anything is done. */
export interface Trial {
  /** Where the pointer is. */
  readonly at: LngLat
  /** What letting go, or clicking, would do; null: nothing. */
  readonly edit: Edit | null
  /** What would come of it. */
  readonly result: Applied | Refusal | null
  /** A line or ring being drawn, the pointer's place included. */
  readonly sketch?: { readonly path: readonly LngLat[]; readonly closed: boolean }
  /** A vertex or a place on a line that would be taken. */
  readonly handle?: LngLat
  /** Opposite corners. */
  readonly box?: readonly [LngLat, LngLat]
  /** What to do next, where the tool's hint is not enough. */
  readonly hint?: Message
}

/** What a tool works on. */
export interface Desk {
  readonly drawing: () => Drawing
  /** Code of the selected grid or microgrid. */
  readonly selected: () => string | null
  readonly select: (code: string | null) => void
  /** Makes an edit; why not, where it is refused. */
  readonly edit: (edit: Edit) => Refusal | null
  readonly show: (trial: Trial | null) => void
  /** Degrees of latitude within which the pointer takes hold of a line. */
  readonly reach: () => number
  /** Lines on the ground that a new course is laid on; absent: it stays as drawn. */
  readonly streets?: () => readonly Barrier[]
  /** Codes that a new grid may not have. */
  readonly taken: () => readonly string[]
}

/** One tool at work. Whatever it does not hear of, it does not care for. */
export interface Gesture {
  readonly move?: (at: LngLat) => void
  /** True: it takes the drag, the map stays. */
  readonly down?: (at: LngLat) => boolean
  readonly up?: (at: LngLat) => void
  readonly click?: (at: LngLat) => void
  /** Double click or Enter: what is being drawn is complete. */
  readonly finish?: () => void
  /** Takes the last step of what is being drawn back; false when there is none. */
  readonly back?: () => boolean
}

/** Tries an edit on the drawing without making it. */
export function tryOut(desk: Desk, at: LngLat, edit: Edit | null): Pick<Trial, 'at' | 'edit' | 'result'> {
  return { at, edit, result: edit && applyEdit(desk.drawing(), edit) }
}
