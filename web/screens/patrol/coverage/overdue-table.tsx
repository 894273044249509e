/** Households, lanes or places to go to, worst first; a row lights up on the map and opens what is known. */
import { Button, Segmented } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { Overdue, OverdueRow } from '../../../../server/contract/coverage.ts'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { SearchField } from '../../../frame/search-field.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatDay, formatLength, formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useStored } from '../../../state.ts'
import { useGridName } from '../data.ts'
import { bboxOf, type OverdueList, targetOf, useOverdue, useOwnWorker, useWhose } from './data.ts'
import { daysText } from './format-days.ts'
import { overdueCsv } from './overdue-csv.ts'
import { text } from './text.ts'

export function OverdueTable({ list }: { readonly list: OverdueList }): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useOverdue(list)
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  return (
    <>
      <Whose />
      {data.rows.length === 0 ? (
        <Empty title={say(text.none[list])} hint={say(text.noneHint[list])} />
      ) : (
        <Rows list={list} data={data} />
      )}
    </>
  )
}

/** Of a worker's account only: everybody's, or one's own. */
function Whose(): ReactNode {
  const say = useSay()
  const own = useOwnWorker()
  const [whose, choose] = useWhose()
  if (!own) return null
  return (
    <div className="panel-tools">
      <Segmented
        aria-label={say(text.whose)}
        value={whose}
        options={(['all', 'mine'] as const).map((value) => ({ value, label: say(text.whoses[value]) }))}
        onChange={(value) => choose(value)}
      />
    </div>
  )
}

interface Props {
  readonly list: OverdueList
  readonly data: Overdue
}

function Rows({ list, data }: Props): ReactNode {
  const say = useSay()
  const [wanted, setWanted] = useState('')
  const gridName = useGridName()
  const found = useMemo(() => {
    const words = wanted.trim().toLowerCase()
    return data.rows.filter(({ id, name, grid }) =>
      `${id} ${name ?? ''} ${grid ?? ''} ${grid === null ? '' : gridName(grid)}`
        .toLowerCase()
        .includes(words),
    )
  }, [data, wanted, gridName])
  const columns = useMemo(() => columnsFor(list, gridName, say), [list, gridName, say])
  return (
    <>
      <div className="panel-tools">
        <SearchField label={say(text.filter)} value={wanted} onChange={setWanted} />
        <Button onClick={() => save(overdueCsv(found, say), `${list}-${data.day}.csv`)}>
          {say(text.csv)}
        </Button>
        <PrintButton list={list} day={data.day} rows={found} columns={columns} />
      </div>
      <p className="panel-summary quiet">
        {say(text.found, { n: formatNumber(found.length) })}
        {data.next !== null && ` · ${say(text.cutShort, { n: formatNumber(data.rows.length) })}`}
      </p>
      {found.length === 0 && <Empty title={say(text.noMatch)} />}
      <RowTable
        label={say(text.lists[list])}
        rows={found}
        columns={columns}
        order="overdue-down"
        rowHeight={44}
        target={targetOf}
        bbox={bboxOf}
      />
    </>
  )
}

function columnsFor(list: OverdueList, gridName: (code: string) => string, say: Say): Column<OverdueRow>[] {
  const age = (row: OverdueRow): number => row.age_days ?? Number.POSITIVE_INFINITY
  const byId = (a: OverdueRow, b: OverdueRow): number =>
    targetOf(a).id === targetOf(b).id ? 0 : targetOf(a).id < targetOf(b).id ? -1 : 1
  const figure: Column<OverdueRow> =
    list === 'lanes'
      ? {
          key: 'length',
          title: say(text.length),
          width: '64px',
          align: 'right',
          compare: (a, b) => (a.metres ?? 0) - (b.metres ?? 0) || byId(a, b),
          cell: ({ metres }) => formatLength(metres),
        }
      : {
          key: 'age',
          title: say(text.age),
          width: '56px',
          align: 'right',
          compare: (a, b) => (age(a) === age(b) ? byId(a, b) : age(a) - age(b)),
          cell: ({ age_days }) => daysText(age_days, say),
        }
  return [
    {
      key: 'id',
      title: say(
        list === 'lanes'
          ? text.subject.lane
          : list === 'places'
            ? text.subject.place
            : text.subject.household,
      ),
      width: 'minmax(110px, 1fr)',
      compare: byId,
      cell: ({ id, name, grid, is_key, kind }) => (
        <>
          <div className="cell">
            {name ?? id} {is_key && kind !== 'place' && <span className="flag-count">{say(text.must)}</span>}
          </div>
          <div className="cell quiet">
            {name !== null && `${id} · `}
            {grid === null ? say(text.inNoGrid) : gridName(grid)}
          </div>
        </>
      ),
    },
    figure,
    {
      key: 'overdue',
      title: say(text.overdue),
      width: '56px',
      align: 'right',
      // As the service sorts, and so the file and the paper: must visit first among equals.
      compare: (a, b) =>
        a.overdue_days - b.overdue_days ||
        (age(a) === age(b) ? Number(a.is_key) - Number(b.is_key) || byId(b, a) : age(a) - age(b)),
      cell: ({ overdue_days, due_day }) =>
        due_day === null ? '—' : say(text.daysN, { n: formatNumber(overdue_days) }),
    },
    {
      key: 'contact',
      title: say(text.contact),
      width: '64px',
      cell: ({ contact }) => (contact ? <span title={contact.worker}>{contact.name}</span> : '—'),
    },
  ]
}

interface PrintProps {
  readonly list: OverdueList
  readonly day: string
  readonly rows: readonly OverdueRow[]
  readonly columns: readonly Column<OverdueRow>[]
}

/** Prints every row, not those in sight: a sheet to take along. */
function PrintButton({ list, day, rows, columns }: PrintProps): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const [printing, setPrinting] = useState(false)
  const print = (): void => {
    flushSync(() => setPrinting(true))
    window.print()
    setPrinting(false)
  }
  return (
    <>
      <Button onClick={print}>{say(text.print)}</Button>
      {printing &&
        createPortal(
          <div className="print-sheet">
            <h1>
              {say(text.lists[list])} · {formatDay(language, day, true)}
            </h1>
            <table>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column.key} className={column.align && 'is-right'}>
                      {column.title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={targetOf(row).id}>
                    {columns.map((column) => (
                      <td key={column.key} className={column.align && 'is-right'}>
                        {column.cell(row)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>,
          document.body,
        )}
    </>
  )
}

function save(content: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
