import { dayBounds } from '../trajectories/local-day.ts'
import { firstAtOrAfter } from '../trajectories/order-fixes.ts'
import type { ReportedFixes } from '../trajectories/reported-fixes.ts'
import type { CountedReports, ReportFacts } from './values.ts'

/** What the reports of a local day said: marked as made up by the phone, or sent by a clock `farSeconds` or more from the service's. */
export function reportFactsOf(reports: ReportedFixes, day: string, farSeconds: number): ReportFacts {
  const { time, sentAt, receivedAt, isMock } = reports
  const { from, to } = dayBounds(day)
  const end = firstAtOrAfter(time, to)
  const mock = new Counter()
  const skew = new Counter()
  let mostSeconds = 0
  for (let i = firstAtOrAfter(time, from); i < end; i++) {
    if (isMock[i] === 1) mock.add(time[i]!)
    const seconds = Math.abs(receivedAt[i]! - sentAt[i]!) / 1000
    if (seconds > mostSeconds) mostSeconds = seconds
    if (seconds >= farSeconds) skew.add(time[i]!)
  }
  return { mock: mock.counted(), skew: { ...skew.counted(), mostSeconds } }
}

/** Counts instants that rise. */
class Counter {
  #count = 0
  #from = 0
  #to = 0

  add(time: number): void {
    if (this.#count++ === 0) this.#from = time
    this.#to = time
  }

  counted(): CountedReports {
    return { count: this.#count, from: this.#from, to: this.#to }
  }
}
