/**
 * The 17 patterns of an emerging hot spot analysis, as ESRI defines them ("How Emerging Hot Spot Analysis works", ArcGIS Pro).
 * Each step of a place is hot, cold or neither (significant at the level after correction); the trend is Mann–Kendall's
 * of the steps' z. For hot spots (for cold ones exchange the words), n steps:
 *
 * - new: hot in the last step and never before.
 * - consecutive: one unbroken run of at least two hot steps at the end, never hot before it, hot in less than 90 % of steps.
 * - intensifying: hot in at least 90 % of steps, the last included, and the z rise significantly.
 * - persistent: hot in at least 90 % of steps, without a significant trend.
 * - diminishing: hot in at least 90 % of steps, the last included, and the z fall significantly.
 * - sporadic: hot in the last step, on and off before, hot in less than 90 % of steps and never cold.
 * - oscillating: hot in the last step, cold in some step before, hot in less than 90 % of steps.
 * - historical: not hot in the last step, but hot in at least 90 % of steps.
 *
 * Where two of these texts fit one place, the earlier in this list is its class (a place hot at the end for the first time
 * is new even if it was cold once), but for one: not hot in the last step is historical, never persistent.
 */

const patterns = [
  'new',
  'consecutive',
  'intensifying',
  'persistent',
  'diminishing',
  'sporadic',
  'oscillating',
  'historical',
] as const

export type EmergingPattern = (typeof patterns)[number]
export type EmergingClass = `${EmergingPattern}_${'hot' | 'cold'}` | 'none'

/** All 17, hot ones first: for legends and schemas. */
export const emergingClasses: readonly EmergingClass[] = [
  ...patterns.map((pattern) => `${pattern}_hot` as const),
  ...patterns.map((pattern) => `${pattern}_cold` as const),
  'none',
]

/** A step of a place: 1 hot, −1 cold, 0 neither. */
export type StepSign = -1 | 0 | 1

/**
 * The class of a place from its steps, in time order, and the sign of its trend, 0 where it is not significant.
 * No place fits both a hot and a cold pattern: all but historical ones are told by the last step, and nine tenths by nine tenths.
 */
export function emergingClass(steps: readonly StepSign[], trend: StepSign): EmergingClass {
  const hot = patternOf(steps, trend)
  if (hot !== null) return `${hot}_hot`
  const cold = patternOf(
    steps.map((sign) => -sign as StepSign),
    -trend as StepSign,
  )
  return cold === null ? 'none' : `${cold}_cold`
}

function patternOf(steps: readonly StepSign[], trend: StepSign): EmergingPattern | null {
  const hot = steps.filter((sign) => sign === 1).length
  // In whole numbers, so that 9 of 10 are 90 %.
  const mostly = 10 * hot >= 9 * steps.length
  if (hot === 0) return null
  if (steps.at(-1) !== 1) return mostly ? 'historical' : null
  if (hot === 1) return 'new'
  const run = steps.length - 1 - steps.findLastIndex((sign) => sign !== 1)
  if (mostly) return trend === 1 ? 'intensifying' : trend === -1 ? 'diminishing' : 'persistent'
  if (run === hot) return 'consecutive'
  return steps.includes(-1) ? 'oscillating' : 'sporadic'
}
