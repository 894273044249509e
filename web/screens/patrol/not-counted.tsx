/** Every stretch of the day that does not count, with the reason: what was found, and the limit it was held against. */
import type { ReactNode } from 'react'
import type { PatrolDayDetail, TracePiece } from '../../../server/contract/patrols.ts'
import { formatClock, formatDuration, formatLength, formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { useSay } from '../../i18n/use-say.ts'
import { boxOf, StretchButton } from './stretch-lists.tsx'
import { text } from './text.ts'
import { midnightOf, spanOf } from './trace-time.ts'

type Reason = NonNullable<TracePiece['reason']>

/** The stretches with a reason, by time. */
export const notCounted = (trace: readonly TracePiece[]): (TracePiece & { readonly reason: Reason })[] =>
  trace.flatMap((piece) => (piece.reason ? [{ ...piece, reason: piece.reason }] : []))

/** A reason in words, with the figures it rests on. */
export function reasonOf({ code, value, limit }: Reason, say: Say): string {
  if (code === 'outside_grid' || code === 'not_in_force') return say(text.reasons[code])
  const figure = (amount: number | null): string => {
    if (amount === null) return '—'
    if (code === 'silence') return formatDuration(amount)
    return code === 'implausible_speed' ? `${formatNumber(amount, 1)} m/s` : formatLength(amount)
  }
  return say(text.reasons[code], { value: figure(value), limit: figure(limit) })
}

export function NotCounted({ detail }: { readonly detail: PatrolDayDetail }): ReactNode {
  const say = useSay()
  const midnight = midnightOf(detail.day)
  const pieces = notCounted(detail.trace)
  return (
    <section aria-label={say(text.notCounted)}>
      <h2>
        {say(text.notCounted)} <span className="tab-count">{formatNumber(pieces.length)}</span>
      </h2>
      {pieces.length === 0 && <p className="quiet">{say(text.allCounted)}</p>}
      <ul className="stretches">
        {pieces.map((piece) => {
          const span = spanOf(piece, midnight)
          return (
            <li key={piece.from}>
              <StretchButton worker={detail.worker} span={span} box={boxOf(detail, span)}>
                <span>
                  {formatClock(piece.from)}–{formatClock(piece.to)}
                </span>
                <span className="quiet">{say(text.labels[piece.label])}</span>
                <b>{formatDuration(span.to - span.from)}</b>
              </StretchButton>
              <p className="quiet">{reasonOf(piece.reason, say)}</p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
