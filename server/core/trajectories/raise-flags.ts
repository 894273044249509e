import { distanceMetres } from '../geometry/distance-metres.ts'
import type { JudgedTrace } from './judge-fixes.ts'
import { IMPLAUSIBLE, INACCURATE, OBSERVED, type Trace, UNOBSERVED } from './trace.ts'

/** Something in the day's trace worth a look, with what is certain about it. Never a verdict on the worker. */
export interface DayFlag {
  readonly code: 'unobserved' | 'low_accuracy' | 'implausible_speed' | 'same_instant'
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  /** Figures, their units in their names. */
  readonly evidence: Readonly<Record<string, number>>
}

/**
 * The flags of a day, by time then code:
 * `unobserved` a silence beyond the gap limit; `low_accuracy` and `implausible_speed` stretches not believed, and single
 * fixes set apart for their speed; `same_instant` several positions claimed for one instant.
 * @param day the day's part of the trace.
 */
export function raiseFlags(day: Trace, jumps: JudgedTrace['jumps'], conflicts: readonly number[]): DayFlag[] {
  const flags: DayFlag[] = []
  for (let i = 0; i < day.kind.length; i++) {
    const kind = day.kind[i]!
    if (kind === OBSERVED) continue
    const first = i
    if (kind !== UNOBSERVED) while (day.kind[i + 1] === kind) i++
    flags.push(flagOver(day, kind, first, i + 1))
  }
  const from = day.time[0]!
  const to = day.time.at(-1)!
  const fast = flags.filter((flag) => flag.code === 'implausible_speed')
  for (const { time, metresPerSecond } of jumps) {
    if (time < from || time > to || fast.some((flag) => flag.from <= time && time <= flag.to)) continue
    const evidence = { fixes: 1, metres_per_second: tenths(metresPerSecond) }
    flags.push({ code: 'implausible_speed', from: time, to: time, evidence })
  }
  if (conflicts.length > 0) {
    const evidence = { instants: conflicts.length }
    flags.push({ code: 'same_instant', from: conflicts[0]!, to: conflicts.at(-1)!, evidence })
  }
  return flags.sort((a, b) => a.from - b.from || (a.code < b.code ? -1 : 1))
}

function flagOver(day: Trace, kind: number, first: number, last: number): DayFlag {
  const from = day.time[first]!
  const to = day.time[last]!
  const metresBetween = (i: number, j: number): number =>
    distanceMetres(day.longitude[i]!, day.latitude[i]!, day.longitude[j]!, day.latitude[j]!)
  if (kind === UNOBSERVED) {
    const evidence = { seconds: tenths((to - from) / 1000), metres: tenths(metresBetween(first, last)) }
    return { code: 'unobserved', from, to, evidence }
  }
  let fixes = 0
  let accuracy = 0
  let speed = 0
  for (let i = first; i <= last; i++) {
    if (day.reliable[i] === 0) fixes++
    if (day.accuracy[i]! > accuracy) accuracy = day.accuracy[i]!
    if (i < last)
      speed = Math.max(speed, (metresBetween(i, i + 1) * 1000) / (day.time[i + 1]! - day.time[i]!))
  }
  if (kind === INACCURATE)
    return { code: 'low_accuracy', from, to, evidence: { fixes, accuracy_metres: tenths(accuracy) } }
  if (kind === IMPLAUSIBLE)
    return { code: 'implausible_speed', from, to, evidence: { fixes, metres_per_second: tenths(speed) } }
  throw new RangeError(`not a segment kind: ${kind}`)
}

const tenths = (value: number): number => Math.round(value * 10) / 10
