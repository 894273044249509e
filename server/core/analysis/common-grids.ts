/** By which grid a hexagon is known: the one that most of its incidents happened in. */
import type { PlacedRecords } from './place-records.ts'

type Placed = Pick<PlacedRecords, 'cells' | 'cellOf'>

/**
 * @param rows of the records that count
 * @param hexagons where each record lies, by hexagon
 * @param grids the same records by grid
 * @returns hexagon → grid, in the order of the hexagons; none of a hexagon whose incidents all lie in no grid. Of two grids with as
 *   many, the lower code.
 */
export function commonGrids(rows: Iterable<number>, hexagons: Placed, grids: Placed): Map<string, string> {
  const counts = new Map<number, number>()
  const width = grids.cells.length
  for (const row of rows) {
    const [hexagon, grid] = [hexagons.cellOf[row]!, grids.cellOf[row]!]
    if (hexagon < 0 || grid < 0) continue
    const pair = hexagon * width + grid
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  const found = new Map<string, string>()
  let [last, most] = [-1, 0]
  // Grids ascend by code, so the first of those with as many is the lowest.
  for (const [pair, count] of [...counts].toSorted(([a], [b]) => a - b)) {
    const hexagon = Math.floor(pair / width)
    if (hexagon === last && count <= most) continue
    last = hexagon
    most = count
    found.set(hexagons.cells[hexagon]!, grids.cells[pair % width]!)
  }
  return found
}
