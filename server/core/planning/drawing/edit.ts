/** What a planner can do to a drawing, as records: they are kept, sent and replayed as JSON. */
import type { LngLat, Message } from '../../values.ts'
import type { PlanGrid } from '../values.ts'
import type { Drawing, Patch } from './drawing.ts'

/** A vertex of an arc, counting from 0; the first and the last are junctions, common to all arcs that end there. */
export interface VertexPlace {
  readonly arc: number
  readonly vertex: number
}

/** The name and rank of a barrier, see `Barrier`. */
export interface StreetName {
  readonly name: string | null
  readonly rank: number | null
}

export type Edit =
  /** Gives atoms, by id, to a grid, or to none. With layer `microgrid`, to a microgrid of the grid they are in. */
  | {
      readonly type: 'assign'
      readonly atoms: readonly string[]
      readonly grid: string | null
      readonly layer?: 'grid' | 'microgrid'
    }
  /** All neighbours move with it. A junction on a village's outline slides along it, to the place nearest to `to`. */
  | { readonly type: 'move-vertex'; readonly vertex: VertexPlace; readonly to: LngLat }
  /** A vertex between `after` and the next; on a village's outline or a locked line, at the place nearest to `at`. */
  | { readonly type: 'insert-vertex'; readonly arc: number; readonly after: number; readonly at: LngLat }
  | { readonly type: 'delete-vertex'; readonly vertex: VertexPlace }
  /** Replaces what lies between two vertices of an arc by a path; `street` names what the path follows. */
  | {
      readonly type: 'reshape'
      readonly arc: number
      readonly from: number
      readonly to: number
      readonly path: readonly LngLat[]
      readonly street?: StreetName
    }
  /** Cuts a grid (or microgrid) along a line and gives the ground on one side of it to a new one. */
  | {
      readonly type: 'split-grid'
      readonly grid: string
      readonly line: readonly LngLat[]
      readonly code: string
      readonly name: string | null
      /** Side of the line that becomes the new grid. */
      readonly side: 'left' | 'right'
    }
  | { readonly type: 'split-atom'; readonly atom: string; readonly line: readonly LngLat[] }
  /** Gives all ground of `grids` to `into` and removes them; their microgrids come along. */
  | { readonly type: 'merge-grids'; readonly into: string; readonly grids: readonly string[] }
  | { readonly type: 'add-grid'; readonly grid: PlanGrid }
  /** Refused while it has ground or microgrids. */
  | { readonly type: 'remove-grid'; readonly grid: string }
  /** Cuts a closed ring out of the atoms of one village; its ground becomes a dedicated grid. */
  | {
      readonly type: 'draw-site'
      readonly site: string
      readonly ring: readonly LngLat[]
      readonly code: string
      readonly name: string | null
    }
  | { readonly type: 'lock'; readonly grid: string; readonly locked: boolean }
  | { readonly type: 'rename'; readonly grid: string; readonly name: string | null }
  | { readonly type: 'set-code'; readonly grid: string; readonly code: string }

/** Every reason an edit can be refused for. */
export const refusalCodes = [
  'unknown_atom',
  'unknown_grid',
  'unknown_village',
  'unknown_vertex',
  'nothing_to_change',
  'code_taken',
  'code_empty',
  'grid_locked',
  'grid_not_empty',
  'other_village',
  'other_grid',
  'not_a_microgrid',
  'site_is_dedicated',
  'village_line_fixed',
  'junction_fixed',
  'vertex_is_junction',
  'too_few_vertices',
  'place_not_finite',
  'lines_meet',
  'ring_flips',
  'line_does_not_cut',
  'ring_not_simple',
  'outside_village',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

/** Why an edit was not made, and where. The drawing stays as it was. */
export interface Refusal {
  readonly code: RefusalCode
  readonly message: Message
  /** Where on the map; null for what has no place. */
  readonly place: LngLat | null
}

export interface Applied {
  readonly drawing: Drawing
  /** Takes the edit back, to the byte. */
  readonly inverse: Patch
  /** Atoms by id and grids by code, both sorted, whose ground, assignment or figures changed. */
  readonly touched: { readonly atoms: readonly string[]; readonly grids: readonly string[] }
}
