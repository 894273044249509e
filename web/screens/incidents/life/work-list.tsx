/** 待办: what waits, the most pressing first; a row opens the incident. */

import { Button, Segmented } from 'antd'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { IncidentWork, WaitingIncident } from '../../../../server/contract/incident-life.ts'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { SearchField } from '../../../frame/search-field.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatMoment, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { select, useStored } from '../../../state.ts'
import { countdown } from './countdown.ts'
import {
  bboxAround,
  useCategoryName,
  useMayReport,
  useRefresh,
  useWork,
  useWorkListChoice,
  workLists,
} from './data.ts'
import { text } from './text.ts'

export function WorkList(): ReactNode {
  const say = useSay()
  const [list, setList] = useWorkListChoice()
  const { data, current, error, reload } = useWork(list)
  const mayReport = useMayReport()
  // What is known may be hours old, and others work meanwhile.
  useEffect(reload, [reload])
  useRefresh(reload)
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  return (
    <div className="panel-list">
      <div className="filter-form">
        <Segmented
          block
          size="small"
          aria-label={say(text.whichList)}
          value={list}
          options={workLists.map((value) => ({
            value,
            label: say(text.lists[value], { n: formatNumber(data.lists[value]) }),
          }))}
          onChange={(value) => setList(value)}
        />
        {mayReport && (
          <Button type="primary" onClick={() => select({ kind: 'report', id: 'new' })}>
            {say(text.report)}
          </Button>
        )}
      </div>
      {data.incidents.length === 0 ? (
        <Empty title={say(text.none)} hint={say(text.noneHint)} />
      ) : (
        <Rows data={data} />
      )}
    </div>
  )
}

function Rows({ data }: { readonly data: IncidentWork }): ReactNode {
  const say = useSay()
  const [wanted, setWanted] = useState('')
  const nameOf = useCategoryName()
  const words = wanted.trim().toLowerCase()
  const found = data.incidents.filter(({ id, category, description }) =>
    `${id} ${nameOf(category)} ${description ?? ''}`.toLowerCase().includes(words),
  )
  const columns = useColumns(data.working_day_minutes, nameOf)
  return (
    <>
      <div className="panel-tools">
        <SearchField label={say(text.search)} value={wanted} onChange={setWanted} />
      </div>
      {data.next !== null && (
        <p className="panel-summary quiet">
          {say(text.cutShort, { n: formatNumber(data.incidents.length) })}
        </p>
      )}
      <RowTable
        label={say(text.waiting)}
        rows={found}
        columns={columns}
        order="due-up"
        rowHeight={44}
        target={({ id }) => ({ kind: 'incident', id })}
        bbox={bboxAround}
      />
    </>
  )
}

/** Without a deadline last; then by id. */
const byDue = (a: WaitingIncident, b: WaitingIncident): number => {
  const [x, y] = [a.next?.due_at ?? '~', b.next?.due_at ?? '~']
  return x === y ? (a.id < b.id ? -1 : 1) : x < y ? -1 : 1
}

function useColumns(
  dayMinutes: number,
  nameOf: (category: string) => string,
): readonly Column<WaitingIncident>[] {
  const say = useSay()
  const language = useStored((state) => state.language)
  return useMemo(
    () => [
      {
        key: 'what',
        title: say(text.what),
        width: 'minmax(120px, 1fr)',
        cell: (one) => (
          <>
            <div className="cell" title={one.description ?? ''}>
              {one.urgency === 'emergency' && <b className="is-overdue">{say(text.emergency)} </b>}
              {one.description ?? nameOf(one.category)}
            </div>
            <div className="cell quiet">
              {/* The number whole: what is cut off must not be what tells two apart. */}
              {one.id} · {nameOf(one.category)}
            </div>
          </>
        ),
      },
      {
        key: 'due',
        title: say(text.deadline),
        width: '112px',
        compare: byDue,
        cell: (one) =>
          one.next === null ? (
            <span className="quiet">{say(text.noDeadline)}</span>
          ) : (
            <>
              <div className={`cell is-${one.next.status.replace('_', '-')}`}>
                {countdown(one.next, dayMinutes, say)}
              </div>
              <div className="cell quiet">{formatMoment(language, one.next.due_at)}</div>
            </>
          ),
      },
      {
        key: 'state',
        title: say(text.state),
        width: '72px',
        cell: (one) => (
          <>
            <div className="cell">{say(text.states[one.state])}</div>
            <div className="cell quiet">{say(text.levels[one.level])}</div>
          </>
        ),
      },
    ],
    [say, language, dayMinutes, nameOf],
  )
}
