/**
 * Σ w (1 − d²/h²)² over the points nearer than h, at many sites. Inside its disk the kernel is a polynomial of the points'
 * positions, so of what lies wholly inside the moments say all. The ground is cut into rows of square bins with the moments of
 * each row added up from bin to bin: of a disk, each row's run of inner bins is a difference of two sums, and only the points of
 * the bins along the rim are looked at one by one. Nothing is approximated; what differs from adding all pairs is rounding.
 *
 * Lengths are in units of h. The sums start anew every few units, so that a difference of two loses no digits.
 */
import type { PlanarPoints } from './planar.ts'
import { type RunControl, tellStep } from './run-control.ts'

const momentsOfBin = 9
/** Units of h after which the sums of a row start anew. */
const unitsOfChunk = 4

interface MomentRows {
  readonly west: number
  readonly south: number
  /** Side of a bin. */
  readonly side: number
  readonly columns: number
  readonly rows: number
  /** Bins of a chunk; the sums of row r and chunk c about its middle begin at `((r · chunks + c) (length + 1)) · 9`. */
  readonly length: number
  readonly chunks: number
  readonly sums: Float64Array
  /** Points in the order of the bins, row by row; those of bin b begin at `starts[b]`. */
  readonly starts: Uint32Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly weights: Float64Array
}

/** Writes the sum at each site. The order of the points shows in rounding: sort them first. */
export function addQuarticSums(
  out: Float64Array,
  points: Required<PlanarPoints>,
  sites: PlanarPoints,
  h: number,
  control: RunControl | undefined,
): void {
  const rows = momentRows(points, h)
  for (let s = 0; s < out.length; s++) {
    out[s] = sumAt(rows, sites.x[s]! / h, sites.y[s]! / h)
    tellStep(control, s + 1, out.length)
  }
}

function momentRows(points: Required<PlanarPoints>, h: number): MomentRows {
  const n = points.x.length
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < n; i++) {
    west = Math.min(west, points.x[i]! / h)
    east = Math.max(east, points.x[i]! / h)
    south = Math.min(south, points.y[i]! / h)
    north = Math.max(north, points.y[i]! / h)
  }
  if (n === 0) [west, south, east, north] = [0, 0, 0, 0]
  const side = sideOf(n, east - west, north - south)
  const columns = Math.floor((east - west) / side) + 1
  const rows = Math.floor((north - south) / side) + 1
  const length = Math.max(1, Math.ceil(unitsOfChunk / side))
  const chunks = Math.ceil(columns / length)
  const home = new Uint32Array(n)
  const starts = new Uint32Array(columns * rows + 1)
  for (let i = 0; i < n; i++) {
    const row = Math.min(rows - 1, Math.floor((points.y[i]! / h - south) / side))
    const column = Math.min(columns - 1, Math.floor((points.x[i]! / h - west) / side))
    home[i] = row * columns + column
    starts[home[i]! + 1]!++
  }
  for (let b = 0; b < columns * rows; b++) starts[b + 1]! += starts[b]!
  const fill = starts.slice()
  const [x, y, weights] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  for (let i = 0; i < n; i++) {
    const at = fill[home[i]!]!++
    x[at] = points.x[i]! / h
    y[at] = points.y[i]! / h
    weights[at] = points.weights[i]!
  }
  const sums = new Float64Array(rows * chunks * (length + 1) * momentsOfBin)
  const made = { west, south, side, columns, rows, length, chunks, sums, starts, x, y, weights }
  for (let row = 0; row < rows; row++) for (let chunk = 0; chunk < chunks; chunk++) sumChunk(made, row, chunk)
  return made
}

/**
 * A row costs a site some 20 points along its rim: with m points in a disk, 2/side rows and 2.5 · side · m points on the rim cost
 * least at √(16/m). Bins are at most some times as many as points.
 */
function sideOf(n: number, width: number, height: number): number {
  const inDisk = (n * Math.PI) / Math.max(width * height, Math.PI)
  const fewest = Math.sqrt((width * height) / (4 * n + 64))
  return Math.max(Math.min(0.5, Math.sqrt(16 / Math.max(1, inDisk))), fewest, Math.max(width, height) / 4096)
}

function sumChunk(of: MomentRows, row: number, chunk: number): void {
  const { west, south, side, columns, length, chunks, sums, starts, x, y, weights } = of
  const middleX = west + (chunk + 0.5) * length * side
  const middleY = south + (row + 0.5) * side
  const last = Math.min(columns - chunk * length, length)
  let at = (row * chunks + chunk) * (length + 1) * momentsOfBin
  for (let k = 0; k < last; k++) {
    const bin = row * columns + chunk * length + k
    const next = at + momentsOfBin
    for (let m = 0; m < momentsOfBin; m++) sums[next + m] = sums[at + m]!
    for (let i = starts[bin]!; i < starts[bin + 1]!; i++) {
      const dx = x[i]! - middleX
      const dy = y[i]! - middleY
      const square = dx * dx + dy * dy
      const weight = weights[i]!
      sums[next]! += weight
      sums[next + 1]! += weight * dx
      sums[next + 2]! += weight * dy
      sums[next + 3]! += weight * dx * dx
      sums[next + 4]! += weight * dx * dy
      sums[next + 5]! += weight * dy * dy
      sums[next + 6]! += weight * dx * square
      sums[next + 7]! += weight * dy * square
      sums[next + 8]! += weight * square * square
    }
    at = next
  }
}

function sumAt(of: MomentRows, u: number, v: number): number {
  const { west, south, side, columns, rows, length, starts } = of
  let sum = 0
  const lastRow = Math.min(rows - 1, Math.floor((v + 1 - south) / side))
  for (let row = Math.max(0, Math.floor((v - 1 - south) / side)); row <= lastRow; row++) {
    const below = south + row * side - v
    const above = below + side
    const near = below > 0 ? below : above < 0 ? above : 0
    if (near * near >= 1) continue
    const touched = Math.sqrt(1 - near * near)
    const firstBin = Math.max(0, Math.floor((u - touched - west) / side))
    const endBin = Math.min(columns, Math.floor((u + touched - west) / side) + 1)
    if (firstBin >= endBin) continue
    const far = -below > above ? below : above
    // A hair's breadth narrower: what rounding might put across the rim is looked at.
    const inner = far * far < 1 ? Math.sqrt(1 - far * far) - 1e-9 : -1
    const firstInner = Math.max(firstBin, Math.ceil((u - inner - west) / side))
    const endInner = Math.min(endBin, Math.floor((u + inner - west) / side))
    const base = row * columns
    if (inner <= 0 || firstInner >= endInner) {
      sum += pointSum(of, starts[base + firstBin]!, starts[base + endBin]!, u, v)
      continue
    }
    sum += pointSum(of, starts[base + firstBin]!, starts[base + firstInner]!, u, v)
    sum += pointSum(of, starts[base + endInner]!, starts[base + endBin]!, u, v)
    const lastChunk = Math.floor((endInner - 1) / length)
    for (let chunk = Math.floor(firstInner / length); chunk <= lastChunk; chunk++) {
      const start = chunk * length
      sum += momentSum(
        of,
        row,
        chunk,
        Math.max(0, firstInner - start),
        Math.min(length, endInner - start),
        u,
        v,
      )
    }
  }
  return sum
}

function pointSum({ x, y, weights }: MomentRows, from: number, to: number, u: number, v: number): number {
  let sum = 0
  for (let i = from; i < to; i++) {
    const dx = x[i]! - u
    const dy = y[i]! - v
    const rest = 1 - dx * dx - dy * dy
    if (rest > 0) sum += weights[i]! * rest * rest
  }
  return sum
}

/**
 * Of the bins `from` to before `to` of a chunk: Σ w (1 − |s − e|²)² = Σ w (a + 2 s·e − |e|²)² with a = 1 − |s|², where s is the
 * site and e a point, both from the middle of the chunk.
 */
function momentSum(
  { west, south, side, length, chunks, sums }: MomentRows,
  row: number,
  chunk: number,
  from: number,
  to: number,
  u: number,
  v: number,
): number {
  const start = (row * chunks + chunk) * (length + 1)
  const low = (start + from) * momentsOfBin
  const high = (start + to) * momentsOfBin
  const one = sums[high]! - sums[low]!
  if (one === 0) return 0
  const sx = u - (west + (chunk + 0.5) * length * side)
  const sy = v - (south + (row + 0.5) * side)
  const a = 1 - sx * sx - sy * sy
  const xx = sums[high + 3]! - sums[low + 3]!
  const yy = sums[high + 5]! - sums[low + 5]!
  const along = sx * (sums[high + 1]! - sums[low + 1]!) + sy * (sums[high + 2]! - sums[low + 2]!)
  const cubic = sx * (sums[high + 6]! - sums[low + 6]!) + sy * (sums[high + 7]! - sums[low + 7]!)
  const square = sx * sx * xx + 2 * sx * sy * (sums[high + 4]! - sums[low + 4]!) + sy * sy * yy
  const sum =
    a * (a * one + 4 * along - 2 * (xx + yy)) + 4 * (square - cubic) + (sums[high + 8]! - sums[low + 8]!)
  return sum > 0 ? sum : 0
}
