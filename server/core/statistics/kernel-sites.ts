/**
 * The sums of kernel density at any sites, in 1/m². None of them looks at all pairs: 200,000 incidents seen from 20,000 hexagons
 * with a wide kernel would be 10⁹ of them, at every change of a filter.
 *
 *     quartic    is a polynomial inside its disk (quartic-sums.ts)
 *     Gaussian   is two narrower ones after each other, G_σ(u − x) = ∫ G_s(u − v) G_s(v − x) dv with s = σ/√2, and the
 *                integral a sum over the nodes of a lattice: of what is smooth, the trapezoidal rule errs by e^{−π²σ²/2g²} only
 *
 * (Greengard L, Lee J-Y (2004) Accelerating the nonuniform fast Fourier transform. SIAM Review 46: 443–454, spread alike.)
 */
import type { DensityOptions } from './density-options.ts'
import { type Kernel, kernelAt } from './kernel.ts'
import { addOnRaster } from './kernel-sums.ts'
import type { PlanarPoints } from './planar.ts'
import { bucketPoints, visitNear } from './point-buckets.ts'
import { addQuarticSums } from './quartic-sums.ts'
import { tellStep } from './run-control.ts'

type Weighted = Required<PlanarPoints>
type Options = Pick<DensityOptions, 'bandwidthMetres' | 'cutoffBandwidths' | 'control'>

/** Writes for each site the sum of the points' kernels there; of a Gaussian at least those within `reach`. */
export function addAtSites(
  out: Float64Array,
  points: Weighted,
  sites: PlanarPoints,
  reach: number,
  { kernel, ...options }: Options & { readonly kernel: Kernel },
): void {
  if (kernel === 'quartic') addQuartics(out, points, sites, options)
  else if (options.cutoffBandwidths === undefined && isLatticeCheaper(points, sites, reach, options))
    addByLattice(out, points, sites, options)
  else addPairs(out, points, sites, reach, kernel, options)
}

function addPairs(
  out: Float64Array,
  points: Weighted,
  sites: PlanarPoints,
  reach: number,
  kernel: Kernel,
  { bandwidthMetres, control }: Options,
): void {
  const { x, y, weights } = points
  const at = kernelAt(kernel, bandwidthMetres)
  const buckets = bucketPoints(points, reach / 2)
  for (let s = 0; s < out.length; s++) {
    const [siteX, siteY] = [sites.x[s]!, sites.y[s]!]
    let sum = 0
    visitNear(buckets, siteX, siteY, reach, (i) => {
      const dx = x[i]! - siteX
      const dy = y[i]! - siteY
      const d2 = dx * dx + dy * dy
      if (d2 <= reach * reach) sum += weights[i]! * at(d2)
    })
    out[s] = sum
    tellStep(control, s + 1, out.length)
  }
}

function addQuartics(
  out: Float64Array,
  points: Weighted,
  sites: PlanarPoints,
  { bandwidthMetres: radius, control }: Options,
): void {
  addQuarticSums(out, points, sites, radius, control)
  const height = 3 / (Math.PI * radius * radius)
  for (let s = 0; s < out.length; s++) out[s]! *= height
}

/** g = 0.44 σ: four times e^{−π²/(2 · 0.44²)} is 3e-11 of each kernel. */
const latticeStep = 0.44
/** 11 nodes to each side reach 5 σ: what is left out is e^{−25} = 1e-11 of a kernel's peak. */
const latticeReach = 11
/** Nodes of a lattice at most: 128 MB. */
const mostNodes = 2 ** 24
/** A pair costs an exponential, a node of the lattice an addition. */
const pairInNodes = 10

function isLatticeCheaper(
  { x, y }: Weighted,
  sites: PlanarPoints,
  reach: number,
  { bandwidthMetres }: Options,
): boolean {
  const [width, height] = [extentOf(x), extentOf(y)]
  const near = Math.min(1, (Math.PI * reach * reach) / Math.max(width * height, reach * reach))
  const nodes = latticeOf(sites, bandwidthMetres).columns * latticeOf(sites, bandwidthMetres).rows
  const around = (2 * latticeReach + 1) ** 2
  const pairs = x.length * sites.x.length * near
  return nodes <= mostNodes && (x.length + sites.x.length) * around + nodes < pairs * pairInNodes
}

function addByLattice(
  out: Float64Array,
  points: Weighted,
  sites: PlanarPoints,
  { bandwidthMetres, control }: Options,
): void {
  const lattice = latticeOf(sites, bandwidthMetres)
  const { west, south, cellMetres, columns, rows } = lattice
  const narrow = bandwidthMetres / Math.SQRT2
  const spread = new Float64Array(columns * rows)
  const asked = control?.shouldStop
  addOnRaster(
    spread,
    points,
    lattice,
    latticeReach * cellMetres,
    { kernel: 'gaussian', bandwidthMetres: narrow, ...(asked && { control: { shouldStop: asked } }) },
    2,
  )
  const half = -0.5 / (narrow * narrow)
  const width = 2 * latticeReach + 1
  const across = new Float64Array(width)
  // The area of a node over the norm of the second kernel.
  const share = (cellMetres * cellMetres) / (2 * Math.PI * narrow * narrow)
  for (let s = 0; s < out.length; s++) {
    const x = sites.x[s]! - west
    const y = sites.y[s]! - south
    const firstColumn = Math.round(x / cellMetres - 0.5) - latticeReach
    const firstRow = Math.round(y / cellMetres - 0.5) - latticeReach
    for (let c = 0; c < width; c++)
      across[c] = Math.exp(half * ((firstColumn + c + 0.5) * cellMetres - x) ** 2)
    let sum = 0
    for (let r = firstRow; r < firstRow + width; r++) {
      let row = 0
      for (let c = 0, at = r * columns + firstColumn; c < width; c++, at++) row += spread[at]! * across[c]!
      sum += row * Math.exp(half * ((r + 0.5) * cellMetres - y) ** 2)
    }
    out[s] = sum * share
    tellStep(control, s + 1, out.length)
  }
}

/** As far as any site looks. */
function latticeOf(
  { x, y }: PlanarPoints,
  bandwidthMetres: number,
): { west: number; south: number; cellMetres: number; columns: number; rows: number } {
  const cellMetres = bandwidthMetres * latticeStep
  const margin = latticeReach + 2
  return {
    west: leastOf(x) - margin * cellMetres,
    south: leastOf(y) - margin * cellMetres,
    cellMetres,
    columns: Math.ceil(extentOf(x) / cellMetres) + 2 * margin,
    rows: Math.ceil(extentOf(y) / cellMetres) + 2 * margin,
  }
}

const leastOf = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Infinity)
const extentOf = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => Math.max(a, b), -Infinity) - leastOf(values)
