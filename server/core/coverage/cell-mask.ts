/**
 * A raster over the map that remembers where something was marked: a cheap first answer to "is anything near this box?".
 * Never misses what is near; may say yes to what is not.
 */
export interface CellMask {
  markSegment(ax: number, ay: number, bx: number, by: number): void
  markBox(west: number, south: number, east: number, north: number): void
  isMarked(west: number, south: number, east: number, north: number): boolean
}

const MOST_CELLS_A_SIDE = 2048

/** @param expected about how many things will be marked, which sets the size of the cells. */
export function cellMask(
  [west, south, east, north]: readonly [number, number, number, number],
  expected: number,
): CellMask {
  const side = Math.min(MOST_CELLS_A_SIDE, Math.max(16, Math.ceil(4 * Math.sqrt(expected))))
  const perX = side / Math.max(east - west, Number.MIN_VALUE)
  const perY = side / Math.max(north - south, Number.MIN_VALUE)
  const cells = new Uint8Array(side * side)
  const column = (x: number): number => Math.min(side - 1, Math.max(0, Math.floor((x - west) * perX)))
  const row = (y: number): number => Math.min(side - 1, Math.max(0, Math.floor((y - south) * perY)))

  function markBox(x0: number, y0: number, x1: number, y1: number): void {
    const right = column(x1)
    const top = row(y1)
    for (let r = row(y0); r <= top; r++) cells.fill(1, r * side + column(x0), r * side + right + 1)
  }

  return {
    markBox,
    markSegment(ax, ay, bx, by) {
      // In pieces of a cell, so that a long slanting edge does not mark its whole box.
      const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(bx - ax) * perX, Math.abs(by - ay) * perY)))
      for (let k = 0; k < pieces; k++) {
        const x0 = ax + ((bx - ax) * k) / pieces
        const y0 = ay + ((by - ay) * k) / pieces
        const x1 = ax + ((bx - ax) * (k + 1)) / pieces
        const y1 = ay + ((by - ay) * (k + 1)) / pieces
        markBox(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1))
      }
    },
    isMarked(x0, y0, x1, y1) {
      const right = column(x1)
      const top = row(y1)
      for (let r = row(y0); r <= top; r++)
        for (let c = column(x0); c <= right; c++) if (cells[r * side + c] === 1) return true
      return false
    },
  }
}
