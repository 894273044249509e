/** Two periods beside each other: all incidents and each category, as rates a day with their ratio and how sure it is. */
import type { ReactNode } from 'react'
import type { IncidentCounts } from '../../../../server/contract/analysis.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { changeFilter, useFilter, useInterval, useLook } from '../data.ts'
import { formatProbability } from '../measures.ts'
import { type Change, changesOf } from './comparison.ts'
import { categoryLabel } from './count-rows.ts'
import { toggled } from './filter.ts'
import { comparedPeriod } from './look.ts'
import { text } from './text.ts'

export function BeforeAfter({ counts }: { readonly counts: IncidentCounts }): ReactNode {
  const say = useSay()
  const look = useLook()
  const filter = useFilter()
  const interval = useInterval()
  const before = interval && comparedPeriod(look.compare, interval)
  if (!interval || !before) return null
  const periods = { now: interval, before }
  const [total] = changesOf(
    ['total'],
    new Map([['total', counts.total]]),
    new Map([['total', counts.before ?? 0]]),
    periods,
  )
  const rows = changesOf(
    counts.categories.map((one) => one.category),
    new Map(counts.categories.map((one) => [one.category, one.count])),
    new Map(counts.categories.map((one) => [one.category, one.before ?? 0])),
    periods,
  ).toSorted((a, b) => b.now - a.now || (a.key < b.key ? -1 : 1))
  return (
    <section className="chart" aria-label={say(text.beforeAfter)}>
      <h2>{say(text.beforeAfter)}</h2>
      <p className="quiet">
        {say(text.now)} {say(text.through, { from: interval.from, to: interval.to })}
        <br />
        {say(text.before)} {say(text.through, { from: before.from, to: before.to })}
      </p>
      <table className="change-table is-figures before-after">
        <thead>
          <tr>
            <th scope="col">{say(text.categories)}</th>
            <th scope="col">{say(text.before)}</th>
            <th scope="col">{say(text.now)}</th>
            <th scope="col">{say(text.ratio)}</th>
            <th scope="col">q</th>
          </tr>
        </thead>
        <tbody>
          {total && <Row change={total} label={say(text.total)} isTotal />}
          {rows.map((change) => (
            <Row
              key={change.key}
              change={change}
              label={categoryLabel(change.key, say)}
              onOpen={() => changeFilter({ categories: toggled(filter.categories, change.key) })}
            />
          ))}
        </tbody>
      </table>
      <p className="quiet">{say(text.ratioHow)}</p>
    </section>
  )
}

interface RowProps {
  readonly change: Change
  readonly label: string
  readonly isTotal?: boolean
  readonly onOpen?: () => void
}

function Row({ change, label, isTotal = false, onOpen }: RowProps): ReactNode {
  const say = useSay()
  const limits = say(text.limits, {
    from: formatNumber(change.lower, 2),
    to: change.upper === null ? say(text.unbounded) : formatNumber(change.upper, 2),
  })
  const isSure = change.class !== null && change.class !== 'none'
  return (
    <tr className={isTotal ? 'is-total' : ''}>
      <th scope="row">
        {onOpen ? (
          <button type="button" className="plain-button" onClick={onOpen}>
            {label}
          </button>
        ) : (
          label
        )}
      </th>
      <td>{formatNumber(change.before)}</td>
      <td>{formatNumber(change.now)}</td>
      <td title={limits}>
        <RatioMark change={change} />
        {isSure ? <b>{formatNumber(change.ratio, 2)}</b> : formatNumber(change.ratio, 2)}
        <span className="sr-only">{limits}</span>
      </td>
      <td>{formatProbability(isTotal ? change.p : change.q)}</td>
    </tr>
  )
}

/** The ratios a mark has room for, as powers of two to both sides of 1. */
const reach = 2
const width = 56

/** The ratio and its limits on a scale of powers of two, 1 in the middle. */
function RatioMark({ change }: { readonly change: Change }): ReactNode {
  if (change.lower === null) return null
  const x = (ratio: number | null): number => {
    const power = ratio === null ? reach : ratio === 0 ? -reach : Math.log2(ratio)
    return ((Math.max(-reach, Math.min(reach, power)) + reach) / (2 * reach)) * (width - 8) + 4
  }
  return (
    <svg className="ratio-mark" width={width} height="14" viewBox={`0 0 ${width} 14`} aria-hidden="true">
      <line className="ratio-one" x1={width / 2} x2={width / 2} y1="0" y2="14" />
      <line className="ratio-limits" x1={x(change.lower)} x2={x(change.upper)} y1="7" y2="7" />
      {change.ratio !== null && <circle cx={x(change.ratio)} cy="7" r="3" />}
    </svg>
  )
}
