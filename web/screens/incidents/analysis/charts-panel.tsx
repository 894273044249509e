/** The charts beside the map: what the incidents are made of. Each click filters, list and map alike. */
import type { ReactNode } from 'react'
import { Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { hover, select } from '../../../state.ts'
import { BarList, type BarRow } from '../charts/bar-list.tsx'
import { WeekMatrix } from '../charts/week-matrix.tsx'
import { changeFilter, useCounts, useFilter, useGridsShown, useInterval, useLook } from '../data.ts'
import { NoIncidents } from '../no-incidents.tsx'
import { BeforeAfter } from './before-after.tsx'
import { CompareChoice } from './compare-choice.tsx'
import { rowsOf } from './count-rows.ts'
import { toggled } from './filter.ts'
import { FilterChips } from './filter-chips.tsx'
import { text } from './text.ts'

export function ChartsPanel(): ReactNode {
  const say = useSay()
  const filter = useFilter()
  const look = useLook()
  const grids = useGridsShown().data
  const { data, error, current, reload } = useCounts(useInterval())
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  if (data.read === 0) return <NoIncidents />
  const rows = rowsOf(data, say)
  const bars = (
    list: readonly { value: string; label: string; count: number; before: number | null }[],
  ): BarRow[] =>
    list.map(({ value, label, count, before }) => ({
      key: value,
      label,
      count,
      ...(before !== null && { before }),
    }))
  const inGrids = data.grids
    .map(({ grid, name, count, before }) => ({
      value: grid ?? '',
      label: name ?? grid ?? say(text.noGrid),
      count,
      before,
    }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return (
    <div className="panel-scroll charts">
      <p className="chart-total">
        <b>{formatNumber(data.total)}</b>{' '}
        <span className="quiet">{say(text.ofRead, { read: formatNumber(data.read) })}</span>
      </p>
      <FilterChips />
      <CompareChoice look={look} />
      {data.before !== null && <BeforeAfter counts={data} />}
      <BarList
        title={say(text.byCategory)}
        rows={bars(rows.categories)}
        selected={filter.categories}
        onToggle={(key) => changeFilter({ categories: toggled(filter.categories, key) })}
        onRest={(key) => hover(key === null ? null : { kind: 'category', id: key })}
      />
      <WeekMatrix
        title={say(text.byWeek)}
        counts={data.week}
        selected={filter.week}
        onSelect={(week) => changeFilter({ week })}
      />
      <p className="quiet chart-hint">{say(text.weekHint)}</p>
      <BarList
        title={say(text.bySeverity)}
        rows={bars(rows.severities)}
        selected={filter.severities}
        onToggle={(key) => changeFilter({ severities: toggled(filter.severities, key) })}
      />
      <BarList
        title={say(text.byStatus)}
        rows={bars(rows.statuses)}
        selected={filter.statuses}
        onToggle={(key) => changeFilter({ statuses: toggled(filter.statuses, key) })}
      />
      <BarList
        title={say(text.byGrid)}
        rows={bars(inGrids)}
        selected={[]}
        onToggle={(key) => {
          const box = grids?.grids.find((grid) => grid.code === key)?.bbox
          if (key !== '') select({ kind: 'grid', id: key }, box)
        }}
        onRest={(key) => hover(key ? { kind: 'grid', id: key } : null)}
      />
    </div>
  )
}
