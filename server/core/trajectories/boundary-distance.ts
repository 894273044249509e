import { type PreparedGrid, rowAt, tileClearance } from './prepare-grid.ts'

/**
 * Metres from a point to the nearest place of a grid's boundary, holes' included; infinite where that is more than `limitMetres`.
 * Far from the boundary the tiles answer; else only the edges of the rows within reach are looked at. Metres are those of the grid's own frame:
 * a tenth of a per cent at 10 km from its middle, 5 cm of 50 m.
 */
export function metresToBoundary(grid: PreparedGrid, x: number, y: number, limitMetres: number): number {
  const { metresPerDegreeLongitude: perX, metresPerDegreeLatitude: perY } = grid.frame
  const reachX = limitMetres / perX
  const reachY = limitMetres / perY
  if (y < grid.south - reachY || y > grid.north + reachY) return Number.POSITIVE_INFINITY
  if (x < grid.west - reachX || x > grid.east + reachX) return Number.POSITIVE_INFINITY
  if (isFar(grid, x, y, reachX, reachY)) return Number.POSITIVE_INFINITY

  const { x1, y1, x2, y2, rowStart, rowEdges } = grid
  let least = limitMetres * limitMetres
  let found = false
  const last = rowAt(grid, y + reachY)
  for (let row = rowAt(grid, y - reachY); row <= last; row++) {
    for (let at = rowStart[row]!; at < rowStart[row + 1]!; at++) {
      const e = rowEdges[at]!
      const ax = (x1[e]! - x) * perX
      const bx = (x2[e]! - x) * perX
      if ((ax > limitMetres && bx > limitMetres) || (ax < -limitMetres && bx < -limitMetres)) continue
      const ay = (y1[e]! - y) * perY
      const by = (y2[e]! - y) * perY
      const dx = bx - ax
      const dy = by - ay
      const along = -(ax * dx + ay * dy) / (dx * dx + dy * dy)
      const share = along < 0 ? 0 : along > 1 ? 1 : along
      const px = ax + share * dx
      const py = ay + share * dy
      const square = px * px + py * py
      if (square > least) continue
      least = square
      found = true
    }
  }
  return found ? Math.sqrt(least) : Number.POSITIVE_INFINITY
}

/** Whether the tiles alone show that no edge is within reach of a point inside the grid's box. */
function isFar(grid: PreparedGrid, x: number, y: number, reachX: number, reachY: number): boolean {
  if (x < grid.west || x > grid.east || y < grid.south || y > grid.north) return false
  const clear = tileClearance(grid, x, y) - 1
  return clear > reachX * grid.tilesPerDegreeX && clear > reachY * grid.tilesPerDegreeY
}
