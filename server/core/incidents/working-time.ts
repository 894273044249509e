/**
 * Time that counts: office hours of working days, Asia/Shanghai. Instants in epoch milliseconds, amounts in milliseconds of working
 * time. The same reckoning for deadlines, pauses and countdowns, so that they add up.
 */
import { isWorkingDay } from '../policy/working-days.ts'
import { dayBounds, localDayOf } from '../trajectories/local-day.ts'

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
  const count = countOf(calendar, numberOf(from), numberOf(to))
  return workingTimeUntil(calendar, count, to) - workingTimeUntil(calendar, count, from)
}

/** The first instant by which so much working time has passed since `from`. @throws RangeError when the calendar has none in ten years */
export function addWorkingTime(calendar: WorkingCalendar, from: number, amount: number): number {
  if (amount <= 0) return from
  const length = openMilliseconds(calendar)
  const first = numberOf(from)
  for (let days = roomDays; ; days = Math.min(mostDays, 2 * days)) {
    const count = countOf(calendar, first, first + days)
    const wanted = workingTimeUntil(calendar, count, from) + amount
    if (count.until(first + days) * length >= wanted) {
      // The last day with less than that before it.
      let [low, high] = [first, first + days]
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if (count.until(middle) * length < wanted) low = middle
        else high = middle
      }
      return opensOn(calendar, low) + wanted - count.until(low) * length
    }
    if (days === mostDays) throw new RangeError('a calendar without working days')
  }
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

const dayMilliseconds = 86_400_000
const epochDay = dayBounds('1970-01-01').from

/** Of a local day: how many days after 1970-01-01 it is. */
const numberOf = (instant: number): number => Math.floor((instant - epochDay) / dayMilliseconds)

const opensOn = ({ officeFromMinutes }: WorkingCalendar, day: number): number =>
  epochDay + day * dayMilliseconds + officeFromMinutes * 60_000

const openMilliseconds = (calendar: WorkingCalendar): number => Math.max(0, workingDayMilliseconds(calendar))

/** Working time before an instant, since the first day that is counted. */
function workingTimeUntil(calendar: WorkingCalendar, count: DayCount, instant: number): number {
  const day = numberOf(instant)
  const length = openMilliseconds(calendar)
  const before = count.until(day) * length
  if (count.until(day + 1) === count.until(day)) return before
  return before + Math.min(length, Math.max(0, instant - opensOn(calendar, day)))
}

interface DayCount {
  /** Working days before a day, by its number, since the first that is counted. */
  until(day: number): number
}

/** Days counted beyond what is asked for, so that the next question finds them. */
const roomDays = 64

/** The working days of each calendar, counted once: an incident that has waited for a year is two look-ups, not 365. */
const counts = new WeakMap<WorkingCalendar, { readonly first: number; readonly until: number[] }>()

/** Good for the days from `first` to `last` and the day after. */
function countOf(calendar: WorkingCalendar, first: number, last: number): DayCount {
  let known = counts.get(calendar)
  if (!known || first < known.first) {
    known = { first: Math.min(first, known?.first ?? first) - roomDays, until: [0] }
    counts.set(calendar, known)
  }
  const { until } = known
  for (let day = known.first + until.length - 1; day <= last + 1; day++) {
    const is = calendar.isWorkingDay(localDayOf(epochDay + day * dayMilliseconds))
    until.push(until.at(-1)! + (is ? 1 : 0))
  }
  const start = known.first
  return { until: (day) => until[day - start]! }
}
