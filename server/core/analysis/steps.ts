/** A period cut into steps of a day, a week or a calendar month. */
import { addDays, dayBounds, daysBetween } from '../trajectories/local-day.ts'
import type { Days, Step, StepDays } from './values.ts'

/** Steps of one answer at most. */
export const mostSteps = 400

/**
 * The steps of [from, to), earliest first, without a gap. Weeks are counted back from the end, so that the last is whole; months
 * are the calendar's.
 * @throws RangeError for more than {@link mostSteps}
 */
export function stepsOf(from: string, to: string, step: Step): StepDays[] {
  const days = daysBetween(from, to)
  const length = step === 'day' ? 1 : step === 'week' ? 7 : 28
  if (days / length > mostSteps) throw new RangeError(`${days} days are more than ${mostSteps} steps`)
  if (step === 'month') return monthsOf(from, to)
  const steps: StepDays[] = []
  for (let end = to; end > from; ) {
    const start = addDays(end, -length)
    steps.push({ from: start < from ? from : start, to: end, whole: start >= from })
    end = start
  }
  return steps.reverse()
}

function monthsOf(from: string, to: string): StepDays[] {
  const steps: StepDays[] = []
  for (let start = from; start < to; ) {
    const next = monthAfter(start)
    const end = next < to ? next : to
    steps.push({ from: start, to: end, whole: start.endsWith('-01') && end === next })
    start = end
  }
  return steps
}

/** The first day of the next month. */
export function monthAfter(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
}

/** The days of the same length that end where these begin; a whole calendar month has the month before it. */
export function daysBefore({ from, to }: Days): { from: string; to: string } | null {
  if (from === null || to === null) return null
  if (from.endsWith('-01') && monthAfter(from) === to)
    return { from: `${addDays(from, -1).slice(0, 8)}01`, to: from }
  return { from: addDays(from, -daysBetween(from, to)), to: from }
}

/** For an instant its step, −1 outside all of them. */
export function stepFinder(steps: readonly StepDays[]): (time: number) => number {
  const starts = Float64Array.from(steps, (step) => dayBounds(step.from).from)
  const last = steps.at(-1)
  const end = last ? dayBounds(last.to).from : Number.NEGATIVE_INFINITY
  return (time) => {
    if (!(time >= (starts[0] ?? Number.POSITIVE_INFINITY) && time < end)) return -1
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= time) low = middle
      else high = middle - 1
    }
    return low
  }
}
