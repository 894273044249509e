/** The cells of one question: what of the placed ground takes part, and counts on it. */
import type { SpatialWeights } from '../statistics/weights.ts'
import type { PlacedRecords } from './place-records.ts'

export interface Cells {
  readonly placed: PlacedRecords
  readonly size: number
  /** For each cell its index in the placed ground, ascending. */
  readonly picked: Uint32Array
  /** For each cell of the placed ground its index here, −1 where it takes no part. */
  readonly at: Int32Array
}

/** The cells that always take part, and those in which one of the rows lies. */
export function pickCells(placed: PlacedRecords, ...rows: readonly Uint32Array[]): Cells {
  const part = Uint8Array.from(placed.always)
  for (const some of rows)
    for (let i = 0; i < some.length; i++) {
      const cell = placed.cellOf[some[i]!]!
      if (cell >= 0) part[cell] = 1
    }
  const picked = new Uint32Array(part.length)
  const at = new Int32Array(part.length).fill(-1)
  let size = 0
  for (let cell = 0; cell < part.length; cell++)
    if (part[cell] === 1) {
      at[cell] = size
      picked[size++] = cell
    }
  return { placed, size, picked: picked.slice(0, size), at }
}

/** Every cell of the placed ground. */
export function wholeGround(placed: PlacedRecords): Cells {
  const picked = new Uint32Array(placed.cells.length).map((_, i) => i)
  return { placed, size: picked.length, picked, at: Int32Array.from(picked) }
}

/** Records of the rows in each cell. Rows in none of the cells are passed over. */
export function countIn({ placed, size, at }: Cells, rows: Uint32Array): Float64Array {
  const counts = new Float64Array(size)
  for (let i = 0; i < rows.length; i++) {
    const cell = placed.cellOf[rows[i]!]!
    if (cell >= 0 && at[cell]! >= 0) counts[at[cell]!]!++
  }
  return counts
}

/** A column of the placed ground, of these cells only. */
export function ofCells({ picked }: Cells, column: Float64Array): Float64Array {
  const values = new Float64Array(picked.length)
  for (let i = 0; i < picked.length; i++) values[i] = column[picked[i]!]!
  return values
}

/** Some of the cells, by their indices here, ascending. */
export function someCells(cells: Cells, wanted: Uint32Array): Cells {
  const at = new Int32Array(cells.at.length).fill(-1)
  const picked = wanted.map((i) => cells.picked[i]!)
  picked.forEach((cell, i) => {
    at[cell] = i
  })
  return { placed: cells.placed, size: picked.length, picked, at }
}

/** Neighbours of neighbours, up to so many steps; all weigh 1. */
export function withinSteps(weights: SpatialWeights, steps: number): SpatialWeights {
  if (steps === 1) return weights
  const starts = new Uint32Array(weights.size + 1)
  const places: number[] = []
  for (let i = 0; i < weights.size; i++) {
    const reached = new Set([i])
    let edge = [i]
    for (let step = 0; step < steps; step++) {
      const next: number[] = []
      for (const from of edge)
        for (let e = weights.starts[from]!; e < weights.starts[from + 1]!; e++) {
          const to = weights.places[e]!
          if (!reached.has(to)) {
            reached.add(to)
            next.push(to)
          }
        }
      edge = next
    }
    reached.delete(i)
    places.push(...[...reached].sort((a, b) => a - b))
    starts[i + 1] = places.length
  }
  return {
    size: weights.size,
    includesSelf: false,
    starts,
    places: Uint32Array.from(places),
    weights: new Float64Array(places.length).fill(1),
  }
}
