/**
 * Gi and Gi* take their p from the normal distribution, which holds where a neighbourhood has incidents enough. Of 20 incidents on 400
 * hexagons two that happen to lie in neighbours give z = 2.9 and a normal p of 0.004, though so near a pair is what chance alone shows
 * in most months. So a neighbourhood of counts is held against what chance does with single incidents as well: if each of N fell
 * anywhere by itself, the number in the neighbourhood would be binomial, N trials with the neighbourhood's share of the whole. Of the two p
 * the larger is corrected (`largerP`): a place must stand out from the others, and more (or less) must have happened there than an even
 * spread gives.
 */
import { twoSidedBinomialP } from './binomial-tail.ts'
import type { SpatialWeights } from './weights.ts'

export interface SpreadCounts {
  /** Incidents of each place, whole numbers. */
  readonly counts: ArrayLike<number>
  /** What an even spread is even over: ground, households; 1 a place where all are alike. */
  readonly base: ArrayLike<number>
}

/** Two-sided p of `count` of `total` incidents in a neighbourhood with `share` of the whole; 1 where that is on the other side than z. */
export function evenSpreadP(z: number, count: number, total: number, share: number): number {
  const isOnOneSide = z > 0 ? count > total * share : count < total * share
  return isOnOneSide ? twoSidedBinomialP(count, total, share) : 1
}

/** What is corrected for many tests: of each place the larger p. */
export const largerP = (p: readonly (number | null)[], even: readonly (number | null)[]): (number | null)[] =>
  p.map((one, i) => (one === null ? null : Math.max(one, even[i] ?? 1)))

/**
 * Two-sided p of each neighbourhood's incidents under an even spread, beside Gi* or Gi. With weights that leave the place itself out (Gi), so does everything else.
 * @param z `getisOrd` of what is measured by the counts, with the same weights, of which 0 is no neighbour
 * @returns `null` where z is
 * @throws RangeError when lists and weights differ in number or a count is no whole number from 0
 */
export function evenSpreadPs(
  z: readonly (number | null)[],
  { counts, base }: SpreadCounts,
  weights: SpatialWeights,
): (number | null)[] {
  const { size, starts, places, includesSelf } = weights
  if (z.length !== size || counts.length !== size || base.length !== size)
    throw new RangeError(`${z.length} z, ${counts.length} counts and ${base.length} bases for ${size} places`)
  let [total, whole] = [0, 0]
  for (let i = 0; i < size; i++) {
    total += counts[i]!
    whole += base[i]!
  }
  // Where all places are alike, p depends on how many incidents fell on how many places: there are few such pairs.
  const isFlat = includesSelf && isConstant(base)
  const known = new Map<number, number>()
  return z.map((value, i) => {
    if (value === null) return null
    let [count, part, entries] = [0, 0, 0]
    for (let e = starts[i]!; e < starts[i + 1]!; e++) {
      if (weights.weights[e] === 0) continue
      count += counts[places[e]!]!
      part += base[places[e]!]!
      entries++
    }
    const others = includesSelf ? total : total - counts[i]!
    const ground = includesSelf ? whole : whole - base[i]!
    const share = ground > 0 ? Math.min(1, part / ground) : 1
    if (!isFlat) return evenSpreadP(value, count, others, share)
    const key = (entries * (total + 1) + count) * 2 + (value > 0 ? 1 : 0)
    const p = known.get(key) ?? evenSpreadP(value, count, others, share)
    known.set(key, p)
    return p
  })
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false
  return true
}

/**
 * The same of Gi* in space and time (`spaceTimeGetisOrd`): an even spread over places and steps alike.
 * @param z place i at step t at index t · places + i
 */
export function evenSpreadPsInTime(
  z: readonly (number | null)[],
  steps: readonly ArrayLike<number>[],
  weights: SpatialWeights,
  stepsBack: number,
): (number | null)[] {
  const { size, starts, places } = weights
  let total = 0
  for (const counts of steps) for (let i = 0; i < size; i++) total += counts[i]!
  const around = steps.map((counts) =>
    Float64Array.from({ length: size }, (_, i) => {
      let sum = 0
      for (let e = starts[i]!; e < starts[i + 1]!; e++) sum += counts[places[e]!]!
      return sum
    }),
  )
  return z.map((value, at) => {
    if (value === null) return null
    const [i, t] = [at % size, Math.floor(at / size)]
    const from = Math.max(0, t - stepsBack)
    let count = 0
    for (let u = from; u <= t; u++) count += around[u]![i]!
    const part = (starts[i + 1]! - starts[i]!) * (t - from + 1)
    return evenSpreadP(value, count, total, part / (size * steps.length))
  })
}
