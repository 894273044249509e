/**
 * Seeded pseudo-random numbers: the same seed gives the same numbers on every machine, and a key beside the seed gives each
 * village a sequence of its own, so that a change in one village does not shuffle its neighbours.
 */

/** Draws a number in [0, 1). */
export type Random = () => number

/**
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2³². Enough to try plans, not for statistics of rare
 * events and not for secrets.
 * @param seed any number; its lowest 32 bits count
 */
export function mulberry32(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A sequence for one purpose: the seed, and words that name the purpose (FNV-1a over their UTF-16 units). */
export function randomFor(seed: number, ...words: readonly (string | number)[]): Random {
  let hash = 0x811c9dc5
  for (const unit of [seed, ...words].join('\u001f'))
    hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193)
  return mulberry32(hash)
}

/** A whole number in [0, below). */
export const drawBelow = (random: Random, below: number): number => Math.floor(random() * below)

/** Puts a list in a random order, in place (Fisher and Yates). */
export function shuffle(list: Int32Array, random: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = drawBelow(random, i + 1)
    const kept = list[i]!
    list[i] = list[j]!
    list[j] = kept
  }
}
