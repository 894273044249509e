/** When live positions may be seen: the working hours of a place, by the clock of Asia/Shanghai. */
import { dayBounds, localDayOf } from '../trajectories/local-day.ts'
import type { PatrolPolicy } from './patrol-policy.ts'

export type LiveHours = Pick<PatrolPolicy, 'liveFromHour' | 'liveToHour'>

const hourMilliseconds = 3_600_000

/** Whether positions are shown at an instant, epoch milliseconds. */
export function isWithinLiveHours(
  { liveFromHour: from, liveToHour: to }: LiveHours,
  instant: number,
): boolean {
  if (from % 24 === to % 24) return true
  const hour = (instant - dayBounds(localDayOf(instant)).from) / hourMilliseconds
  return from < to ? from <= hour && hour < to : hour >= from || hour < to
}
