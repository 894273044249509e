/** Grids by the age of their last visits; a row opens the grid's figures. */
import { type ReactNode, useMemo } from 'react'
import type { Coverage, CoverageOfGrid } from '../../../../server/contract/coverage.ts'
import { ImportButton } from '../../../frame/import-button.tsx'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { Empty } from '../../../frame/states.tsx'
import { formatDay, formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useStored } from '../../../state.ts'
import { useGridsOfDay } from '../data.ts'
import { type Measure, measureOf, useMeasure } from './data.ts'
import { daysText } from './format-days.ts'
import { text } from './text.ts'

export function GridTable({ coverage }: { readonly coverage: Coverage }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const [measure] = useMeasure()
  const boxes = useGridsOfDay().data
  const columns = useMemo(() => columnsFor(measure, say), [measure, say])
  if (coverage.grids.length === 0)
    return (
      <Empty
        title={say(text.noGrids, { day: formatDay(language, coverage.day) })}
        hint={say(text.noGridsHint)}
        action={<ImportButton />}
      />
    )
  return (
    <RowTable
      label={say(text.lists.grids)}
      rows={coverage.grids}
      columns={columns}
      order="age-down"
      rowHeight={44}
      target={({ grid }) => ({ kind: 'grid', id: grid })}
      bbox={({ grid }) => boxes?.grids.find(({ code }) => code === grid)?.bbox}
    />
  )
}

function columnsFor(measure: Measure, say: Say): Column<CoverageOfGrid>[] {
  const days = (grid: CoverageOfGrid): number => measureOf(grid, measure) ?? Number.POSITIVE_INFINITY
  const byCode = (a: CoverageOfGrid, b: CoverageOfGrid): number => (a.grid < b.grid ? -1 : 1)
  const late = (
    key: string,
    title: string,
    width: string,
    figure: (grid: CoverageOfGrid) => number,
  ): Column<CoverageOfGrid> => ({
    key,
    title,
    width,
    align: 'right',
    compare: (a, b) => figure(a) - figure(b) || byCode(a, b),
    cell: (grid) => formatNumber(figure(grid)),
  })
  return [
    {
      key: 'grid',
      title: say(text.grid),
      width: 'minmax(96px, 1fr)',
      compare: byCode,
      cell: ({ grid, name }) => (
        <>
          <div className="cell">{name ?? grid}</div>
          <div className="cell quiet">{grid}</div>
        </>
      ),
    },
    {
      key: 'age',
      title: say(measure === 'passed' ? text.passed : text.median),
      width: '72px',
      align: 'right',
      // Infinity − Infinity is not a number.
      compare: (a, b) => (days(a) === days(b) ? byCode(a, b) : days(a) - days(b)),
      cell: (grid) => daysText(measureOf(grid, measure), say),
    },
    late('late', say(text.householdsLate), '56px', ({ households }) => households.overdue),
    late('never', say(text.lanesNever), '64px', ({ lanes }) => lanes.never),
  ]
}
