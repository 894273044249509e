/**
 * Time that counts: office hours of working days, Asia/Shanghai. Instants in epoch milliseconds, amounts in milliseconds of working
 * time. The same reckoning for deadlines, pauses and countdowns, so that they add up.
 */
import { isWorkingDay } from '../policy/working-days.ts'
import { addDays, dayBounds, localDayOf } from '../trajectories/local-day.ts'

export interface WorkingCalendar {
  /** Of a day `YYYY-MM-DD`. */
  isWorkingDay(day: string): boolean
  /** Office hours, minutes from local midnight. */
  readonly officeFromMinutes: number
  readonly officeToMinutes: number
}

/** The national calendar with its make-up days, and an office's hours. */
export function nationalCalendar(
  hours: Pick<WorkingCalendar, 'officeFromMinutes' | 'officeToMinutes'>,
): WorkingCalendar {
  const known = new Map<string, boolean>()
  return {
    officeFromMinutes: hours.officeFromMinutes,
    officeToMinutes: hours.officeToMinutes,
    isWorkingDay(day) {
      let is = known.get(day)
      if (is === undefined) known.set(day, (is = isWorkingDay(day)))
      return is
    },
  }
}

/** Working time of one working day. */
export const workingDayMilliseconds = (calendar: WorkingCalendar): number =>
  (calendar.officeToMinutes - calendar.officeFromMinutes) * 60_000

/** No deadline lies further ahead. */
const mostDays = 3660

/** Working time in [from, to); negative when `to` is the earlier one. */
export function workingTimeBetween(calendar: WorkingCalendar, from: number, to: number): number {
  // Not by a minus sign: none is 0, never −0.
  if (to < from) return 0 - workingTimeBetween(calendar, to, from)
  let sum = 0
  for (let day = localDayOf(from); dayBounds(day).from < to; day = addDays(day, 1)) {
    if (!calendar.isWorkingDay(day)) continue
    const { opens, closes } = officeOf(calendar, day)
    sum += Math.max(0, Math.min(closes, to) - Math.max(opens, from))
  }
  return sum
}

/** The first instant by which so much working time has passed since `from`. @throws RangeError when the calendar has none in ten years */
export function addWorkingTime(calendar: WorkingCalendar, from: number, amount: number): number {
  if (amount <= 0) return from
  let left = amount
  let day = localDayOf(from)
  for (let days = 0; days < mostDays; days++, day = addDays(day, 1)) {
    if (!calendar.isWorkingDay(day)) continue
    const { opens, closes } = officeOf(calendar, day)
    const begins = Math.max(opens, from)
    const open = Math.max(0, closes - begins)
    if (open >= left) return begins + left
    left -= open
  }
  throw new RangeError('a calendar without working days')
}

/**
 * When the n-th working day after an instant ends. The day of the instant itself does not count, and the period ends with the office
 * hours of its last day (Civil Code of China, arts. 201 and 203).
 * @param more working time that did not run, added at the end
 */
export const endOfWorkingDays = (
  calendar: WorkingCalendar,
  instant: number,
  days: number,
  more = 0,
): number =>
  addWorkingTime(
    calendar,
    dayBounds(localDayOf(instant)).to,
    Math.round(days * workingDayMilliseconds(calendar)) + more,
  )

function officeOf(calendar: WorkingCalendar, day: string): { opens: number; closes: number } {
  const { from } = dayBounds(day)
  return {
    opens: from + calendar.officeFromMinutes * 60_000,
    closes: from + calendar.officeToMinutes * 60_000,
  }
}
