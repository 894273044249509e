/** A month at a glance: a row a worker, a cell a day; a cell opens that worker's day. */

import { type ReactNode, useMemo, useState } from 'react'
import { SearchField } from '../../frame/search-field.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { VirtualList } from '../../frame/virtual-list.tsx'
import { formatDay, formatMonth, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { hover, navigate, useStored } from '../../state.ts'
import { useMonth, usePatrolDayShown, useWorker } from './data.ts'
import {
  countState,
  countWithin,
  type DayState,
  daysOf,
  isDayOff,
  type MonthRow,
  monthRows,
} from './month.ts'
import { NoPatrol } from './no-patrol.tsx'
import { text } from './text.ts'

const states: readonly DayState[] = ['met', 'unmet', 'unjudged', 'absent', 'off']

export function MonthTable(): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useMonth()
  const language = useStored((state) => state.language)
  const day = usePatrolDayShown()
  const rows = useMemo(() => data && monthRows(data), [data])
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data || !rows) return <Loading rows={12} />
  if (rows.length === 0 && current)
    return (
      <NoPatrol
        title={say(text.noPatrolMonth, { month: formatMonth(language, day?.slice(0, 7)) })}
        of="month"
      />
    )
  return <Table rows={rows} days={daysOf(data)} cutShort={data.next !== null} />
}

interface TableProps {
  readonly rows: readonly MonthRow[]
  readonly days: readonly string[]
  readonly cutShort: boolean
}

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a table that holds only what is in sight: table elements cannot be positioned so */
function Table({ rows, days, cutShort }: TableProps): ReactNode {
  const say = useSay()
  const [wanted, setWanted] = useState('')
  const worker = useWorker()
  const shown = usePatrolDayShown()
  const hovered = useStored((state) => state.hover)
  const found = useMemo(() => {
    const words = wanted.trim().toLowerCase()
    return rows.filter((row) => `${row.name} ${row.worker}`.toLowerCase().includes(words))
  }, [rows, wanted])
  const within = countWithin(rows)
  const template = { gridTemplateColumns: `84px repeat(${days.length}, minmax(0, 1fr))` }
  return (
    <>
      <div className="panel-tools">
        <SearchField label={say(text.search)} value={wanted} onChange={setWanted} />
      </div>
      <p className="panel-summary quiet">
        {say(text.monthSummary, {
          days: formatNumber(countState(rows, 'met', 'unmet', 'unjudged')),
          met: formatNumber(countState(rows, 'met')),
          within: within === 0 ? '' : say(text.within.days, { n: formatNumber(within) }),
          absent: formatNumber(countState(rows, 'absent')),
        })}
      </p>
      {cutShort && (
        <p className="panel-summary quiet">{say(text.cutShort, { n: formatNumber(rows.length) })}</p>
      )}
      <ul className="month-key">
        {states.map((state) => (
          <li key={state}>
            <DayMark state={state} /> {say(text.days[state])}
          </li>
        ))}
        {within > 0 && (
          <li>
            <DayMark state="met" within /> {say(text.within.key)}
          </li>
        )}
      </ul>
      {found.length === 0 && <Empty title={say(text.noMatch)} />}
      <div className="row-table" role="table" aria-label={say(text.monthOf)} aria-rowcount={found.length + 1}>
        <div role="rowgroup">
          <div className="month-row month-head" role="row" aria-rowindex={1} style={template}>
            <div role="columnheader">{say(text.worker)}</div>
            {days.map((day) => (
              <div
                key={day}
                role="columnheader"
                className={`${isDayOff(day) ? 'is-day-off' : ''}${day === shown ? ' is-shown' : ''}`}
              >
                <span className={isNumbered(day, shown) ? '' : 'sr-only'}>{Number(day.slice(8))}</span>
              </div>
            ))}
          </div>
        </div>
        <VirtualList
          items={found}
          itemHeight={32}
          itemKey={(row) => row.worker}
          label={say(text.monthOf)}
          shape="table"
          reveal={found.findIndex((row) => row.worker === worker)}
          row={(row) => ({
            className: hovered?.kind === 'worker' && hovered.id === row.worker ? 'is-hovered' : '',
            selected: row.worker === worker,
            onOpen: () => navigate({ selection: { kind: 'worker', id: row.worker } }),
            onRest: (resting) => hover(resting ? { kind: 'worker', id: row.worker } : null),
            content: (
              <div className="month-row" role="presentation" style={template}>
                <div className="cell" role="rowheader" title={row.worker}>
                  {row.name} <span className="quiet">{row.worker}</span>
                </div>
                {row.cells.map((state, index) => (
                  <DayCell
                    key={days[index]}
                    worker={row.worker}
                    day={days[index] ?? ''}
                    state={state}
                    within={row.within[index] === true}
                    // One stop in the tab order a row that is open, none elsewhere: the row itself is a stop.
                    focusable={row.worker === worker}
                    shown={days[index] === shown}
                  />
                ))}
              </div>
            ),
          })}
        />
      </div>
    </>
  )
}

/** There is no room to write every day's number: the 1st, every fifth, and the day shown instead of those beside it. */
function isNumbered(day: string, shown: string | undefined): boolean {
  const number = Number(day.slice(8))
  const chosen = shown === undefined ? Number.NaN : Number(shown.slice(8))
  if (number === chosen) return true
  return (number === 1 || (number % 5 === 0 && number < 31)) && !(Math.abs(number - chosen) <= 1)
}

interface CellProps {
  readonly worker: string
  readonly day: string
  readonly state: DayState
  readonly within: boolean
  readonly focusable: boolean
  readonly shown: boolean
}

function DayCell({ worker, day, state, within, focusable, shown }: CellProps): ReactNode {
  const say = useSay()
  const language = useStored((one) => one.language)
  const words = within ? `${say(text.days[state])} · ${say(text.within.short)}` : say(text.days[state])
  const label = say(text.openDay, { day: formatDay(language, day), state: words })
  return (
    <div role="cell" className={`${isDayOff(day) ? 'is-day-off' : ''}${shown ? ' is-shown' : ''}`}>
      <button
        type="button"
        className="month-cell"
        tabIndex={focusable ? 0 : -1}
        title={label}
        aria-label={label}
        onClick={(event) => {
          event.stopPropagation()
          navigate({ day, selection: { kind: 'worker', id: worker } })
        }}
        onKeyDown={(event) => {
          // Enter and Space are the cell's; arrows stay the list's.
          if (event.key === 'Enter' || event.key === ' ') event.stopPropagation()
        }}
      >
        <DayMark state={state} within={within} />
      </button>
    </div>
  )
}

/** Told apart by shape as well as colour: full square, cross, open square, open circle, dot; underlined: within the error. */
function DayMark({ state, within }: { readonly state: DayState; readonly within?: boolean }): ReactNode {
  return (
    <svg className={`day-mark is-${state}`} width="10" height="14" viewBox="0 -2 10 14" aria-hidden="true">
      {state === 'met' && <rect x="0.5" y="0.5" width="9" height="9" rx="1.5" />}
      {state === 'unmet' && <path d="m1 1 8 8M9 1 1 9" />}
      {state === 'unjudged' && <rect x="1.5" y="1.5" width="7" height="7" rx="1" />}
      {state === 'absent' && <circle cx="5" cy="5" r="3.5" />}
      {state === 'off' && <circle cx="5" cy="5" r="0.8" />}
      {within && <path className="is-within" d="M0 11.4h10" />}
    </svg>
  )
}
