/**
 * Bandwidths that can be defended, each by its name, so that a screen can show all of them beside the one in use. For densities
 * in the plane with a Gaussian kernel; the radius of the quartic that smooths as much is given with each.
 */
import { QUARTIC_PER_GAUSSIAN } from './kernel.ts'
import type { PlanarPoints } from './planar.ts'
import { type RunControl, tellStep } from './run-control.ts'

/**
 * `scott`: σ̂ n^{−1/6}, σ̂ the geometric mean of the standard deviations along both axes (Scott 1992 §6.3.1.2; spatstat's
 * `bw.scott(isotropic = TRUE)`). In two dimensions Silverman's factor (4/(d + 2))^{1/(d + 4)} is 1, so his rule is the same.
 * `silverman`: with min(σ̂, interquartile range / 1.349) along each axis, which a few far points do not widen (Silverman 1986 §3.4.2).
 * `likelihood`: the candidate with the largest Σ log λ₋ᵢ(xᵢ) (Loader 1999 §5.3; spatstat's `bw.ppl(shortcut = TRUE, edge = FALSE)`).
 * `least_squares`: the candidate with the least ∫ f̂² − 2/n Σ f̂₋ᵢ(xᵢ) (Rudemo 1982, Bowman 1984).
 */
export type BandwidthMethod = 'scott' | 'silverman' | 'likelihood' | 'least_squares'

export interface BandwidthChoice {
  readonly method: BandwidthMethod
  /** σ of the Gaussian and the radius of the equally smooth quartic; null where it is undefined (fewer than two places). */
  readonly gaussianMetres: number | null
  readonly quarticMetres: number | null
  /** What cross-validation compared, in the order of σ; empty for the rules of thumb. */
  readonly candidates: readonly { readonly gaussianMetres: number; readonly score: number }[]
  /** The best candidate is the first or last: the criterion has its best outside, as it does when places repeat exactly. */
  readonly atEnd: boolean
  /** Points that were used: cross-validation of many points takes a sample, and scales by (m/n)^{1/6}. */
  readonly pointsUsed: number
}

export interface BandwidthOptions {
  /** Candidates for σ, ascending; by default 24 in geometric steps from a tenth of Scott's to twice Scott's. */
  readonly candidatesMetres?: readonly number[]
  /** Cross-validation uses at most as many points; 1,000 by default: all their pairs are looked at. */
  readonly sampleSize?: number
  readonly control?: RunControl
}

/** All choices for these points, in the order of {@link BandwidthMethod}; weights play no part. */
export function bandwidthChoices(points: PlanarPoints, options: BandwidthOptions = {}): BandwidthChoice[] {
  const scott = ruleOfThumb(points, deviation)
  const n = points.x.length
  const plain = (method: BandwidthMethod, sigma: number | null): BandwidthChoice => ({
    method,
    ...metres(sigma),
    candidates: [],
    atEnd: false,
    pointsUsed: n,
  })
  const silverman = ruleOfThumb(points, (values) => {
    const narrow = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349
    return narrow > 0 ? Math.min(narrow, deviation(values)) : deviation(values)
  })
  const rules = [plain('scott', scott), plain('silverman', silverman)]
  if (scott === null) return [...rules, plain('likelihood', null), plain('least_squares', null)]
  const sample = sampleOf(points, options.sampleSize ?? 1000)
  // A bandwidth for m points is as good as one (m/n)^{1/6} times as wide for n.
  const scale = (sample.x.length / n) ** (1 / 6)
  const wanted = options.candidatesMetres ?? geometricSteps(scott / 10, scott * 2, 24)
  const scores = crossValidate(
    sample,
    wanted.map((sigma) => sigma / scale),
    options.control,
  )
  const choose = (method: 'likelihood' | 'least_squares'): BandwidthChoice => {
    const list = scores[method]
    const best = list.indexOf(method === 'likelihood' ? Math.max(...list) : Math.min(...list))
    return {
      method,
      ...metres(wanted[best]!),
      candidates: wanted.map((gaussianMetres, k) => ({ gaussianMetres, score: list[k]! })),
      atEnd: best === 0 || best === list.length - 1,
      pointsUsed: sample.x.length,
    }
  }
  return [...rules, choose('likelihood'), choose('least_squares')]
}

const metres = (sigma: number | null): Pick<BandwidthChoice, 'gaussianMetres' | 'quarticMetres'> => ({
  gaussianMetres: sigma,
  quarticMetres: sigma === null ? null : sigma * QUARTIC_PER_GAUSSIAN,
})

function ruleOfThumb({ x, y }: PlanarPoints, spread: (values: Float64Array) => number): number | null {
  const n = x.length
  if (n < 2) return null
  const sigma = Math.sqrt(spread(x) * spread(y)) * n ** (-1 / 6)
  return sigma > 0 ? sigma : null
}

/** Standard deviation, divisor n − 1; summed in ascending order, so that the order given does not show. */
function deviation(values: Float64Array): number {
  const sorted = values.toSorted()
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  return Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sorted.length - 1))
}

/** R's default quantile (type 7). */
function quantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted()
  const at = (sorted.length - 1) * share
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!)
}

const geometricSteps = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, k) => from * (to / from) ** (k / (steps - 1)))

/** Every n/size-th point from west to east, so that neither order nor chance chooses. */
function sampleOf({ x, y }: PlanarPoints, size: number): PlanarPoints {
  const order = Uint32Array.from(x.keys()).sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!)
  const taken =
    order.length <= size
      ? order
      : Uint32Array.from({ length: size }, (_, k) => order[Math.floor(((k + 0.5) * order.length) / size)]!)
  return { x: Float64Array.from(taken, (i) => x[i]!), y: Float64Array.from(taken, (i) => y[i]!) }
}

/** Both criteria for each σ, from all pairs: a far nearest neighbour decides the likelihood, so no pair is too far to count. */
function crossValidate(
  { x, y }: PlanarPoints,
  sigmas: readonly number[],
  control: RunControl | undefined,
): { likelihood: number[]; least_squares: number[] } {
  const n = x.length
  const result = { likelihood: [] as number[], least_squares: [] as number[] }
  const others = new Float64Array(n)
  for (const sigma of sigmas) {
    others.fill(0)
    const quarterOver = -1 / (4 * sigma * sigma)
    let smooth = 0
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) {
        const dx = x[i]! - x[j]!
        const dy = y[i]! - y[j]!
        const root = Math.exp(quarterOver * (dx * dx + dy * dy))
        smooth += root
        others[i]! += root * root
        others[j]! += root * root
      }
    const peak = 1 / (2 * Math.PI * sigma * sigma)
    const ownSum = others.reduce((sum, value) => sum + value, 0) * peak
    result.likelihood.push(others.reduce((sum, value) => sum + Math.log(value * peak), 0))
    // ∫ f̂²: the convolution of two Gaussians is one of √2 σ; each pair counts twice, each point once with itself.
    const square = ((2 * smooth + n) * peak) / 2 / (n * n)
    result.least_squares.push(square - (2 * ownSum) / (n * (n - 1)))
    tellStep(control, result.likelihood.length, sigmas.length)
  }
  return result
}
