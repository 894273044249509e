import { mulberry32 } from '../planning/random.ts'
import { deviationsOf } from './local-moran.ts'
import { type RunControl, tellStep } from './run-control.ts'
import type { SpatialWeights } from './weights.ts'

export interface PermutationOptions extends RunControl {
  /** R, at least 1; the smallest p that can be found is 2/(R + 1). */
  readonly permutations?: number
  /** The same seed, values and weights give the same p. */
  readonly seed?: number
}

/**
 * Local Moran's p by conditional permutation: the place keeps its value, its neighbours' values are drawn from those of all
 * other places, each at most once (without replacement), R times. Two-sided: with r₊ draws of at least the observed I and
 * r₋ of at most, p = min(1, 2 (min(r₊, r₋) + 1)/(R + 1)); so p is never 0, and ties count on both sides. spdep and esda print
 * the folded one-sided (min + 1)/(R + 1), half of it.
 *
 * All places share the R draws, as ranks among the sorted values. That makes p a function of the place's value, its
 * neighbours' and the set of all values alone: the order of the places does not show. Each p by itself is as good as with draws of
 * its own; the Monte Carlo errors of two places are not independent. `null` where the statistic is undefined, as
 * `localMoran` says.
 * @throws RunStopped when told to stop
 * @throws RangeError as `localMoran`, or for a number of permutations that is none
 */
export function localMoranPermutation(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  { permutations = 999, seed = 0, ...control }: PermutationOptions = {},
): (number | null)[] {
  if (!(Number.isInteger(permutations) && permutations >= 1))
    throw new RangeError(`no number of permutations: ${permutations}`)
  const { n, z, lags, flat } = deviationsOf(values, weights)
  const sorted = Float64Array.from(z).sort()
  const rows = readRows(weights)
  const draws = drawRanks(n - 1, rows.longest, permutations, seed)
  const scratch = new Float64Array(rows.longest)
  const pOf = (i: number): number | null => {
    const own = z[i]!
    const entries = rows.entries[i]!
    if (entries === 0 || Math.abs(own) <= flat || (rows.uniform[i] && entries === n - 1)) return null
    const rank = lowerBound(sorted, own)
    // The least and the largest of the others.
    if (sorted[rank === 0 ? 1 : 0] === sorted[rank === n - 1 ? n - 2 : n - 1]) return null
    // Ranks run over n − 1 values: the largest stands in for the own one, at the first rank of its equals.
    sorted[rank] = sorted[n - 1]!
    const [above, ties] = rows.uniform[i]
      ? tailsOfSums(sorted, draws, entries, lags[i]! / rows.weight[i]!, flat * entries)
      : tailsOfProducts(sorted, draws, descending(weights, i, scratch), lags[i]!, flat)
    sorted[rank] = own
    const fewer = Math.min(above, permutations - above - ties) + ties
    return Math.min(1, (2 * (fewer + 1)) / (permutations + 1))
  }
  return Array.from(z, (_, i) => {
    const p = pOf(i)
    tellStep(control, i + 1, n)
    return p
  })
}

interface Draws {
  readonly ranks: Uint32Array
  readonly permutations: number
  /** Ranks a permutation; a place with fewer neighbours takes the first of them. */
  readonly width: number
}

/** R samples of `width` ranks below `below`, each rank at most once a sample (the first steps of Fisher and Yates). */
function drawRanks(below: number, width: number, permutations: number, seed: number): Draws {
  const random = mulberry32(seed)
  const ranks = new Uint32Array(permutations * width)
  const urn = Uint32Array.from({ length: Math.max(0, below) }, (_, i) => i)
  for (let r = 0, at = 0; r < permutations; r++) {
    // The urn is not put back in order: a sample is as random from any order.
    for (let c = 0; c < width; c++) {
      const other = c + Math.floor(random() * (below - c))
      const drawn = urn[other]!
      urn[other] = urn[c]!
      urn[c] = drawn
      ranks[at++] = drawn
    }
  }
  return { ranks, permutations, width }
}

/** How many draws sum to more than was observed, and how many to the same but for rounding. */
function tailsOfSums(
  sorted: Float64Array,
  { ranks, permutations, width }: Draws,
  entries: number,
  observed: number,
  rounding: number,
): [above: number, ties: number] {
  const [low, high] = [observed - rounding, observed + rounding]
  let above = 0
  let notBelow = 0
  for (let r = 0, start = 0; r < permutations; r++, start += width) {
    let sum = 0
    for (let at = start; at < start + entries; at++) sum += sorted[ranks[at]!]!
    if (sum > high) above++
    if (sum >= low) notBelow++
  }
  return [above, notBelow - above]
}

function tailsOfProducts(
  sorted: Float64Array,
  { ranks, permutations, width }: Draws,
  row: Float64Array,
  observed: number,
  roundingOfOne: number,
): [above: number, ties: number] {
  const rounding = row.reduce((sum, weight) => sum + Math.abs(weight), 0) * roundingOfOne
  const [low, high] = [observed - rounding, observed + rounding]
  let above = 0
  let notBelow = 0
  for (let r = 0, start = 0; r < permutations; r++, start += width) {
    let sum = 0
    for (let c = 0; c < row.length; c++) sum += row[c]! * sorted[ranks[start + c]!]!
    if (sum > high) above++
    if (sum >= low) notBelow++
  }
  return [above, notBelow - above]
}

interface Rows {
  /** Entries that weigh something, of each row and of the longest. */
  readonly entries: Uint32Array
  readonly longest: number
  /** 1 where they all weigh `weight`. */
  readonly uniform: Uint8Array
  readonly weight: Float64Array
}

function readRows({ size, starts, weights }: SpatialWeights): Rows {
  const entries = new Uint32Array(size)
  const uniform = new Uint8Array(size).fill(1)
  const weight = new Float64Array(size)
  let longest = 0
  for (let i = 0; i < size; i++) {
    for (let e = starts[i]!; e < starts[i + 1]!; e++) {
      if (weights[e] === 0) continue
      if (entries[i]!++ === 0) weight[i] = weights[e]!
      else if (weights[e] !== weight[i]) uniform[i] = 0
    }
    longest = Math.max(longest, entries[i]!)
  }
  return { entries, longest, uniform, weight }
}

/** A row's weights, heaviest first, so that which draw meets which weight does not depend on the places' order. */
function descending({ starts, weights }: SpatialWeights, i: number, scratch: Float64Array): Float64Array {
  let entries = 0
  for (let e = starts[i]!; e < starts[i + 1]!; e++) if (weights[e] !== 0) scratch[entries++] = weights[e]!
  return scratch.subarray(0, entries).sort().reverse()
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
