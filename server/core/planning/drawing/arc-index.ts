/** Which arcs pass near a place: square buckets over the drawing's box, updated by copying the buckets that change. */

export interface ArcIndex {
  readonly west: number
  readonly south: number
  /** Buckets a degree. */
  readonly perLongitude: number
  readonly perLatitude: number
  readonly columns: number
  readonly rows: number
  /** Numbers of the arcs with a segment whose box reaches into each bucket, row by row. */
  readonly buckets: readonly (readonly number[])[]
}

type Path = readonly number[]

/** Few arcs a bucket, few buckets an arc; above this many buckets copying them would cost more than searching them. */
const MOST_BUCKETS = 20_000

/** An empty index fit for these paths. */
export function emptyArcIndex(paths: readonly Path[]): ArcIndex {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      west = Math.min(west, path[i]!)
      east = Math.max(east, path[i]!)
      south = Math.min(south, path[i + 1]!)
      north = Math.max(north, path[i + 1]!)
    }
  }
  if (west > east) [west, south, east, north] = [0, 0, 1, 1]
  const width = east - west || 1e-9
  const height = north - south || 1e-9
  const wanted = Math.min(MOST_BUCKETS, Math.max(1, paths.length))
  const columns = Math.max(1, Math.min(wanted, Math.round(Math.sqrt((wanted * width) / height))))
  const rows = Math.max(1, Math.round(wanted / columns))
  return {
    west,
    south,
    perLongitude: columns / width,
    perLatitude: rows / height,
    columns,
    rows,
    buckets: Array.from({ length: columns * rows }, () => []),
  }
}

/** The index after some arcs went and others came. */
export function withArcs(
  index: ArcIndex,
  gone: readonly (readonly [arc: number, path: Path])[],
  come: readonly (readonly [arc: number, path: Path])[],
): ArcIndex {
  const buckets = index.buckets.slice() as number[][]
  const own = new Set<number>()
  const writable = (bucket: number): number[] => {
    if (!own.has(bucket)) {
      own.add(bucket)
      buckets[bucket] = buckets[bucket]!.slice()
    }
    return buckets[bucket]!
  }
  for (const [arc, path] of gone)
    for (const bucket of bucketsOf(index, path)) {
      const list = writable(bucket)
      list.splice(list.indexOf(arc), 1)
    }
  for (const [arc, path] of come) for (const bucket of bucketsOf(index, path)) writable(bucket).push(arc)
  return { ...index, buckets }
}

function bucketsOf(index: ArcIndex, path: Path): Set<number> {
  const found = new Set<number>()
  let before = -1
  for (let i = 0; i + 3 < path.length; i += 2) {
    const c1 = columnOf(index, path[i]!)
    const c2 = columnOf(index, path[i + 2]!)
    const r1 = rowOf(index, path[i + 1]!)
    const r2 = rowOf(index, path[i + 3]!)
    // Most segments lie in the bucket of the one before.
    const only = c1 === c2 && r1 === r2 ? r1 * index.columns + c1 : -1
    if (only >= 0 && only === before) continue
    before = only
    for (let r = Math.min(r1, r2); r <= Math.max(r1, r2); r++)
      for (let c = Math.min(c1, c2); c <= Math.max(c1, c2); c++) found.add(r * index.columns + c)
  }
  return found
}

/** Numbers of the arcs that may have a segment meeting a box, ascending. */
export function arcsNear(
  index: ArcIndex,
  west: number,
  south: number,
  east: number,
  north: number,
): readonly number[] {
  const found = new Set<number>()
  const [c1, c2, r1, r2] = [
    columnOf(index, west),
    columnOf(index, east),
    rowOf(index, south),
    rowOf(index, north),
  ]
  for (let r = r1; r <= r2; r++)
    for (let c = c1; c <= c2; c++) for (const arc of index.buckets[r * index.columns + c]!) found.add(arc)
  return [...found].toSorted((a, b) => a - b)
}

// What lies beyond the box belongs to the buckets along its edge.

const columnOf = (index: ArcIndex, x: number): number =>
  Math.max(0, Math.min(index.columns - 1, Math.floor((x - index.west) * index.perLongitude)))

const rowOf = (index: ArcIndex, y: number): number =>
  Math.max(0, Math.min(index.rows - 1, Math.floor((y - index.south) * index.perLatitude)))
