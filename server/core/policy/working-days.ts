/** Working days of the national calendar of China, make-up days included. */
import chineseDays from 'chinese-days'

const dayMilliseconds = 86_400_000

/** A make-up day is a Saturday or Sunday on which people work for a holiday; a holiday is a day off named by the calendar. */
export type DayKind = 'working' | 'make_up' | 'rest' | 'holiday'

/** What kind of day it is, `YYYY-MM-DD`. Beyond the published calendar: Monday to Friday. */
export function dayKind(day: string): DayKind {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  const isWeekend = weekday === 0 || weekday === 6
  if (chineseDays.isWorkday(day)) return isWeekend ? 'make_up' : 'working'
  // The calendar names a holiday in English, Chinese and the number of days; of an ordinary day only the weekday.
  return chineseDays.getDayDetail(day).name.includes(',') ? 'holiday' : 'rest'
}

/** Whether people work that day, `YYYY-MM-DD`. */
export const isWorkingDay = (day: string): boolean => chineseDays.isWorkday(day)

/** Working days in [from, to), `YYYY-MM-DD`. Years beyond the published calendar fall back to Monday to Friday. */
export function workingDaysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (
    let time = Date.parse(`${from}T00:00:00Z`);
    time < Date.parse(`${to}T00:00:00Z`);
    time += dayMilliseconds
  ) {
    const day = new Date(time).toISOString().slice(0, 10)
    if (chineseDays.isWorkday(day)) days.push(day)
  }
  return days
}
