/** Two periods beside each other: what grew, what fell, and how sure that is. Pure. */
import { benjaminiHochberg } from '../../../../server/core/statistics/false-discovery.ts'
import { type RateRatio, rateRatio } from '../../../../server/core/statistics/rate-ratio.ts'
import { addDays } from '../../../i18n/format.ts'
import { dayNumber } from '../days.ts'
import type { Frame } from './playback.ts'

export interface Change extends RateRatio {
  readonly key: string
  readonly now: number
  readonly before: number
  /** p after Benjamini–Hochberg over the list; null where nothing happened at all. */
  readonly q: number | null
  readonly class: ChangeClass | null
}

/** More or fewer than before, where that is more than chance; `none`: no sure change. */
export const changeClasses = ['more_0.05', 'more_0.1', 'none', 'fewer_0.1', 'fewer_0.05'] as const
export type ChangeClass = (typeof changeClasses)[number]

export const daysIn = ({ from, to }: Frame): number => dayNumber(to, from) + 1

/** Changes of counts by key between two periods of any lengths; in the order of the keys given. */
export function changesOf(
  keys: readonly string[],
  now: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
  periods: { readonly now: Frame; readonly before: Frame },
): Change[] {
  const [days, daysBefore] = [daysIn(periods.now), daysIn(periods.before)]
  const found = keys.map((key) => {
    const [n, m] = [now.get(key) ?? 0, before.get(key) ?? 0]
    return { key, now: n, before: m, ...rateRatio(n, days, m, daysBefore) }
  })
  const q = benjaminiHochberg(found.map(({ p }) => p))
  return found.map((one, index) => {
    const corrected = q[index] ?? null
    const isMore = one.now / days > one.before / daysBefore
    return { ...one, q: corrected, class: classOf(corrected, isMore) }
  })
}

function classOf(q: number | null, isMore: boolean): ChangeClass | null {
  if (q === null) return null
  const level = q < 0.05 ? '0.05' : q < 0.1 ? '0.1' : null
  return level === null ? 'none' : `${isMore ? 'more' : 'fewer'}_${level}`
}

/** The days just before an interval, as many of them: what it is compared with unless somebody says otherwise. */
export function periodBefore({ from, to }: Frame): Frame {
  return { from: addDays(from, -daysIn({ from, to })), to: addDays(from, -1) }
}

/** The same days a year ago; 29 February is 28 February there. */
export function yearBefore({ from, to }: Frame): Frame {
  const back = (day: string): string => {
    const [year, rest] = [Number(day.slice(0, 4)) - 1, day.slice(4)]
    return `${year}${rest === '-02-29' ? '-02-28' : rest}`
  }
  return { from: back(from), to: back(to) }
}
