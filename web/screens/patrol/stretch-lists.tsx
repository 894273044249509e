/** Parts of a day as lists: stays, and what is worth a look. A row lights its part on the map, in the strip and on the timeline. */
import type { ReactNode } from 'react'
import type { Match } from '../../../server/contract/match.ts'
import type { PatrolDayDetail } from '../../../server/contract/patrols.ts'
import { formatClock, formatDuration, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { wordOr } from '../../i18n/words.ts'
import { type Bbox, hover, sameTarget, select, useStored } from '../../state.ts'
import { evidenceFact } from './derivation.ts'
import { Facts } from './grid-day.tsx'
import { text } from './text.ts'
import { midnightOf, piecesWithin, type Span, spanOf, stretchTarget } from './trace-time.ts'

export function Stays({ detail }: { readonly detail: PatrolDayDetail }): ReactNode {
  const say = useSay()
  const midnight = midnightOf(detail.day)
  return (
    <section>
      <h2>
        {say(text.stays)} <span className="tab-count">{formatNumber(detail.stays.length)}</span>
      </h2>
      {detail.stays.length === 0 && <p className="quiet">{say(text.noStays)}</p>}
      <ul className="stretches">
        {detail.stays.map((stay) => {
          const span = spanOf(stay, midnight)
          return (
            <li key={stay.from}>
              <StretchButton worker={detail.worker} span={span} box={around(stay.lon, stay.lat)}>
                <span>
                  {formatClock(stay.from)}–{formatClock(stay.to)}
                </span>
                <span className="quiet">{say(stay.inside ? text.labels.inside : text.labels.outside)}</span>
                <b>{formatDuration(span.to - span.from)}</b>
              </StretchButton>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

export function Flags({ detail }: { readonly detail: PatrolDayDetail }): ReactNode {
  const say = useSay()
  const midnight = midnightOf(detail.day)
  const flags = flagsIn(detail)
  return (
    <section>
      <h2>
        {say(text.flagsTitle)} <span className="tab-count">{formatNumber(flags.length)}</span>
      </h2>
      {flags.length === 0 && <p className="quiet">{say(text.noFlags)}</p>}
      <ul className="stretches">
        {flags.map((flag) => {
          const span = spanOf(flag, midnight)
          return (
            <li key={`${flag.from} ${flag.code}`}>
              <StretchButton worker={detail.worker} span={span} box={boxOf(detail, span)}>
                <span>
                  {formatClock(flag.from)}
                  {flag.to !== flag.from && `–${formatClock(flag.to)}`}
                </span>
                <b>{say(wordOr(text.flags, flag.code))}</b>
              </StretchButton>
              <Facts
                facts={Object.entries(flag.evidence).map(([name, value]) => evidenceFact(name, value))}
              />
            </li>
          )
        })}
      </ul>
      <p className="quiet">{say(text.flagsNote)}</p>
    </section>
  )
}

type Flag = Match['flags'][number]

/** Each flag once, though every grid's result tells of the whole trace. */
export function flagsIn(detail: Pick<PatrolDayDetail, 'results'>): Flag[] {
  const flags = new Map<string, Flag>()
  for (const result of detail.results as readonly { readonly flags?: readonly Flag[] }[])
    for (const flag of result.flags ?? []) flags.set(`${flag.from} ${flag.to} ${flag.code}`, flag)
  return [...flags.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

interface StretchButtonProps {
  readonly worker: string
  readonly span: Span
  readonly box: Bbox | undefined
  readonly children: ReactNode
}

export function StretchButton({ worker, span, box, children }: StretchButtonProps): ReactNode {
  const target = stretchTarget(worker, span)
  const lit = useStored((state) => sameTarget(state.hover, target))
  const selected = useStored((state) => sameTarget(state.address.selection, target))
  return (
    <button
      type="button"
      className={`stretch${lit ? ' is-hovered' : ''}${selected ? ' is-selected' : ''}`}
      aria-pressed={selected}
      onClick={() => (selected ? select({ kind: 'worker', id: worker }) : select(target, box))}
      onMouseEnter={() => hover(target)}
      onMouseLeave={() => hover(null)}
      onFocus={() => hover(target)}
      onBlur={() => hover(null)}
    >
      {children}
    </button>
  )
}

/** Some 300 m across: a stay with the lanes around it. */
export const around = (longitude: number, latitude: number): Bbox => [
  longitude - 0.0015,
  latitude - 0.0013,
  longitude + 0.0015,
  latitude + 0.0013,
]

export function boxOf(detail: PatrolDayDetail, span: Span): Bbox | undefined {
  const widened = span.to > span.from ? span : { from: span.from - 30, to: span.to + 30 }
  const positions = piecesWithin(detail.trace, midnightOf(detail.day), widened).flatMap(
    (piece) => piece.coordinates,
  )
  const [first] = positions
  if (!first) return undefined
  const [west, south, east, north] = positions.reduce<[number, number, number, number]>(
    (box, [x, y]) => [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)],
    [first[0], first[1], first[0], first[1]],
  )
  return [west - 0.0008, south - 0.0008, east + 0.0008, north + 0.0008]
}
