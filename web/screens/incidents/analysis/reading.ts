/** A result in words that a person without statistics understands. Pure. */
import type { AnalysisCell } from '../../../../server/contract/analysis.ts'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { formatProbability, isHotClass } from '../measures.ts'
import type { Frame } from './playback.ts'
import { text } from './text.ts'

export interface ToRead {
  readonly place: string
  /** The categories counted, in words. */
  readonly what: string
  readonly interval: Frame
  readonly count: number
  readonly expected: number | null
  readonly q: number | null
  readonly class: AnalysisCell['class']
}

export function readingOf(one: ToRead, say: Say): string {
  const { count, expected, q, interval } = one
  const common = {
    place: one.place,
    what: one.what,
    from: interval.from,
    to: interval.to,
    n: formatNumber(count),
    expected: formatNumber(expected, 1),
  }
  if (one.class === null || q === null) return say(text.readUntested, common)
  const tested = { ...common, q: formatProbability(q) }
  if (isHotClass(one.class) && expected !== null && expected > 0 && count > expected)
    return say(text.readHot, { ...tested, times: formatNumber(count / expected, 1) })
  return say(one.class.includes('cold') || one.class === 'LL' ? text.readCold : text.readPlain, tested)
}
