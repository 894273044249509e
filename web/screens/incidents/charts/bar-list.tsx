/**
 * Counts as bars under one another, each a switch of a filter. The list is its own table: name, figure, and where two periods
 * are compared the figure before and the ratio.
 */
import type { ReactNode } from 'react'
import { formatNumber, formatShare } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { text } from './text.ts'

export interface BarRow {
  readonly key: string
  readonly label: string
  readonly count: number
  /** Of the period it is compared with; absent: none is. */
  readonly before?: number
}

interface Props {
  readonly title: string
  readonly rows: readonly BarRow[]
  /** Keys that the filter names; empty: it lets all through. */
  readonly selected: readonly string[]
  readonly onToggle: (key: string) => void
  /** The pointer or the focus came to rest on a bar, or left it. */
  readonly onRest?: (key: string | null) => void
  /** Rows shown before "more"; the rest is folded. */
  readonly most?: number
}

export function BarList({ title, rows, selected, onToggle, onRest, most = 12 }: Props): ReactNode {
  const say = useSay()
  const longest = Math.max(1, ...rows.map((row) => Math.max(row.count, row.before ?? 0)))
  const total = rows.reduce((sum, row) => sum + row.count, 0)
  const bar = (row: BarRow): ReactNode => (
    <li key={row.key}>
      <button
        type="button"
        className={`bar-row${selected.length > 0 && !selected.includes(row.key) ? ' is-out' : ''}`}
        aria-pressed={selected.includes(row.key)}
        title={say(text.ofTotal, {
          label: row.label,
          n: formatNumber(row.count),
          share: formatShare(total === 0 ? null : row.count / total),
        })}
        onClick={() => onToggle(row.key)}
        onMouseEnter={() => onRest?.(row.key)}
        onMouseLeave={() => onRest?.(null)}
        onFocus={() => onRest?.(row.key)}
        onBlur={() => onRest?.(null)}
      >
        <span className="bar-name">{row.label}</span>
        <span className="bar-track" aria-hidden="true">
          {row.before !== undefined && (
            <i className="bar-before" style={{ width: `${(100 * row.before) / longest}%` }} />
          )}
          <i className="bar-now" style={{ width: `${(100 * row.count) / longest}%` }} />
        </span>
        <span className="bar-figure">
          {formatNumber(row.count)}
          {row.before !== undefined && (
            <small className="quiet">{say(text.before, { n: formatNumber(row.before) })}</small>
          )}
        </span>
      </button>
    </li>
  )
  return (
    <section className="chart" aria-label={title}>
      <h2>{title}</h2>
      <ul className="bar-list">{rows.slice(0, most).map(bar)}</ul>
      {rows.length > most && (
        <details>
          <summary>{say(text.more, { n: formatNumber(rows.length - most) })}</summary>
          <ul className="bar-list">{rows.slice(most).map(bar)}</ul>
        </details>
      )}
    </section>
  )
}
