/** The sums of kernel density on a raster: loops that have to be fast. Results in 1/m². */
import type { DensityOptions, Raster } from './density-options.ts'
import type { Kernel } from './kernel.ts'
import type { PlanarPoints } from './planar.ts'
import { bucketPoints, type PointBuckets } from './point-buckets.ts'
import { tellStep } from './run-control.ts'

type Weighted = Required<PlanarPoints>

/**
 * Adds each point's kernel to the cells within reach of it; a Gaussian to all cells of the square around that.
 * @param tileCells points within squares of so many cells a side are added together
 */
export function addOnRaster(
  out: Float64Array,
  points: Weighted,
  raster: Raster,
  reach: number,
  { kernel, bandwidthMetres, control }: Pick<DensityOptions, 'kernel' | 'bandwidthMetres' | 'control'>,
  tileCells = 16,
): void {
  const tiles = bucketPoints(points, raster.cellMetres * tileCells)
  const full = tiles.columns * tiles.rows
  const add = addTile[kernel]
  for (let tile = 0; tile < full; tile++) {
    if (tiles.starts[tile]! < tiles.starts[tile + 1]!)
      add(out, points, raster, tiles, tile, reach, bandwidthMetres)
    tellStep(control, tile + 1, full)
  }
}

const addTile: Record<Kernel, typeof addGaussianTile> = { gaussian: addGaussianTile, quartic: addQuarticTile }

/**
 * e^{−(dx² + dy²)/2σ²} = e^{−dx²/2σ²} · e^{−dy²/2σ²}: a row of factors and a column of factors for each point instead of one
 * exponential for each cell; four points at a time, so that a cell is read and written once for four.
 */
function addGaussianTile(
  out: Float64Array,
  points: Weighted,
  raster: Raster,
  tiles: PointBuckets,
  tile: number,
  reach: number,
  sigma: number,
): void {
  const { columns, rows, cellMetres, west, south } = raster
  const tileWest = tiles.west + (tile % tiles.columns) * tiles.side
  const tileSouth = tiles.south + Math.floor(tile / tiles.columns) * tiles.side
  const cellBefore = (from: number, metres: number): number => Math.floor((metres - from) / cellMetres - 0.5)
  const firstColumn = Math.max(0, cellBefore(west, tileWest - reach))
  const lastColumn = Math.min(columns - 1, cellBefore(west, tileWest + tiles.side + reach) + 1)
  const firstRow = Math.max(0, cellBefore(south, tileSouth - reach))
  const lastRow = Math.min(rows - 1, cellBefore(south, tileSouth + tiles.side + reach) + 1)
  const width = lastColumn - firstColumn + 1
  const height = lastRow - firstRow + 1
  if (width <= 0 || height <= 0) return
  const half = -0.5 / (sigma * sigma)
  const across = new Float64Array(4 * width)
  const along = new Float64Array(4 * height)
  const end = tiles.starts[tile + 1]!
  for (let first = tiles.starts[tile]!; first < end; first += 4) {
    for (let k = 0; k < 4; k++) {
      const i = first + k < end ? tiles.members[first + k]! : -1
      const weight = i < 0 ? 0 : points.weights[i]! / (2 * Math.PI * sigma * sigma)
      const x = i < 0 ? 0 : points.x[i]! - (west + (firstColumn + 0.5) * cellMetres)
      const y = i < 0 ? 0 : points.y[i]! - (south + (firstRow + 0.5) * cellMetres)
      for (let c = 0; c < width; c++) across[k * width + c] = Math.exp(half * (c * cellMetres - x) ** 2)
      for (let r = 0; r < height; r++) along[4 * r + k] = weight * Math.exp(half * (r * cellMetres - y) ** 2)
    }
    for (let r = 0; r < height; r++) {
      const base = (firstRow + r) * columns + firstColumn
      const [y0, y1, y2, y3] = [along[4 * r]!, along[4 * r + 1]!, along[4 * r + 2]!, along[4 * r + 3]!]
      for (let c = 0; c < width; c++)
        out[base + c]! +=
          y0 * across[c]! +
          y1 * across[width + c]! +
          y2 * across[2 * width + c]! +
          y3 * across[3 * width + c]!
    }
  }
}

function addQuarticTile(
  out: Float64Array,
  points: Weighted,
  raster: Raster,
  tiles: PointBuckets,
  tile: number,
  radius: number,
): void {
  const { columns, rows, cellMetres, west, south } = raster
  const r2 = radius * radius
  for (let at = tiles.starts[tile]!; at < tiles.starts[tile + 1]!; at++) {
    const i = tiles.members[at]!
    // In cells from the centre of the raster's first.
    const x = (points.x[i]! - west) / cellMetres - 0.5
    const y = (points.y[i]! - south) / cellMetres - 0.5
    const height = (points.weights[i]! * 3) / (Math.PI * r2)
    const reach = radius / cellMetres
    const lastRow = Math.min(rows - 1, Math.floor(y + reach))
    for (let row = Math.max(0, Math.ceil(y - reach)); row <= lastRow; row++) {
      const left = 1 - ((row - y) * (row - y) * cellMetres * cellMetres) / r2
      const half = reach * Math.sqrt(Math.max(0, left))
      const lastColumn = Math.min(columns - 1, Math.floor(x + half))
      for (let column = Math.max(0, Math.ceil(x - half)); column <= lastColumn; column++) {
        const rest = left - ((column - x) * (column - x) * cellMetres * cellMetres) / r2
        out[row * columns + column]! += height * rest * rest
      }
    }
  }
}
