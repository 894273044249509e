/**
 * Pairs rows with columns so that the weights of the pairs add up to the most (the assignment problem), each row and column in
 * one pair at most. Kuhn's Hungarian method with potentials, one shortest augmenting path a row: O(rows² · columns)
 * (Jonker & Volgenant, Computing 38, 1987; Burkard, Dell'Amico & Martello, Assignment Problems, §4.1–4.4).
 *
 * Exact for integer weights whose sums stay below 2^53. Among equally good pairings the answer depends on the order of rows and
 * columns only, so sort them.
 * @param weights rows × columns, row by row, none below 0
 * @returns the column of each row, or -1; a pair of weight 0 is none
 */
export function bestPairs(weights: Float64Array, rows: number, columns: number): Int32Array {
  if (rows > columns) return turned(bestPairs(transposed(weights, rows, columns), columns, rows), rows)
  const rowPotential = new Float64Array(rows)
  const columnPotential = new Float64Array(columns)
  const rowOf = new Int32Array(columns).fill(-1)
  const cameFrom = new Int32Array(columns)
  const nearest = new Float64Array(columns)
  const done = new Uint8Array(columns)
  for (let start = 0; start < rows; start++) {
    nearest.fill(Infinity)
    done.fill(0)
    let row = start
    let column = -1
    // Dijkstra's shortest path from the new row to a free column; costs are weights turned negative, less the potentials.
    do {
      let next = -1
      for (let c = 0; c < columns; c++) {
        if (done[c] === 1) continue
        const cost = -weights[row * columns + c]! - rowPotential[row]! - columnPotential[c]!
        if (cost < nearest[c]!) {
          nearest[c] = cost
          cameFrom[c] = column
        }
        if (next === -1 || nearest[c]! < nearest[next]!) next = c
      }
      const step = nearest[next]!
      rowPotential[start]! += step
      for (let c = 0; c < columns; c++) {
        if (done[c] === 1) {
          rowPotential[rowOf[c]!]! += step
          columnPotential[c]! -= step
        } else nearest[c]! -= step
      }
      done[next] = 1
      column = next
      row = rowOf[next]!
    } while (row !== -1)
    for (let c = column; c !== -1; c = cameFrom[c]!)
      rowOf[c] = cameFrom[c] === -1 ? start : rowOf[cameFrom[c]!]!
  }
  const columnOf = new Int32Array(rows).fill(-1)
  for (let c = 0; c < columns; c++) {
    const row = rowOf[c]!
    if (row !== -1 && weights[row * columns + c]! > 0) columnOf[row] = c
  }
  return columnOf
}

function transposed(weights: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns)
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) result[c * rows + r] = weights[r * columns + c]!
  return result
}

function turned(columnOf: Int32Array, size: number): Int32Array {
  const result = new Int32Array(size).fill(-1)
  for (const [row, column] of columnOf.entries()) if (column !== -1) result[column] = row
  return result
}
