import { orientation } from './orientation.ts'

/**
 * How two segments meet. `cross`: at one point inside both. `overlap`: along a stretch. `touch`: at one point that is an
 * end of at least one of them. `apart`: not at all.
 */
export type SegmentRelation = 'apart' | 'touch' | 'cross' | 'overlap'

/** Exact for the coordinates given. Segments have two distinct ends. */
export function segmentRelation(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): SegmentRelation {
  if (
    Math.max(ax, bx) < Math.min(cx, dx) ||
    Math.max(cx, dx) < Math.min(ax, bx) ||
    Math.max(ay, by) < Math.min(cy, dy) ||
    Math.max(cy, dy) < Math.min(ay, by)
  )
    return 'apart'
  const c = orientation(ax, ay, bx, by, cx, cy)
  const d = orientation(ax, ay, bx, by, dx, dy)
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return 'apart'
  if (c === 0 && d === 0) return collinearRelation(ax, ay, bx, by, cx, cy, dx, dy)
  const a = orientation(cx, cy, dx, dy, ax, ay)
  const b = orientation(cx, cy, dx, dy, bx, by)
  if ((a > 0 && b > 0) || (a < 0 && b < 0)) return 'apart'
  return a === 0 || b === 0 || c === 0 || d === 0 ? 'touch' : 'cross'
}

/** Both on one line, boxes meeting: compare along the axis on which the first extends. */
function collinearRelation(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): SegmentRelation {
  const alongX = ax !== bx
  const from = Math.max(
    alongX ? Math.min(ax, bx) : Math.min(ay, by),
    alongX ? Math.min(cx, dx) : Math.min(cy, dy),
  )
  const to = Math.min(
    alongX ? Math.max(ax, bx) : Math.max(ay, by),
    alongX ? Math.max(cx, dx) : Math.max(cy, dy),
  )
  if (from < to) return 'overlap'
  return from === to ? 'touch' : 'apart'
}
