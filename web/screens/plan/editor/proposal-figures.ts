/** The figures proposals are compared by, one row each, and which proposal is best in it: pure. */
import type { Proposal } from '../../../../server/contract/proposals.ts'
import type { Message } from '../../../../server/core/values.ts'
import { formatNumber, formatShare } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { text } from './proposals-text.ts'

export interface ComparedFigure {
  readonly key: keyof typeof text.figures
  readonly name: Message
  /** By proposal, in their order. */
  readonly values: readonly string[]
  /** Which of them are best; none where all are alike. */
  readonly best: readonly boolean[]
}

/** Rows that nobody has anything to say about are left out: moved households without grids to move from, villages nobody splits. */
export function comparedFigures(proposals: readonly Proposal[], say: Say): ComparedFigure[] {
  const row = (
    key: ComparedFigure['key'],
    valueOf: (figures: Proposal['figures']) => number | null,
    textOf: (figures: Proposal['figures']) => string,
    sign: 1 | -1,
  ): ComparedFigure => {
    const ranks = proposals.map(({ figures }) => {
      const value = valueOf(figures)
      return value === null ? null : sign * value
    })
    const known = ranks.filter((rank) => rank !== null)
    const top = Math.max(...known)
    const differ = known.some((rank) => rank !== top)
    return {
      key,
      name: text.figures[key],
      values: proposals.map(({ figures }) => textOf(figures)),
      best: ranks.map((rank) => differ && rank === top),
    }
  }
  const rows = [
    row(
      'inBand',
      (one) => one.out_of_band,
      (one) => say(text.ofN, { n: formatNumber(one.grids - one.out_of_band), all: formatNumber(one.grids) }),
      -1,
    ),
    row(
      'moved',
      (one) => one.moved_households,
      (one) => formatNumber(one.moved_households),
      -1,
    ),
    row(
      'onBarriers',
      (one) => one.barrier_share,
      (one) => formatShare(one.barrier_share),
      1,
    ),
    row(
      'compactness',
      (one) => one.compactness,
      (one) => formatNumber(one.compactness, 2),
      1,
    ),
    row(
      'deviation',
      (one) => one.maximal_deviation,
      (one) => formatShare(one.maximal_deviation),
      -1,
    ),
    row(
      'split',
      (one) => one.groups_split,
      (one) => formatNumber(one.groups_split),
      -1,
    ),
  ]
  return rows.filter(
    ({ key }) =>
      (key !== 'moved' || proposals.some(({ figures }) => figures.moved_households !== null)) &&
      (key !== 'split' || proposals.some(({ figures }) => figures.groups_split > 0)),
  )
}
