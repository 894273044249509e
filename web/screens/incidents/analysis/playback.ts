/** The frames of a playback: windows of a day, a week or a month over an interval. Pure. */
import { addDays } from '../../../i18n/format.ts'
import { dayNumber } from '../days.ts'

export const frameSteps = ['day', 'week', 'month'] as const
export type FrameStep = (typeof frameSteps)[number]

/** First and last day, both shown. */
export interface Frame {
  readonly from: string
  readonly to: string
}

/** More frames than this are not made: the step is too short for the interval. */
export const mostFrames = 400

/**
 * The interval cut into frames, the earliest first. Weeks begin on Mondays, months on the first: the first and last may be
 * shorter. Empty where there would be more than `mostFrames`.
 */
export function framesOf({ from, to }: Frame, step: FrameStep): Frame[] {
  const frames: Frame[] = []
  for (let day = from; day <= to; ) {
    const next = nextStart(day, step)
    const last = addDays(next, -1)
    frames.push({ from: day, to: last < to ? last : to })
    if (frames.length > mostFrames) return []
    day = next
  }
  return frames
}

function nextStart(day: string, step: FrameStep): string {
  if (step === 'day') return addDays(day, 1)
  // The first Monday was that of 5 January 1970.
  if (step === 'week') return addDays(day, 7 - (((dayNumber(day, '1970-01-05') % 7) + 7) % 7))
  return `${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`
}

/** The shortest step that an interval is played in by default: some ten to sixty frames. */
export function usualStep({ from, to }: Frame): FrameStep {
  const days = dayNumber(to, from) + 1
  return days <= 45 ? 'day' : days <= 200 ? 'week' : 'month'
}

/** Seconds on the wall that a frame stays, by speed. */
export const speeds = [0.5, 1, 2] as const
export type Speed = (typeof speeds)[number]
export const frameMilliseconds = (speed: Speed): number => 1000 / speed

/** The frame after one; null at the end. */
export const frameAfter = (index: number, frames: readonly Frame[]): number | null =>
  index + 1 < frames.length ? index + 1 : null
