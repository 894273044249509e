import type { AssessmentPolicy } from '../policy/assessment-policy.ts'
import type { MonthSheet } from './values.ts'

export interface QuarterPlace {
  readonly worker: string
  /** Mean of the months' scores. */
  readonly score: number
  /** Of equals each has the same place, and the next ones are skipped (1, 2, 2, 4). */
  readonly place: number
  readonly stars: number
  readonly reward: number
}

/** `2026-Q4` of `2026-10`. */
export const quarterOf = (month: string): string =>
  `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`

/**
 * The stars of a quarter, best first; none where the policy has no ranking. Workers without a score in any of the months have no place.
 * @param sheets of the quarter's months, any order
 */
export function rankQuarter(sheets: readonly MonthSheet[], { stars }: AssessmentPolicy): QuarterPlace[] {
  if (!stars) return []
  const scores = new Map<string, number[]>()
  for (const { worker, score } of sheets)
    if (score !== null) scores.set(worker, [...(scores.get(worker) ?? []), score])
  const means = [...scores].map(([worker, list]) => ({
    worker,
    score:
      Math.round((100 * list.toSorted((a, b) => a - b).reduce((sum, one) => sum + one, 0)) / list.length) /
      100,
  }))
  means.sort((a, b) => b.score - a.score || (a.worker < b.worker ? -1 : 1))
  return means.map(({ worker, score }) => {
    const place = 1 + means.filter((other) => other.score > score).length
    const band = stars.find(({ toPlace }) => place <= toPlace)
    return { worker, score, place, stars: band?.stars ?? 0, reward: band?.reward ?? 0 }
  })
}
