import type { ToolId } from '../tools.ts'
import { box, brush } from './assign.ts'
import type { Desk, Gesture } from './gesture.ts'
import { lockGrids, mergeGrids, selectGrids } from './grids.ts'
import { drawSite, reshape, split } from './lines.ts'
import { changeVertices, moveVertices } from './vertices.ts'

/** Each tool at work on a desk. */
export const gestures: Readonly<Record<ToolId, (desk: Desk) => Gesture>> = {
  select: selectGrids,
  brush,
  box,
  move: moveVertices,
  points: changeVertices,
  reshape,
  split,
  merge: mergeGrids,
  site: drawSite,
  lock: lockGrids,
}
