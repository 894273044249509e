/** The measures of a cell: value, class breaks, colours, labels. Pure. */
import type { Analysis, AnalysisCell, CellClass } from '../../../server/contract/analysis.ts'
import { breaksOf } from '../../../server/core/analysis/legend.ts'
import { formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { densityColors, type SignificanceColor, significanceColors, type Theme } from '../../map/palette.ts'
import { isAmount, isSurface, type Look } from './analysis/look.ts'
import { text } from './text.ts'

/** What a cell is known by: its H3 index, or the code of its grid. */
export const idOf = (cell: Pick<AnalysisCell, 'h3' | 'grid'>): string => cell.h3 ?? cell.grid ?? ''

/**
 * What the legend colours: of the whole interval, or of one frame of a playback. Counts, densities and rates are shared out as the
 * counts are, so a frame's is that share of the whole.
 */
export function valueOf(cell: AnalysisCell, frame: number | null): number | null {
  if (frame === null || cell.value === null) return cell.value
  return cell.count === 0 ? 0 : (cell.value * (cell.counts?.[frame] ?? 0)) / cell.count
}

/** Values of all cells in all frames: what the one scale of a playback is taken from. */
export const valuesOfFrames = (answer: Pick<Analysis, 'cells' | 'steps'>): (number | null)[] =>
  (answer.steps ?? []).flatMap((_, frame) => answer.cells.map((cell) => valueOf(cell, frame)))

/** The breaks an answer is drawn by: those it names, or its own where the person asks; of a playback, one scale for all frames. */
export function breaksFor(answer: Analysis, look: Look): readonly number[] {
  if (answer.steps && look.step !== null && isAmount(look)) return breaksOf(valuesOfFrames(answer))
  if (!look.ownBreaks || isSurface(look.method)) return answer.legend.breaks
  return breaksOf(answer.cells.map((cell) => cell.value))
}

/** Class of a value: −1 nothing there, 0 below the first break, … */
export const classOf = (value: number, breaks: readonly number[]): number =>
  value <= 0 ? -1 : breaks.filter((edge) => value >= edge).length

/** Colours of the classes, the strongest always the uppermost. */
export const classColors = (breaks: readonly number[], theme: Theme): readonly string[] =>
  densityColors[theme].slice(densityColors[theme].length - breaks.length - 1)

const written = (value: number): string => formatNumber(value, value < 1 && value > 0 ? 2 : 0)

/** `< 5`, `5 – 10`, …, `≥ 50`; counts are whole, so theirs read `1 – 4`, `5 – 9`. */
export function classLabels(breaks: readonly number[], whole: boolean, say: Say): string[] {
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

/** Hot and cold, quadrants of Moran: the same red and blue for what stands out upwards and downwards. */
const significance: Readonly<Record<string, SignificanceColor>> = {
  'hot_0.01': 'hot_01',
  'hot_0.05': 'hot_05',
  'hot_0.1': 'hot_10',
  'cold_0.1': 'cold_10',
  'cold_0.05': 'cold_05',
  'cold_0.01': 'cold_01',
  HH: 'hot_01',
  HL: 'hot_05',
  LH: 'cold_05',
  LL: 'cold_01',
}

/** How strongly each history of an emerging hot spot is drawn: 1 most, 3 least; its letter on the map says which it is. */
const emergingStrength: Readonly<Record<string, 1 | 2 | 3>> = {
  new: 1,
  intensifying: 1,
  consecutive: 2,
  persistent: 2,
  sporadic: 3,
  oscillating: 3,
  diminishing: 3,
  historical: 3,
}
const strengths = {
  hot: { 1: 'hot_01', 2: 'hot_05', 3: 'hot_10' },
  cold: { 1: 'cold_01', 2: 'cold_05', 3: 'cold_10' },
} as const

export function significanceColor(name: CellClass, theme: Theme): string {
  const colors = significanceColors[theme]
  const [history, way] = name.split('_')
  if (way === 'hot' || way === 'cold') return colors[strengths[way][emergingStrength[history ?? ''] ?? 3]]
  return colors[significance[name] ?? 'none']
}

/** Classes in the order of a legend: what stands out upwards first. */
export const classOrder = [
  'hot_0.01',
  'hot_0.05',
  'hot_0.1',
  'HH',
  'HL',
  'new_hot',
  'intensifying_hot',
  'consecutive_hot',
  'persistent_hot',
  'sporadic_hot',
  'oscillating_hot',
  'diminishing_hot',
  'historical_hot',
  'none',
  'historical_cold',
  'diminishing_cold',
  'oscillating_cold',
  'sporadic_cold',
  'persistent_cold',
  'consecutive_cold',
  'intensifying_cold',
  'new_cold',
  'LH',
  'LL',
  'cold_0.1',
  'cold_0.05',
  'cold_0.01',
] as const satisfies readonly CellClass[]

/** Above what chance would give, now or in its history. */
export const isHotClass = (name: CellClass | null): boolean =>
  name !== null && (name.startsWith('hot') || name === 'HH' || name.endsWith('_hot'))

/** A probability as people can use it: 0.034, 0.0012, < 0.0001. */
export const formatProbability = (value: number | null): string =>
  value === null
    ? formatNumber(null)
    : value < 0.0001
      ? '< 0.0001'
      : formatNumber(value, value < 0.00995 ? 4 : 3)

/** An amount as a cell shows it: counts whole, what is below ten with a decimal. */
export const formatAmount = (value: number | null, isCount: boolean): string =>
  formatNumber(value, value !== null && value < 10 && !isCount ? 1 : 0)

/** What a cell says about itself on the map, in the measure shown: what colour alone would not tell everybody. */
export function cellLabel(
  cell: AnalysisCell,
  look: Pick<Look, 'measure'>,
  frame: number | null,
  say: Say,
): string {
  if (look.measure === 'significance') {
    if (cell.class === null || cell.class === 'none') return ''
    const short = text.classLetters[cell.class as keyof typeof text.classLetters]
    return short ? say(short) : formatNumber(cell.z, 1)
  }
  const value = valueOf(cell, frame)
  return value === null || value === 0 ? '' : formatAmount(value, look.measure === 'count')
}
