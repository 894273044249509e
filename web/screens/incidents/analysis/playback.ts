/** A playback: the interval in steps of a day, a week or a month, as the service cuts it. Pure. */
import { dayNumber } from '../days.ts'

export const frameSteps = ['day', 'week', 'month'] as const
export type FrameStep = (typeof frameSteps)[number]

/** First and last day, both shown. */
export interface Frame {
  readonly from: string
  readonly to: string
}

const daysOfStep: Readonly<Record<FrameStep, number>> = { day: 1, week: 7, month: 28 }

/** More frames than this nobody watches, and no answer holds: the step is too short for the interval. */
const mostFrames = 400

export const canStep = ({ from, to }: Frame, step: FrameStep): boolean =>
  (dayNumber(to, from) + 1) / daysOfStep[step] <= mostFrames

/** The step that an interval is played in by default: some ten to sixty frames. */
export function usualStep({ from, to }: Frame): FrameStep {
  const days = dayNumber(to, from) + 1
  return days <= 45 ? 'day' : days <= 200 ? 'week' : 'month'
}

/** How many frames a second of the wall shows. */
export const speeds = [0.5, 1, 2] as const
export type Speed = (typeof speeds)[number]
export const frameMilliseconds = (speed: Speed): number => 1000 / speed
