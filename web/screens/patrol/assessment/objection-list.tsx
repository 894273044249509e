/** Objections of the month shown, those that wait for a decision first of all; a row opens the one. */
import { Segmented } from 'antd'
import { type ReactNode, useEffect, useMemo } from 'react'
import type { Objection } from '../../../../server/contract/assessment.ts'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatClock, formatDay, formatMonth, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useChoice, useStored } from '../../../state.ts'
import { text as patrolText } from '../text.ts'
import { useMonthShown, useObjections, useSheets } from './data.ts'
import { clockOfEnd, stateOf } from './day-objections.tsx'
import { text } from './entry-text.ts'

export function ObjectionList(): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const month = useMonthShown() ?? ''
  const { data, current, error, reload } = useObjections()
  const names = useNames()
  const [show, setShow] = useChoice<'open' | 'all'>('objections', 'open')
  const columns = useColumns(names)
  // What is known already may be hours old, and others object meanwhile: whoever opens the list wants it as it is now.
  useEffect(reload, [reload])
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  const open = data.objections.filter(({ verdict }) => verdict === null)
  const shown = show === 'open' ? open : data.objections
  const counts = { open: open.length, all: data.objections.length }
  return (
    <>
      <div className="panel-tools">
        <Segmented
          size="small"
          aria-label={say(text.showWhich)}
          value={show}
          options={(['open', 'all'] as const).map((value) => ({
            value,
            label: say(text.shows[value], { n: formatNumber(counts[value]) }),
          }))}
          onChange={(value) => setShow(value)}
        />
      </div>
      {shown.length === 0 ? (
        <Empty
          title={say(data.objections.length === 0 ? text.none : text.noneOpen, {
            month: formatMonth(language, month),
          })}
          hint={say(text.noneHint)}
        />
      ) : (
        <RowTable
          label={say(text.objections)}
          rows={shown}
          columns={columns}
          order="day-up"
          rowHeight={44}
          target={({ id }) => ({ kind: 'objection', id })}
        />
      )}
    </>
  )
}

/** Masked names by id. */
export function useNames(): ReadonlyMap<string, string> {
  const { data } = useSheets()
  return useMemo(() => new Map(data?.sheets.map(({ worker, name }) => [worker, name])), [data])
}

function useColumns(names: ReadonlyMap<string, string>): readonly Column<Objection>[] {
  const say = useSay()
  const language = useStored((state) => state.language)
  return useMemo(
    () => [
      {
        key: 'day',
        title: say(text.claimed),
        width: 'minmax(140px, 1fr)',
        compare: (a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1),
        cell: (one) => (
          <>
            <div className="cell">
              {formatDay(language, one.day)} {formatClock(one.from)}–{clockOfEnd(one)}
            </div>
            <div className="cell quiet" title={one.claim}>
              {one.claim}
            </div>
          </>
        ),
      },
      {
        key: 'worker',
        title: say(patrolText.worker),
        width: '88px',
        compare: (a, b) =>
          a.worker === b.worker ? (a.from < b.from ? -1 : 1) : a.worker < b.worker ? -1 : 1,
        cell: (one) => (
          <>
            <div className="cell">{names.get(one.worker) ?? one.worker}</div>
            <div className="cell quiet">{one.worker}</div>
          </>
        ),
      },
      { key: 'state', title: say(text.state), width: '64px', cell: (one) => say(stateOf(one)) },
    ],
    [say, language, names],
  )
}
