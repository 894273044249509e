/**
 * Kernel density of incidents in the plane, in incidents per km²: a figure of the ground, the same at every zoom.
 *
 *     λ(u) = Σ wᵢ k(|u − xᵢ|)    Gaussian k = e^{−d²/2σ²} / 2πσ²    quartic k = 3/πh² (1 − d²/h²)² for d ≤ h
 *
 * Silverman B W (1986) Density Estimation, §4.2; edge corrections at the study area's boundary, with e(u) the mass of a kernel
 * at u that falls inside:
 *
 *     none      as above: what is spread over the boundary is lost
 *     uniform   λ(u) / e(u)           Diggle (1985), spatstat's `edge = TRUE`: unbiased where the true density is uniform
 *     diggle    Σ wᵢ k / e(xᵢ)        Jones (1993), spatstat's `diggle = TRUE`: integrates to the number of incidents
 */
import type { DensityOptions, Raster } from './density-options.ts'
import { kernelMass } from './kernel-mass.ts'
import { addAtSites } from './kernel-sites.ts'
import { addOnRaster } from './kernel-sums.ts'
import { insideTest, type PlanarPoints } from './planar.ts'

export interface Density {
  /** NaN at sites outside the study area. */
  readonly perSquareKm: Float64Array
  /** Incidents that count, their weights added up, and the number of those outside the study area. */
  readonly counted: number
  readonly outside: number
}

/**
 * Density at any sites, e.g. the centres of hexagons. The order of the points does not show in a bit of it.
 * @param divisors `siteDivisors` of the same sites and options, made before: most of the work where the outline is long
 * @throws RangeError for a bandwidth that is not positive, a coordinate or weight that is no number, a correction without area
 */
export function densityAtSites(
  points: PlanarPoints,
  sites: PlanarPoints,
  options: DensityOptions,
  divisors?: Float64Array,
): Density {
  const spread = prepare(points, options)
  const perSquareKm = new Float64Array(sites.x.length)
  addAtSites(perSquareKm, spread.points, sites, spread.reach, options)
  return finish(perSquareKm, spread, divisors ?? siteDivisors(sites, options))
}

/** What the sum at each site is divided by: 1, or the kernel's mass inside where the edge is corrected so; NaN outside the area. */
export function siteDivisors(
  sites: PlanarPoints,
  { kernel, bandwidthMetres, edge = 'none', within }: DensityOptions,
): Float64Array {
  if (within === undefined) return new Float64Array(sites.x.length).fill(1)
  const isIn = insideTest(within)
  const mass = edge === 'uniform' ? kernelMass(within, kernel, bandwidthMetres) : (): number => 1
  return Float64Array.from(sites.x, (x, i) => (isIn(x, sites.y[i]!) ? mass(x, sites.y[i]!) : Number.NaN))
}

/** Density at the centres of a raster's cells, exact as at any site; a Gaussian on a raster is a product, which is why it is fast. */
export function densityOnRaster(points: PlanarPoints, raster: Raster, options: DensityOptions): Density {
  const spread = prepare(points, options)
  const perSquareKm = new Float64Array(raster.columns * raster.rows)
  addOnRaster(perSquareKm, spread.points, raster, spread.reach, options)
  return finish(perSquareKm, spread, siteDivisors(rasterCentres(raster), options))
}

/** The centres of a raster's cells, in the order of its values. */
export const rasterCentres = ({ west, south, cellMetres, columns, rows }: Raster): PlanarPoints => ({
  x: Float64Array.from({ length: columns * rows }, (_, i) => west + ((i % columns) + 0.5) * cellMetres),
  y: Float64Array.from(
    { length: columns * rows },
    (_, i) => south + (Math.floor(i / columns) + 0.5) * cellMetres,
  ),
})

/**
 * Dual kernel: incidents per 1,000 households from two densities at the same sites. `null` where households are fewer than
 * `leastPerSquareKm`: a rate over almost nobody says nothing.
 */
export function perThousand(
  incidentsPerSquareKm: Float64Array,
  householdsPerSquareKm: Float64Array,
  leastPerSquareKm: number,
): (number | null)[] {
  return Array.from(incidentsPerSquareKm, (incidents, i) => {
    const households = householdsPerSquareKm[i]!
    return households > 0 && households >= leastPerSquareKm && !Number.isNaN(incidents)
      ? (1000 * incidents) / households
      : null
  })
}

interface Spread {
  readonly points: Required<PlanarPoints>
  readonly reach: number
  readonly counted: number
  readonly outside: number
}

/** Checks, sorts (so that sums do not depend on the order given), leaves out what is outside, weighs by Diggle's correction. */
function prepare(points: PlanarPoints, options: DensityOptions): Spread {
  const { kernel, bandwidthMetres, edge = 'none', within, cutoffBandwidths = 8 } = options
  const { x, y, weights } = points
  if (!(bandwidthMetres > 0 && Number.isFinite(bandwidthMetres)))
    throw new RangeError(`a bandwidth of ${bandwidthMetres} m is none`)
  if (edge !== 'none' && within === undefined)
    throw new RangeError(`edge correction ${edge} needs a study area`)
  for (let i = 0; i < x.length; i++)
    if (!Number.isFinite(x[i]! + y[i]! + (weights?.[i] ?? 1))) throw new RangeError(`point ${i} is no point`)
  const isIn = within === undefined ? () => true : insideTest(within)
  const kept = fromWestToEast(points, (i) => isIn(x[i]!, y[i]!))
  const n = kept.length
  const sorted = { x: new Float64Array(n), y: new Float64Array(n), weights: new Float64Array(n).fill(1) }
  for (let k = 0; k < n; k++) {
    const i = kept[k]!
    sorted.x[k] = x[i]!
    sorted.y[k] = y[i]!
    if (weights) sorted.weights[k] = weights[i]!
  }
  const counted = sorted.weights.reduce((sum, weight) => sum + weight, 0)
  if (edge === 'diggle') {
    const mass = kernelMass(within!, kernel, bandwidthMetres)
    for (let i = 0; i < kept.length; i++) sorted.weights[i]! /= mass(sorted.x[i]!, sorted.y[i]!)
  }
  const reach = kernel === 'gaussian' ? bandwidthMetres * cutoffBandwidths : bandwidthMetres
  return { points: sorted, reach, counted, outside: x.length - kept.length }
}

/**
 * The numbers of points by x, then y, then weight: dealt out to strips of a few points each, and sorted there, which is ten times
 * as fast as sorting 200,000 numbers of points by what they stand for.
 */
function fromWestToEast({ x, y, weights }: PlanarPoints, isTaken: (i: number) => boolean): Uint32Array {
  const all = new Uint32Array(x.length)
  let n = 0
  for (let i = 0; i < x.length; i++) if (isTaken(i)) all[n++] = i
  const taken = all.subarray(0, n)
  let [west, east] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const i of taken) {
    west = Math.min(west, x[i]!)
    east = Math.max(east, x[i]!)
  }
  const perMetre = east > west ? (n - 1) / (east - west) : 0
  const starts = new Uint32Array(n + 1)
  for (const i of taken) starts[Math.floor((x[i]! - west) * perMetre) + 1]!++
  for (let strip = 0; strip < n; strip++) starts[strip + 1]! += starts[strip]!
  const fill = starts.slice()
  const order = new Uint32Array(n)
  for (const i of taken) order[fill[Math.floor((x[i]! - west) * perMetre)]!++] = i
  for (let strip = 0; strip < n; strip++)
    if (starts[strip + 1]! - starts[strip]! > 1)
      order
        .subarray(starts[strip], starts[strip + 1])
        .sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]! || (weights?.[a] ?? 1) - (weights?.[b] ?? 1))
  return order
}

/** From 1/m² to 1/km². */
function finish(density: Float64Array, { counted, outside }: Spread, divisors: Float64Array): Density {
  for (let i = 0; i < density.length; i++) density[i] = (density[i]! * 1e6) / divisors[i]!
  return { perSquareKm: density, counted, outside }
}
