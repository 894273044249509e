/** The four measures of a hexagon: value, class breaks, colours, labels. Pure. */
import type { HotspotCell, Hotspots } from '../../../server/contract/hotspots.ts'
import { formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { densityColors, significanceColors, type Theme } from '../../map/palette.ts'
import { text } from './text.ts'

export const measures = ['count', 'density', 'rate', 'significance'] as const
export type Measure = (typeof measures)[number]
/** A measure that is an amount, drawn in classes between breaks. */
export type Amount = Exclude<Measure, 'significance'>

export const valueOf = (cell: HotspotCell, measure: Amount): number | null =>
  measure === 'count' ? cell.count : measure === 'density' ? cell.per_km2 : cell.rate

/**
 * Inner breaks, ascending, at most one fewer than there are colours: neighbouring members of 1, 2, 5, 10, 20, 50, …, the
 * uppermost the largest that any value reaches. Such classes grow as the values do, which are few and large, many and small;
 * people read them at once; and they hardly move when a few values change. A break that no positive value lies below is
 * left out.
 */
export function breaksOf(values: readonly (number | null)[]): number[] {
  const positive = values.filter((value) => value !== null && value > 0) as number[]
  if (positive.length === 0) return []
  const [least, most] = [positive.reduce((a, b) => Math.min(a, b)), positive.reduce((a, b) => Math.max(a, b))]
  const breaks: number[] = []
  for (let step = stepAtMost(most); breaks.length < densityColors.length - 1; step--) {
    const value = valueOfStep(step)
    if (value <= least) break
    breaks.unshift(value)
  }
  return breaks
}

/** The n-th member of … 0.5, 1, 2, 5, 10 …; the 0th is 1. */
function valueOfStep(step: number): number {
  const power = Math.floor(step / 3)
  const digit = [1, 2, 5][step - power * 3] as number
  return power < 0 ? digit / 10 ** -power : digit * 10 ** power
}

/** The largest member that is not above a positive value. */
function stepAtMost(value: number): number {
  let step = Math.floor(Math.log10(value)) * 3 + 3
  while (valueOfStep(step) > value) step--
  return step
}

/** Class of a value: −1 nothing there, 0 below the first break, … */
export const classOf = (value: number, breaks: readonly number[]): number =>
  value <= 0 ? -1 : breaks.filter((edge) => value >= edge).length

/** Colours of the classes, the darkest always the uppermost. */
export const classColors = (breaks: readonly number[]): readonly string[] =>
  densityColors.slice(densityColors.length - breaks.length - 1)

const written = (value: number): string => formatNumber(value, value < 1 && value > 0 ? 2 : 0)

/** `< 5`, `5 – 10`, …, `≥ 50`; counts are whole, so theirs read `1 – 4`, `5 – 9`. */
export function classLabels(breaks: readonly number[], measure: Amount, say: Say): string[] {
  const whole = measure === 'count'
  const between = (from: number, to: number): string => {
    const last = whole ? to - 1 : to
    return last === from ? written(from) : say(text.range, { from: written(from), to: written(last) })
  }
  const [first] = breaks
  if (first === undefined) return [say(text.atLeast, { from: whole ? written(1) : '0' })]
  return [
    whole ? between(1, first) : say(text.upTo, { to: written(first) }),
    ...breaks.map((from, index) => {
      const to = breaks[index + 1]
      return to === undefined ? say(text.atLeast, { from: written(from) }) : between(from, to)
    }),
  ]
}

export type ClassName = NonNullable<HotspotCell['class']>

export const classNames = [
  'hot_0.01',
  'hot_0.05',
  'hot_0.1',
  'none',
  'cold_0.1',
  'cold_0.05',
  'cold_0.01',
] as const satisfies readonly ClassName[]

const significance: Readonly<Record<ClassName, string>> = {
  'hot_0.01': significanceColors.hot_01,
  'hot_0.05': significanceColors.hot_05,
  'hot_0.1': significanceColors.hot_10,
  none: significanceColors.none,
  'cold_0.1': significanceColors.cold_10,
  'cold_0.05': significanceColors.cold_05,
  'cold_0.01': significanceColors.cold_01,
}

/** What is not significant recedes into the ground, so it is dark on a dark map. */
export const significanceColor = (name: ClassName, theme: Theme): string =>
  name === 'none' && theme === 'dark' ? '#3F444C' : significance[name]

/** A probability as people can use it: 0.034, 0.0012, < 0.0001. */
export const formatProbability = (value: number | null): string =>
  value === null
    ? formatNumber(null)
    : value < 0.0001
      ? '< 0.0001'
      : formatNumber(value, value < 0.00995 ? 4 : 3)

/** What a hexagon says about itself on the map, in the measure shown. */
export function cellLabel(cell: HotspotCell, measure: Measure): string {
  if (measure === 'significance')
    return cell.class === 'none' || cell.z === null ? '' : formatNumber(cell.z, 1)
  const value = valueOf(cell, measure)
  return value === null || value === 0 ? '' : formatNumber(value, value < 10 && measure !== 'count' ? 1 : 0)
}

/** Incidents a hexagon would have if all had the same number. */
export const meanCount = (hotspots: Pick<Hotspots, 'n' | 'totals'>): number | null =>
  hotspots.n === 0 ? null : hotspots.totals.counted / hotspots.n
