/** Times of a day as people type them; pure. */
import { daySeconds } from '../trace-time.ts'

/** Seconds since midnight of 08:05, 8:05, 0805, or the end of the day 24:00; null for what is no time. */
export function secondOf(time: string): number | null {
  const match = /^\s*(\d{1,2})[:：]?([0-5]\d)\s*$/.exec(time)
  if (!match) return null
  const second = Number(match[1]) * 3600 + Number(match[2]) * 60
  return second <= daySeconds ? second : null
}
