/**
 * Rows of counts, several to a number, so that adding rows up takes a third of the additions: a double holds 53 bits exactly,
 * that is three counts below 2¹⁷ or two below 2²⁶. (The scan adds rows 10⁸ times.)
 */
export interface PackedRows {
  /** Numbers a row. */
  readonly width: number
  /** Packs rows of `periods` counts. */
  readonly pack: (counts: Float64Array, into: Float64Array) => void
  /** The counts of one row, or of a sum of rows. */
  readonly unpack: (row: Float64Array, into: Float64Array) => void
}

/** For rows that add up to at most `total`. */
export function packedRows(periods: number, total: number): PackedRows {
  const perNumber = total < 2 ** 17 ? 3 : total < 2 ** 26 ? 2 : 1
  const base = perNumber === 3 ? 2 ** 17 : 2 ** 26
  // Of a power of two exact, and several times as fast as to divide.
  const inverse = 1 / base
  const width = Math.ceil(periods / perNumber)
  return {
    width,
    pack: (counts, into) => {
      into.fill(0)
      for (let row = 0, at = 0; at < counts.length; row++)
        for (let t = 0; t < periods; t++, at++)
          into[row * width + Math.floor(t / perNumber)]! += counts[at]! * base ** (t % perNumber)
    },
    unpack: (row, into) => {
      if (perNumber === 1) return into.set(row)
      for (let k = 0, t = 0; k < width; k++) {
        let rest = row[k]!
        for (const end = Math.min(periods, t + perNumber); t < end; t++) {
          const above = Math.floor(rest * inverse)
          into[t] = rest - above * base
          rest = above
        }
      }
    },
  }
}
