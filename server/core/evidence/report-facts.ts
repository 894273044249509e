import { dayBounds } from '../trajectories/local-day.ts'
import type { ReportFacts } from './values.ts'

/** What a report says of itself beside its position; epoch milliseconds. */
export interface Reported {
  readonly time: number
  readonly sentAt?: number
  readonly receivedAt?: number
  readonly marks?: readonly string[]
}

/** What the reports of a local day said: marked as made up by the phone, or sent by a clock `farSeconds` or more from the service's. */
export function reportFactsOf(reports: readonly Reported[], day: string, farSeconds: number): ReportFacts {
  const { from, to } = dayBounds(day)
  const mock: number[] = []
  const skew: number[] = []
  let mostSeconds = 0
  for (const { time, sentAt, receivedAt, marks } of reports) {
    if (time < from || time >= to) continue
    if (marks?.includes('mock') === true) mock.push(time)
    if (sentAt === undefined || receivedAt === undefined) continue
    const seconds = Math.abs(receivedAt - sentAt) / 1000
    mostSeconds = Math.max(mostSeconds, seconds)
    if (seconds >= farSeconds) skew.push(time)
  }
  return { mock: counted(mock), skew: { ...counted(skew), mostSeconds } }
}

/** @param times rising or not */
const counted = (times: readonly number[]): ReportFacts['mock'] =>
  times.reduce(
    (all, time) => ({ count: all.count + 1, from: Math.min(all.from, time), to: Math.max(all.to, time) }),
    {
      count: 0,
      from: times[0] ?? 0,
      to: 0,
    },
  )
