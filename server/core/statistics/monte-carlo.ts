/** Significance by simulation: seeded random numbers good enough for tails, and p from ranks. */
import type { Random } from '../planning/random.ts'

/**
 * sfc32 (Chris Doty-Humphrey, PractRand, public domain): 128 bits of state, passes PractRand and TestU01, so that the some 10⁸
 * numbers of a scan with 999 replications are far from its period. The same seed gives the same numbers on every machine.
 * @param seed any whole number up to 2⁵³; all of its bits count
 */
export function seededRandom(seed: number): Random {
  let a = seed | 0
  let b = Math.floor(seed / 2 ** 32) | 0
  let c = 0x9e3779b9 | 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // As in the author's code, twelve steps mix the seed through the state.
  for (let i = 0; i < 12; i++) next()
  return next
}

/**
 * Monte Carlo p: (1 + simulations at least as extreme) / (1 + simulations); never 0, exact for any number of simulations.
 * Barnard G A (1963), J R Stat Soc B 25: 294; Hope A C A (1968), J R Stat Soc B 30: 582–598.
 */
export const rankP = (asExtreme: number, replications: number): number => (1 + asExtreme) / (1 + replications)

/** Puts a list in a random order, in place (Fisher and Yates). */
export function shuffleInPlace(list: Float64Array | Int32Array, random: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = list[i]!
    list[i] = list[j]!
    list[j] = kept
  }
}

/**
 * Draws an index with a probability in proportion to its weight, in constant time (Walker's aliases, built as Vose does:
 * IEEE Trans. Software Eng. 17 (1991): 972–975). Built from weights in a fixed order, so the same seed draws the same indices.
 * @throws RangeError when a weight is negative or no number, or all are 0
 */
export function aliasSampler(weights: ArrayLike<number>): (random: Random) => number {
  const n = weights.length
  let total = 0
  for (let i = 0; i < n; i++) {
    if (!(weights[i]! >= 0 && Number.isFinite(weights[i]))) throw new RangeError(`weight ${i} is no weight`)
    total += weights[i]!
  }
  if (!(total > 0)) throw new RangeError('all weights are 0')
  const keep = Float64Array.from(weights, (weight) => (weight * n) / total)
  const alias = Int32Array.from(keep.keys())
  const small: number[] = []
  const large: number[] = []
  keep.forEach((share, i) => (share < 1 ? small : large).push(i))
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!
    const more = large.at(-1)!
    alias[less] = more
    keep[more] = keep[more]! + keep[less]! - 1
    if (keep[more] < 1) small.push(large.pop()!)
  }
  // What is left stands at 1 but for rounding. A weight of 0 is never left: it is small as long as any other is large.
  for (const i of [...small, ...large]) if (weights[i]! > 0) keep[i] = 1
  return (random) => {
    const at = random() * n
    const i = Math.floor(at)
    return random() < keep[i]! ? i : alias[i]!
  }
}
