/** All visits of late, where a rule asks for more than one in a period. */
import type { AsOf, Visit } from '../../core/obligations/values.ts'
import type { ObligationPolicy, ObligationRule } from '../../core/policy/obligation-policy.ts'
import { addDays, localDayOf } from '../../core/trajectories/local-day.ts'
import type { AreaScope } from '../../db/areas.ts'
import { listVisitsBetween } from '../../db/coverage.ts'
import type { Scoped } from '../../db/scoped.ts'

/** Days [from, to). */
export interface Lately {
  readonly from: string
  readonly to: string
}

/** Two periods back and more: the one that runs, and the last that was kept if any was lately. */
export const lately = (per: ObligationRule['per'], { day }: Pick<AsOf, 'day'>): Lately => ({
  from: addDays(day, -{ day: 14, week: 21, month: 62, quarter: 184 }[per]),
  to: addDays(day, 1),
})

/** The visits of one household or place since `from`; of what came before, the caller knows the last. */
export interface SeveralVisits {
  readonly from: string
  readonly of: (town: string, id: string) => readonly Visit[]
}

const longest: readonly ObligationRule['per'][] = ['quarter', 'month', 'week', 'day']

/** @returns undefined where one visit in a period is all that is asked for */
export async function severalVisits(
  db: Scoped,
  area: AreaScope,
  { rules }: Pick<ObligationPolicy, 'rules'>,
  kind: 'household' | 'place',
  asOf: AsOf,
): Promise<SeveralVisits | undefined> {
  const asked = rules.filter((rule) => rule.kind === kind && rule.times > 1)
  const per = longest.find((one) => asked.some((rule) => rule.per === one))
  if (per === undefined) return undefined
  const days = lately(per, asOf)
  const visits = new Map<string, Visit[]>()
  const visitedDays = new Map<string, Set<string>>()
  const rows = await listVisitsBetween(db, area, kind, days)
  for (const { town_id, subject_id, visited_from, is_pass } of rows)
    if (!is_pass) {
      const key = `${town_id} ${subject_id}`
      visitedDays.set(key, (visitedDays.get(key) ?? new Set()).add(localDayOf(visited_from)))
    }
  for (const { town_id, subject_id, visited_from: from, visited_to, is_pass } of rows) {
    const key = `${town_id} ${subject_id}`
    // The trace of a visit is no second one.
    if (is_pass && visitedDays.get(key)?.has(localDayOf(from))) continue
    const visit: Visit = { from, to: visited_to ?? from, evidence: is_pass ? 'passed' : 'visited' }
    const known = visits.get(key)
    if (known) known.push(visit)
    else visits.set(key, [visit])
  }
  return { from: days.from, of: (town, id) => visits.get(`${town} ${id}`) ?? [] }
}
