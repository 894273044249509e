import type { DaySketch } from './sketch.ts'

/** Two sketches in which landmarks come in the same order at the same distances of time. */
export interface RepeatCandidate {
  /** Indices into the sketches: the later and the earlier. */
  readonly later: number
  readonly earlier: number
  /** Seconds of the day in the later one, and in the earlier one, of a landmark they have in common. */
  readonly second: number
  readonly earlierSecond: number
}

/** What everybody's days have in common tells nothing: of such a landmark only so many are looked at. */
const sharers = 256
/** Two landmarks agree when the time between the traces is the same but for this. */
const agreeSeconds = 20
/** So many landmarks must agree: two do by chance in one pair of days in sixty, three hardly ever. */
const least = 3
/** Of a pair the most likely times are compared. */
const shiftsTried = 3

export interface Repeats {
  readonly candidates: readonly RepeatCandidate[]
  /** Landmarks looked at: at most `sharers` a landmark. */
  readonly looked: number
}

/**
 * Pairs with at least three landmarks in common at the same distance of time: linear in the landmarks.
 * @param sketches sorted by day, then worker: earlier ones are what later ones may repeat; those of `day` are asked about
 * @param leastApart of one and the same sketch, landmarks this far apart are compared. Seconds.
 */
export function findRepeats(sketches: readonly DaySketch[], day: string, leastApart: number): Repeats {
  // Only what the day has is looked for: of the weeks before, most is passed over.
  const wanted = new Set<number>()
  for (const { day: of, landmarks } of sketches)
    if (of === day) for (let k = 0; k < landmarks.length; k += 2) wanted.add(landmarks[k]!)
  const places = new Map<number, number[]>()
  let looked = 0
  const candidates: RepeatCandidate[] = []
  for (const [later, sketch] of sketches.entries()) {
    if (sketch.day > day) break
    const { landmarks } = sketch
    const votes = new Map<number, [number, number][]>()
    for (let k = 0; k < landmarks.length; k += 2) {
      const hash = landmarks[k]!
      if (!wanted.has(hash)) continue
      const second = landmarks[k + 1]!
      const known = places.get(hash)
      if (sketch.day === day && known)
        for (let p = 0; p < known.length; p += 2) {
          const [earlier, earlierSecond] = [known[p]!, known[p + 1]!]
          looked++
          if (earlier === later && Math.abs(second - earlierSecond) < leastApart) continue
          const of = votes.get(earlier)
          if (of) of.push([second, earlierSecond])
          else votes.set(earlier, [[second, earlierSecond]])
        }
      if (!known) places.set(hash, [later, second])
      else if (known.length < 2 * sharers) known.push(later, second)
    }
    for (const [earlier, pairs] of votes)
      for (const [second, earlierSecond] of agreeing(pairs))
        candidates.push({ later, earlier, second, earlierSecond })
  }
  return { candidates, looked }
}

/** One landmark of each group large enough that agrees on the time between the traces; the largest groups first. */
function agreeing(pairs: [number, number][]): [number, number][] {
  if (pairs.length < least) return [] // most are
  const sorted = pairs.sort((a, b) => a[0] - a[1] - (b[0] - b[1]) || a[0] - b[0])
  const groups: [number, number][][] = []
  for (const pair of sorted) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group && last && pair[0] - pair[1] - (last[0] - last[1]) <= agreeSeconds / 2) group.push(pair)
    else groups.push([pair])
  }
  // The two lattices give the same landmark twice.
  const sizeOf = (group: [number, number][]): number => new Set(group.map(([second]) => second)).size
  return groups
    .filter((group) => sizeOf(group) >= least)
    .sort((a, b) => sizeOf(b) - sizeOf(a) || a[0]![0] - b[0]![0])
    .slice(0, shiftsTried)
    .map(mostOften)
}

/** The landmark in the middle of those with the shift that most have: of a copy it is exact, where a crossing of the lattice is rounded. */
function mostOften(group: readonly [number, number][]): [number, number] {
  let [best, length] = [0, 0]
  for (let from = 0, to = 0; from < group.length; from = to) {
    const shift = group[from]![0] - group[from]![1]
    while (to < group.length && group[to]![0] - group[to]![1] === shift) to++
    if (to - from > length) [best, length] = [from, to - from]
  }
  return group[best + (length >> 1)]!
}
