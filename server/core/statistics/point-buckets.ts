import type { PlanarPoints } from './planar.ts'

/** Points of a plane sorted into square buckets, so that those within a reach are found without looking at all. */
export interface PointBuckets {
  readonly west: number
  readonly south: number
  readonly side: number
  readonly columns: number
  readonly rows: number
  /** Bucket b = row · columns + column holds `members[starts[b]]` … `members[starts[b + 1] − 1]`. */
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

/** Buckets of `side` metres, or larger where there would be many more buckets than points. */
export function bucketPoints({ x, y }: PlanarPoints, side: number): PointBuckets {
  const n = x.length
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < n; i++) {
    west = Math.min(west, x[i]!)
    east = Math.max(east, x[i]!)
    south = Math.min(south, y[i]!)
    north = Math.max(north, y[i]!)
  }
  if (n === 0) [west, south, east, north] = [0, 0, 0, 0]
  const extent = Math.max(east - west, north - south)
  const fair = Math.max(side, Math.sqrt(((east - west) * (north - south)) / (4 * n + 64)), extent / 4096)
  const step = fair > 0 ? Math.min(fair, extent + 1) : 1
  const columns = Math.floor((east - west) / step) + 1
  const rows = Math.floor((north - south) / step) + 1
  const home = new Uint32Array(n)
  const starts = new Uint32Array(columns * rows + 1)
  for (let i = 0; i < n; i++) {
    const row = Math.min(rows - 1, Math.floor((y[i]! - south) / step))
    const column = Math.min(columns - 1, Math.floor((x[i]! - west) / step))
    home[i] = row * columns + column
    starts[home[i]! + 1]!++
  }
  for (let b = 0; b < columns * rows; b++) starts[b + 1]! += starts[b]!
  const fill = starts.slice()
  const members = new Uint32Array(n)
  for (let i = 0; i < n; i++) members[fill[home[i]!]!++] = i
  return { west, south, side: step, columns, rows, starts, members }
}

/** Calls `visit` with each point of the buckets that a square of half side `reach` around (x, y) touches: a superset. */
export function visitNear(
  buckets: PointBuckets,
  x: number,
  y: number,
  reach: number,
  visit: (member: number) => void,
): void {
  const { west, south, side, columns, rows, starts, members } = buckets
  const firstColumn = Math.max(0, Math.floor((x - reach - west) / side))
  const lastColumn = Math.min(columns - 1, Math.floor((x + reach - west) / side))
  const firstRow = Math.max(0, Math.floor((y - reach - south) / side))
  const lastRow = Math.min(rows - 1, Math.floor((y + reach - south) / side))
  if (firstColumn > lastColumn) return
  for (let row = firstRow; row <= lastRow; row++) {
    const end = starts[row * columns + lastColumn + 1]!
    for (let at = starts[row * columns + firstColumn]!; at < end; at++) visit(members[at]!)
  }
}

/** Each pair i ≠ j whose points are at most `reach` apart along either axis, once, i before j as they stand in the arrays. */
export function visitPairs(points: PlanarPoints, reach: number, visit: (i: number, j: number) => void): void {
  const buckets = bucketPoints(points, reach)
  for (let i = 0; i < points.x.length; i++)
    visitNear(buckets, points.x[i]!, points.y[i]!, reach, (j) => {
      if (j > i) visit(i, j)
    })
}
