import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import { type DaySketch, meetingSeconds } from './sketch.ts'

/** In a crowd each is compared with so many of the others: thirty phones in a bag hang together all the same. */
const companions = 8

export interface Meetings {
  /** Pairs of indices into the sketches, the lower first, sorted: worth comparing. */
  readonly pairs: readonly (readonly [number, number])[]
  /** Members of cells looked at: what the search costs, at most 9 · `companions` a moment on the move. */
  readonly looked: number
}

/**
 * Pairs of workers of one day that were often on the move in the same or a neighbouring cell at the same moment. Linear in the
 * moments, whatever the crowd.
 * @param sketches of one day, sorted by worker
 */
export function findMeetings(sketches: readonly DaySketch[], policy: EvidencePolicy): Meetings {
  const cells = new Map<number, number[]>()
  for (const [i, { meetings }] of sketches.entries())
    for (let k = 0; k < meetings.length; k += 3) {
      const key = keyOf(meetings[k]!, meetings[k + 1]!, meetings[k + 2]!)
      const members = cells.get(key)
      if (members) members.push(i)
      else cells.set(key, [i])
    }
  const counts = new Map<number, number>()
  let looked = 0
  for (const [i, { meetings }] of sketches.entries())
    for (let k = 0; k < meetings.length; k += 3) {
      const near: number[] = []
      for (let row = -1; row <= 1; row++)
        for (let column = -1; column <= 1; column++) {
          const members = cells.get(keyOf(meetings[k]!, meetings[k + 1]! + row, meetings[k + 2]! + column))
          if (!members) continue
          const from = firstAbove(members, i)
          for (let m = from; m < Math.min(members.length, from + companions); m++) near.push(members[m]!)
          looked += Math.min(members.length - from, companions)
        }
      for (const j of near.sort((a, b) => a - b).slice(0, companions)) {
        const pair = i * sketches.length + j
        counts.set(pair, (counts.get(pair) ?? 0) + 1)
      }
    }
  // Half of what they must have: the moments are few, and error moves some out of reach.
  const least = Math.max(1, policy.togetherSeconds / meetingSeconds / 2)
  const pairs = [...counts]
    .filter(([, count]) => count >= least)
    .map(([pair]) => pair)
    .sort((a, b) => a - b)
    .map((pair) => [Math.floor(pair / sketches.length), pair % sketches.length] as const)
  return { pairs, looked }
}

/** Rows and columns of ±2¹⁸: cells of 0.0004° and more. */
const keyOf = (moment: number, row: number, column: number): number =>
  (moment * 2 ** 19 + row + 2 ** 18) * 2 ** 19 + column + 2 ** 18

/** Index of the first member above a value in a rising list. */
function firstAbove(members: readonly number[], value: number): number {
  let low = 0
  let high = members.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (members[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
