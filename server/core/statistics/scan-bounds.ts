/** What no cylinder of a block of circles can exceed: see scan-search. Made once, used for every simulation. */
import type { ScanLikelihood } from './scan-likelihood.ts'
import type { ScanZones } from './scan-zones.ts'

/** Circles around one centre that are judged together; those of centre i are the blocks `starts[i]` … `starts[i + 1] − 1`. */
export interface ScanBlocks {
  readonly starts: Uint32Array
  /** Where in the zones' members the block ends; it begins where the one before ends. */
  readonly ends: Uint32Array
  /** Share of all expected cases that falls into each period. */
  readonly shape: Float64Array
  /**
   * The block's smallest circle expects at least `scale · shape[t]` in period t. That much exactly where the periods have the same
   * shares everywhere, as in the permutation model and in Poisson's with a population that stays.
   */
  readonly scale: Float64Array
  /** Among how many steps from the least scale on the block's is; the last for a scale of 0. */
  readonly step: Uint16Array
  readonly leastScale: number
  readonly steps: number
}

/** Scales are told apart in so many steps to a doubling. */
const stepsPerDoubling = 16

/**
 * A block ends before its largest circle would expect half a standard deviation more in its longest window than its smallest:
 * then the bound is nearly as sharp as for a single circle.
 */
export function scanBlocks(
  zones: ScanZones,
  expected: Float64Array,
  periods: number,
  longestPeriods: number,
): ScanBlocks {
  const centres = zones.starts.length - 1
  const starts = new Uint32Array(centres + 1)
  const ends: number[] = []
  const scales: number[] = []
  const shape = shapeOf(expected, periods)
  const longest = largestWindow(shape, longestPeriods)
  const perArea = new Float64Array(expected.length / periods)
  expected.forEach((value, at) => {
    perArea[Math.floor(at / periods)]! += (value * longestPeriods) / periods
  })
  const sums = new Float64Array(periods)
  for (let centre = 0; centre < centres; centre++) {
    sums.fill(0)
    let end = zones.starts[centre]!
    const last = zones.starts[centre + 1]!
    for (let member = end; member < last; member++) {
      const area = zones.members[member]!
      for (let t = 0; t < periods; t++) sums[t]! += expected[area * periods + t]!
      if (member < end) continue
      const scale = scaleOf(sums, shape)
      const most = Math.sqrt(scale * longest) / 2
      let more = 0
      for (end = member + 1; end < last; end++) {
        more += perArea[zones.members[end]!]!
        if (more > most) break
      }
      ends.push(end)
      scales.push(scale)
    }
    starts[centre + 1] = ends.length
  }
  const [leastScale, largestScale] = positiveRange(scales)
  const steps = Math.floor(Math.log2(largestScale / leastScale) * stepsPerDoubling) + 1
  return {
    starts,
    ends: Uint32Array.from(ends),
    shape,
    scale: Float64Array.from(scales),
    step: Uint16Array.from(scales, (scale) =>
      scale > 0 ? Math.floor(Math.log2(scale / leastScale) * stepsPerDoubling) : steps,
    ),
    leastScale,
    steps,
  }
}

function shapeOf(expected: Float64Array, periods: number): Float64Array {
  const shape = new Float64Array(periods)
  expected.forEach((value, at) => {
    shape[at % periods]! += value
  })
  const total = shape.reduce((sum, value) => sum + value, 0)
  return total > 0 ? shape.map((value) => value / total) : shape
}

/** The largest number of which no share of the periods is more than what is expected there. */
function scaleOf(sums: Float64Array, shape: Float64Array): number {
  let scale = Number.POSITIVE_INFINITY
  for (let t = 0; t < sums.length; t++) if (shape[t]! > 0) scale = Math.min(scale, sums[t]! / shape[t]!)
  return scale === Number.POSITIVE_INFINITY ? 0 : scale
}

function largestWindow(shares: Float64Array, length: number): number {
  let most = 0
  for (let from = 0; from + length <= shares.length; from++) {
    let sum = 0
    for (let t = from; t < from + length; t++) sum += shares[t]!
    most = Math.max(most, sum)
  }
  return most
}

/** The least and the largest above 0. */
function positiveRange(values: readonly number[]): [least: number, largest: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, 0]
  for (const value of values)
    if (value > 0) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  return high > 0 ? [low, high] : [1, 1]
}

/** Lines intercept + slope · E below c*(E; level), one a step of the scale. */
export interface Chords {
  readonly intercept: Float64Array
  readonly slope: Float64Array
}

/** Chords are made for ratios in these steps, up to this many, when first needed. */
const levelStep = 0.25
const mostLevels = 120

/** The chords for a ratio: for the level at or below it, since what does not beat the lower does not beat the higher. */
export function chordsFor(
  { shape, leastScale, steps }: ScanBlocks,
  { limit }: ScanLikelihood,
  longestPeriods: number,
): (ratio: number) => Chords {
  const made: Chords[] = []
  const shortest = shape.reduce((least, share) => Math.min(least, share), Number.POSITIVE_INFINITY)
  const longest = largestWindow(shape, longestPeriods)
  return (ratio) => {
    const at = Math.min(mostLevels, Math.floor(ratio / levelStep))
    const known = made[at]
    if (known !== undefined) return known
    const slope = new Float64Array(steps + 1)
    const intercept = new Float64Array(steps + 1)
    for (let step = 0; step < steps; step++) {
      // All scales of the step, and half a step more to each side, so that rounding puts none outside.
      const from = leastScale * 2 ** ((step - 0.5) / stepsPerDoubling) * shortest
      const to = leastScale * 2 ** ((step + 1.5) / stepsPerDoubling) * longest
      const low = limit(from, at * levelStep)
      slope[step] = to > from ? (limit(to, at * levelStep) - low) / (to - from) : 0
      // Sums are rounded: a hair's breadth lower, so that what equals the bound is looked at.
      intercept[step] = low - slope[step]! * from - 1e-7 * (1 + to)
    }
    // Where nothing is expected nothing is bounded.
    intercept[steps] = Number.NEGATIVE_INFINITY
    made[at] = { intercept, slope }
    return made[at]
  }
}
