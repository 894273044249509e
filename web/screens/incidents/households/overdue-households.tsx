/** Households that must be visited and were not in time, longest overdue first. */
import type { ReactNode } from 'react'
import type { OverdueRow } from '../../../../server/contract/coverage.ts'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import type { Bbox } from '../../../state.ts'
import { useGridsShown } from '../data.ts'
import { useOverdueHouseholds } from './data.ts'
import { text } from './text.ts'

export function OverdueHouseholds(): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useOverdueHouseholds()
  const grids = useGridsShown().data?.grids
  const nameOf = (code: string): string => grids?.find((one) => one.code === code)?.name ?? code
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  if (data.rows.length === 0) return <Empty title={say(text.nobodyOverdue)} />
  return (
    <div className="panel-list">
      <p className="panel-summary quiet">{say(text.found, { n: formatNumber(data.total) })}</p>
      <RowTable
        label={say(text.lists.overdue)}
        rows={data.rows}
        columns={columnsFor(say, nameOf)}
        order="late-down"
        rowHeight={44}
        // The screen has cards of grids, not of households: the row leads to its grid, the map to the house.
        target={({ id, grid }) => ({ kind: 'grid', id: grid ?? id })}
        bbox={around}
      />
    </div>
  )
}

/** Some 150 m. */
const margin = 0.0015
const around = ({ lon, lat }: OverdueRow): Bbox => [lon - margin, lat - margin, lon + margin, lat + margin]

function columnsFor(say: Say, nameOf: (grid: string) => string): Column<OverdueRow>[] {
  const byId = (a: OverdueRow, b: OverdueRow): number => (a.id === b.id ? 0 : a.id < b.id ? -1 : 1)
  return [
    {
      key: 'id',
      title: say(text.household),
      width: 'minmax(96px, 1fr)',
      compare: byId,
      cell: ({ id, grid }) => (
        <>
          <div className="cell">{id}</div>
          <div className="cell quiet">{grid === null ? say(text.none) : nameOf(grid)}</div>
        </>
      ),
    },
    {
      key: 'age',
      title: say(text.age),
      width: '64px',
      align: 'right',
      compare: (a, b) => (a.age_days ?? 1e9) - (b.age_days ?? 1e9) || byId(a, b),
      cell: ({ age_days }) =>
        age_days === null ? say(text.never) : say(text.daysN, { n: formatNumber(age_days) }),
    },
    {
      key: 'late',
      title: say(text.overdue),
      width: '64px',
      align: 'right',
      compare: (a, b) => a.overdue_days - b.overdue_days || byId(b, a),
      cell: ({ overdue_days }) => say(text.daysN, { n: formatNumber(overdue_days) }),
    },
    {
      key: 'contact',
      title: say(text.contact),
      width: '72px',
      cell: ({ contact }) => contact?.name ?? '—',
    },
  ]
}
