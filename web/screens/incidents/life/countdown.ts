/** How much working time is left, in words; pure. */
import type { DeadlineAnswer } from '../../../../server/contract/incident-life.ts'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { text } from './text.ts'

/** Days from one working day on, hours below: “还有 2.3 个工作日”, “逾期 4.5 个工作小时”, “逾期 210 个工作日”; without any left, its state. */
export function countdown(
  { working_minutes_left: left, status }: Pick<DeadlineAnswer, 'working_minutes_left' | 'status'>,
  dayMinutes: number,
  say: Say,
): string {
  if (left === null || left === 0) return say(text.deadlineStates[status])
  const minutes = Math.abs(left)
  const isOver = status === 'overdue'
  if (minutes < dayMinutes)
    return say(isOver ? text.overHours : text.leftHours, { n: formatNumber(minutes / 60, 1) })
  const days = minutes / dayMinutes
  return say(isOver ? text.overDays : text.leftDays, { n: formatNumber(days, days < 10 ? 1 : 0) })
}
