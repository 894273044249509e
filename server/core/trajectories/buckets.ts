/** Points sorted into square buckets of a plane. Points of neighbouring buckets of a row lie next to each other. */
export interface Buckets {
  readonly west: number
  readonly south: number
  readonly columns: number
  readonly rows: number
  /** Buckets a metre. */
  readonly scale: number
  /** Bucket b holds `members[start[b]]` … `members[start[b + 1] - 1]`; b = row · columns + column. */
  readonly start: Int32Array
  readonly members: Int32Array
}

/** Sorts points in metres into buckets of 25 m, or larger ones where there would be many more buckets than points. */
export function bucketsOf(x: Float64Array, y: Float64Array): Buckets {
  let [west, south, east, north] = [0, 0, 0, 0]
  for (let k = 0; k < x.length; k++) {
    west = k === 0 ? x[k]! : Math.min(west, x[k]!)
    east = k === 0 ? x[k]! : Math.max(east, x[k]!)
    south = k === 0 ? y[k]! : Math.min(south, y[k]!)
    north = k === 0 ? y[k]! : Math.max(north, y[k]!)
  }
  const fair = Math.sqrt(((east - west) * (north - south)) / (4 * x.length + 64))
  const scale = 1 / Math.max(25, fair)
  const columns = Math.floor((east - west) * scale) + 1
  const rows = Math.floor((north - south) * scale) + 1
  const empty = { west, south, columns, rows, scale, start: new Int32Array(columns * rows + 1) }
  const bucketOf = (k: number): number => bucketRow(empty, y[k]!) * columns + bucketColumn(empty, x[k]!)
  const { start } = empty
  for (let k = 0; k < x.length; k++) start[bucketOf(k) + 1]!++
  for (let b = 0; b < columns * rows; b++) start[b + 1]! += start[b]!
  const members = new Int32Array(x.length)
  const fill = start.slice()
  for (let k = 0; k < x.length; k++) members[fill[bucketOf(k)]!++] = k
  return { west, south, columns, rows, scale, start, members }
}

/** The column of an x, the nearest one where it lies beyond them. */
export const bucketColumn = (buckets: Pick<Buckets, 'west' | 'scale' | 'columns'>, x: number): number => {
  const column = Math.floor((x - buckets.west) * buckets.scale)
  return column < 0 ? 0 : column < buckets.columns ? column : buckets.columns - 1
}

/** The row of a y, the nearest one where it lies beyond them. */
export const bucketRow = (buckets: Pick<Buckets, 'south' | 'scale' | 'rows'>, y: number): number => {
  const row = Math.floor((y - buckets.south) * buckets.scale)
  return row < 0 ? 0 : row < buckets.rows ? row : buckets.rows - 1
}
