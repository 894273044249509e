/** Whether an incident passes the filter: for lists and points, whose service knows one category only. Pure. */
import type { Incident } from '../../../../server/contract/incidents.ts'
import { isIn } from '../charts/week-block.ts'
import type { IncidentFilter } from './filter.ts'

const shanghaiOffset = 8 * 3_600_000

/** The hour and the weekday (Monday is 1) of an instant in Asia/Shanghai. */
export function weekCellOf(instant: string): { readonly day: number; readonly hour: number } {
  const wall = new Date(Date.parse(instant) + shanghaiOffset)
  return { day: wall.getUTCDay() === 0 ? 7 : wall.getUTCDay(), hour: wall.getUTCHours() }
}

/** What the service calls the severity of those without one. */
export const noSeverity = 'none'

const passes = (list: readonly string[], one: string): boolean => list.length === 0 || list.includes(one)

export const matches = (
  incident: Pick<Incident, 'category' | 'severity' | 'status' | 'occurred_at'>,
  { categories, severities, statuses, week }: IncidentFilter,
): boolean =>
  passes(categories, incident.category) &&
  passes(severities, incident.severity ?? noSeverity) &&
  passes(statuses, incident.status) &&
  (week === null || isIn(weekCellOf(incident.occurred_at), week))
