import { orient2d } from 'robust-predicates'
import { type LocalMetricFrame, localMetricFrame } from '../geometry/local-metric-frame.ts'
import type { AreaGeometry } from '../values.ts'

/**
 * A polygon made ready for many questions: its edges, and for each of many thin rows of latitude the edges that touch
 * it. A question looks at one or two rows, so its cost hardly depends on the number of vertices. Degrees throughout;
 * edges are straight in longitude and latitude, as GeoJSON has it.
 */
export interface PreparedGrid extends GridRows {
  /** For each tile of the box, row by row, how many tiles on it is, at least, to one that some edge may touch; 0 for these. */
  readonly tiles: Uint8Array
  readonly tilesAcross: number
  readonly tilesPerDegreeX: number
  readonly tilesPerDegreeY: number
  /** Metres around the middle of the box. */
  readonly frame: LocalMetricFrame
}

/** What of it answers questions about points; made in a tenth of the time. */
export interface GridRows {
  readonly geometry: AreaGeometry
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
  /** Edge e runs from (x1[e], y1[e]) to (x2[e], y2[e]). */
  readonly x1: Float64Array
  readonly y1: Float64Array
  readonly x2: Float64Array
  readonly y2: Float64Array
  readonly rows: number
  readonly rowsPerDegree: number
  /** Edges of row r: `rowEdges[rowStart[r]]` … `rowEdges[rowStart[r + 1] - 1]`. */
  readonly rowStart: Int32Array
  readonly rowEdges: Int32Array
}

export const OUTSIDE = 0
export const INSIDE = 1
/** Exactly on the boundary. */
export const ON_EDGE = 2
export type Side = typeof OUTSIDE | typeof INSIDE | typeof ON_EDGE

const prepared = new WeakMap<AreaGeometry, PreparedGrid>()

/** The prepared form of a polygon, made once for each geometry object. */
export function prepareGrid(geometry: AreaGeometry): PreparedGrid {
  const known = prepared.get(geometry)
  if (known) return known
  const found = prepareRows(geometry)
  const { west, south, east, north, x1, y1, x2, y2, rows, rowsPerDegree, rowStart, rowEdges } = found
  const { tiles, tilesAcross, tilesPerDegreeX, tilesPerDegreeY } = tilesOf(found)
  const frame = localMetricFrame((west + east) / 2, (south + north) / 2)
  // Named, not spread: V8 gives each object spread from others a shape of its own, and questions to many grids cost three times as much.
  // biome-ignore format: a list
  const made = {
    geometry, west, south, east, north, x1, y1, x2, y2, rows, rowsPerDegree, rowStart, rowEdges,
    tiles, tilesAcross, tilesPerDegreeX, tilesPerDegreeY, frame,
  }
  prepared.set(geometry, made)
  return made
}

/** A polygon made ready for questions about points. */
export function prepareRows(geometry: AreaGeometry): GridRows {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const edges: number[] = []
  for (const ring of polygons.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [xa, ya] = ring[i - 1] as [number, number]
      const [xb, yb] = ring[i] as [number, number]
      if (xa !== xb || ya !== yb) edges.push(xa, ya, xb, yb)
    }
  }
  const count = edges.length / 4
  const column = (offset: number): Float64Array =>
    Float64Array.from({ length: count }, (_, e) => edges[e * 4 + offset]!)
  const [x1, y1, x2, y2] = [column(0), column(1), column(2), column(3)]
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let e = 0; e < count; e++) {
    west = Math.min(west, x1[e]!)
    east = Math.max(east, x1[e]!)
    south = Math.min(south, y1[e]!)
    north = Math.max(north, y1[e]!)
  }
  const rows = Math.max(1, Math.min(count, 8192))
  const rowsPerDegree = north > south ? rows / (north - south) : 0
  const rowOf = (y: number): number => Math.min(rows - 1, Math.floor((y - south) * rowsPerDegree))

  const rowStart = new Int32Array(rows + 1)
  const eachRow = (visit: (row: number, e: number) => void): void => {
    for (let e = 0; e < count; e++)
      for (let row = rowOf(Math.min(y1[e]!, y2[e]!)); row <= rowOf(Math.max(y1[e]!, y2[e]!)); row++)
        visit(row, e)
  }
  eachRow((row) => rowStart[row + 1]!++)
  for (let row = 0; row < rows; row++) rowStart[row + 1]! += rowStart[row]!
  const rowEdges = new Int32Array(rowStart[rows]!)
  const fill = rowStart.slice(0, rows)
  eachRow((row, e) => {
    rowEdges[fill[row]!++] = e
  })
  return { geometry, west, south, east, north, x1, y1, x2, y2, rows, rowsPerDegree, rowStart, rowEdges }
}

type Tiles = Pick<PreparedGrid, 'tiles' | 'tilesAcross' | 'tilesPerDegreeX' | 'tilesPerDegreeY'>

/** Tiles a good deal smaller than an edge is long, so that most of the inside is free of edges. */
function tilesOf({ west, south, east, north, x1, y1, x2, y2 }: GridRows): Tiles {
  const tilesAcross = Math.min(512, 16 + 4 * Math.ceil(Math.sqrt(x1.length)))
  const tilesPerDegreeX = east > west ? tilesAcross / (east - west) : 0
  const tilesPerDegreeY = north > south ? tilesAcross / (north - south) : 0
  const tiles = new Uint8Array(tilesAcross * tilesAcross).fill(255)
  for (let e = 0; e < x1.length; e++) {
    const first = tileAt((Math.min(x1[e]!, x2[e]!) - west) * tilesPerDegreeX, tilesAcross)
    const last = tileAt((Math.max(x1[e]!, x2[e]!) - west) * tilesPerDegreeX, tilesAcross)
    const bottom = tileAt((Math.min(y1[e]!, y2[e]!) - south) * tilesPerDegreeY, tilesAcross)
    const top = tileAt((Math.max(y1[e]!, y2[e]!) - south) * tilesPerDegreeY, tilesAcross)
    for (let row = bottom; row <= top; row++)
      tiles.fill(0, row * tilesAcross + first, row * tilesAcross + last + 1)
  }
  spreadDistances(tiles, tilesAcross)
  return { tiles, tilesAcross, tilesPerDegreeX, tilesPerDegreeY }
}

/**
 * Steps (of a king, as in chess) to the nearest 0, in two passes (Rosenfeld & Pfaltz 1966). Written out: with a function for each
 * neighbour it took a third of the matching of a day in a new grid.
 */
function spreadDistances(tiles: Uint8Array, across: number): void {
  const last = across - 1
  for (let row = 0; row <= last; row++)
    for (let column = 0; column <= last; column++) {
      const at = row * across + column
      let least = tiles[at]! - 1
      if (column > 0 && tiles[at - 1]! < least) least = tiles[at - 1]!
      if (row > 0) {
        const above = at - across
        if (column > 0 && tiles[above - 1]! < least) least = tiles[above - 1]!
        if (tiles[above]! < least) least = tiles[above]!
        if (column < last && tiles[above + 1]! < least) least = tiles[above + 1]!
      }
      if (least + 1 < tiles[at]!) tiles[at] = least + 1
    }
  for (let row = last; row >= 0; row--)
    for (let column = last; column >= 0; column--) {
      const at = row * across + column
      let least = tiles[at]! - 1
      if (column < last && tiles[at + 1]! < least) least = tiles[at + 1]!
      if (row < last) {
        const below = at + across
        if (column < last && tiles[below + 1]! < least) least = tiles[below + 1]!
        if (tiles[below]! < least) least = tiles[below]!
        if (column > 0 && tiles[below - 1]! < least) least = tiles[below - 1]!
      }
      if (least + 1 < tiles[at]!) tiles[at] = least + 1
    }
}

/** True when no edge touches the segment a–b, found without looking at any; false says nothing. */
export function isClear(grid: PreparedGrid, ax: number, ay: number, bx: number, by: number): boolean {
  const { tiles, tilesAcross, tilesPerDegreeX, tilesPerDegreeY } = grid
  const columnA = tileAt((ax - grid.west) * tilesPerDegreeX, tilesAcross)
  const rowA = tileAt((ay - grid.south) * tilesPerDegreeY, tilesAcross)
  const columnB = tileAt((bx - grid.west) * tilesPerDegreeX, tilesAcross)
  const rowB = tileAt((by - grid.south) * tilesPerDegreeY, tilesAcross)
  const columns = columnA < columnB ? columnB - columnA : columnA - columnB
  const rows = rowA < rowB ? rowB - rowA : rowA - rowB
  const clear = tiles[rowA * tilesAcross + columnA]!
  return columns < clear && rows < clear
}

/** How many tiles on an edge may be met at the earliest, counted from the tile of a point; 0 where the tile itself is touched. */
export function tileClearance(grid: PreparedGrid, x: number, y: number): number {
  const column = tileAt((x - grid.west) * grid.tilesPerDegreeX, grid.tilesAcross)
  const row = tileAt((y - grid.south) * grid.tilesPerDegreeY, grid.tilesAcross)
  return grid.tiles[row * grid.tilesAcross + column]!
}

/** The row of a latitude within the grid's own. */
export const rowAt = (grid: GridRows, y: number): number => {
  const row = Math.floor((y - grid.south) * grid.rowsPerDegree)
  return row < 0 ? 0 : row < grid.rows ? row : grid.rows - 1
}

/** Where a point lies: even-odd rule over all rings, exact on the boundary (Shewchuk's predicates). */
export function locate(grid: GridRows, x: number, y: number): Side {
  if (!(x >= grid.west && x <= grid.east && y >= grid.south && y <= grid.north)) return OUTSIDE
  const { x1, y1, x2, y2, rowStart, rowEdges } = grid
  const row = rowAt(grid, y)
  let inside = false
  for (let at = rowStart[row]!; at < rowStart[row + 1]!; at++) {
    const e = rowEdges[at]!
    const xa = x1[e]!
    const ya = y1[e]!
    const xb = x2[e]!
    const yb = y2[e]!
    if (xa === x && ya === y) return ON_EDGE
    if (ya <= y !== yb <= y) {
      // The edge crosses the horizontal through the point: on which side?
      if (xa < x && xb < x) continue
      if (xa > x && xb > x) {
        inside = !inside
        continue
      }
      const turn = orient2d(xa, ya, xb, yb, x, y)
      if (turn === 0) return ON_EDGE
      if (turn < 0 === yb > ya) inside = !inside
    } else if (ya === y && yb === y && x > Math.min(xa, xb) && x < Math.max(xa, xb)) return ON_EDGE
  }
  return inside ? INSIDE : OUTSIDE
}

/** A tile's number along one axis, the nearest one for places beyond the box. Shared, so that both sides round alike. */
function tileAt(position: number, tilesAcross: number): number {
  const tile = Math.floor(position)
  return tile < 0 ? 0 : tile < tilesAcross ? tile : tilesAcross - 1
}
