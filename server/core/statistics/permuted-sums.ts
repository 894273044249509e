/** Sums of values drawn without replacement: what a place's neighbours would add up to if place meant nothing. */
import { seededRandom } from './monte-carlo.ts'

/** R samples of indices, each index at most once a sample. */
export interface Draws {
  readonly indices: Uint32Array
  readonly permutations: number
  /** Indices a sample; who needs fewer takes the first of them. */
  readonly width: number
}

/** Samples of `width` indices below `below`: the first steps of Fisher and Yates. */
export function drawIndices(below: number, width: number, permutations: number, seed: number): Draws {
  const random = seededRandom(seed)
  const indices = new Uint32Array(permutations * width)
  const urn = Uint32Array.from({ length: below }, (_, i) => i)
  for (let r = 0, at = 0; r < permutations; r++) {
    // The urn is not put back in order: a sample is as random from any order.
    for (let c = 0; c < width; c++) {
      const other = c + Math.floor(random() * (below - c))
      const drawn = urn[other]!
      urn[other] = urn[c]!
      urn[c] = drawn
      indices[at++] = drawn
    }
  }
  return { indices, permutations, width }
}

/** Writes the sum of the first `count` values of each sample. */
export function sumSamples(
  values: Float64Array,
  { indices, permutations, width }: Draws,
  count: number,
  sums: Float64Array,
): void {
  for (let r = 0, start = 0; r < permutations; r++, start += width) {
    let sum = 0
    for (let at = start; at < start + count; at++) sum += values[indices[at]!]!
    sums[r] = sum
  }
}

/** Writes Σ row[c] · value of each sample. */
export function sumWeightedSamples(
  values: Float64Array,
  { indices, permutations, width }: Draws,
  row: Float64Array,
  sums: Float64Array,
): void {
  for (let r = 0, start = 0; r < permutations; r++, start += width) {
    let sum = 0
    for (let c = 0; c < row.length; c++) sum += row[c]! * values[indices[start + c]!]!
    sums[r] = sum
  }
}

/**
 * Two-sided p of an observed sum among `sums`, 2 (min(r₊, r₋) + 1)/(R + 1), at most 1: r₊ are at least as large, r₋ at most.
 * What is not farther apart than `rounding` is the same.
 * @param ascending whether the sums are sorted, which saves looking at each
 */
export function twoSidedRankP(
  sums: Float64Array,
  observed: number,
  rounding: number,
  ascending: boolean,
): number {
  const [low, high] = [observed - rounding, observed + rounding]
  let below = 0
  let notAbove = 0
  if (ascending) {
    below = lowerBound(sums, low)
    notAbove = upperBound(sums, high)
  } else
    for (let r = 0; r < sums.length; r++) {
      if (sums[r]! < low) below++
      if (sums[r]! <= high) notAbove++
    }
  return Math.min(1, (2 * (Math.min(sums.length - below, notAbove) + 1)) / (sums.length + 1))
}

/** How many of the ascending values are below `value`. */
export function lowerBound(sorted: Float64Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

/** How many of the ascending values are at most `value`. */
function upperBound(sorted: Float64Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle]! <= value) from = middle + 1
    else to = middle
  }
  return from
}
