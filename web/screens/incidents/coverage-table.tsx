/** Household coverage: how many of each grid's households were reached, and of those that must be visited. */

import { Select } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import type { HouseholdCoverage } from '../../../server/contract/incidents.ts'
import { ImportButton } from '../../frame/import-button.tsx'
import { type Column, RowTable } from '../../frame/row-table.tsx'
import { SearchField } from '../../frame/search-field.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { formatDay, formatNumber, formatShare } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { useSay } from '../../i18n/use-say.ts'
import { useStored } from '../../state.ts'
import { coverageWindows, useCoverage, useCoverageWindow, useGridsShown } from './data.ts'
import { ShareBar } from './share-bar.tsx'
import { text } from './text.ts'

type GridCoverage = HouseholdCoverage['grids'][number]

export function CoverageTable(): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useCoverage()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  if (data.grids.length === 0)
    return <Empty title={say(text.noCoverage)} hint={say(text.noCoverageHint)} action={<ImportButton />} />
  return <Table coverage={data} />
}

/** Grids whose name or code has the words. */
export function filterCoverage(grids: readonly GridCoverage[], wanted: string): readonly GridCoverage[] {
  const words = wanted.trim().toLowerCase()
  return grids.filter((one) => `${one.name ?? ''} ${one.grid}`.toLowerCase().includes(words))
}

function Table({ coverage }: { readonly coverage: HouseholdCoverage }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const [days, setDays] = useCoverageWindow()
  const [wanted, setWanted] = useState('')
  const boxes = useGridsShown().data
  const rows = useMemo(() => filterCoverage(coverage.grids, wanted), [coverage, wanted])
  const columns = useMemo(() => columnsFor(say), [say])
  const { totals } = coverage
  return (
    <div className="panel-list">
      <div className="filter-form">
        <div className="filter-line">
          <span>{say(text.coverageDays, { day: formatDay(language, coverage.day) })}</span>
          <Select
            aria-label={say(text.windowOf)}
            value={days}
            popupMatchSelectWidth={false}
            options={coverageWindows.map((value) => ({ value, label: say(text.daysN, { n: value }) }))}
            onChange={(value) => setDays(value)}
          />
        </div>
        <Total
          words={say(text.coverageTotal, {
            n: formatNumber(totals.reached),
            total: formatNumber(totals.households),
          })}
          n={totals.reached}
          total={totals.households}
        />
        <Total
          words={say(text.mustTotal, {
            n: formatNumber(totals.must_visit_reached),
            total: formatNumber(totals.must_visit),
          })}
          n={totals.must_visit_reached}
          total={totals.must_visit}
        />
        <p className="quiet">{say(text.coverageHow)}</p>
        <SearchField label={say(text.search)} value={wanted} onChange={setWanted} />
      </div>
      {rows.length === 0 && <Empty title={say(text.noMatch)} />}
      <RowTable
        label={say(text.coverageOf)}
        rows={rows}
        columns={columns}
        order="reached-up"
        rowHeight={48}
        target={(one) => ({ kind: 'grid', id: one.grid })}
        bbox={(one) => boxes?.grids.find((grid) => grid.code === one.grid)?.bbox}
      />
    </div>
  )
}

function Total({
  words,
  n,
  total,
}: {
  readonly words: string
  readonly n: number
  readonly total: number
}): ReactNode {
  return (
    <div>
      <div className="filter-line">
        <span>{words}</span>
        <b>{formatShare(shareOf(n, total))}</b>
      </div>
      <ShareBar share={shareOf(n, total)} />
    </div>
  )
}

/** Unknown, not 0, where there is nobody to reach. */
export const shareOf = (n: number, total: number): number | null => (total === 0 ? null : n / total)

/** Ascending by share; grids with nobody to reach stand last. */
const byShare =
  (n: (one: GridCoverage) => number, total: (one: GridCoverage) => number) =>
  (a: GridCoverage, b: GridCoverage): number =>
    (shareOf(n(a), total(a)) ?? 2) - (shareOf(n(b), total(b)) ?? 2) || (a.grid < b.grid ? -1 : 1)

function columnsFor(say: Say): Column<GridCoverage>[] {
  const column = (
    key: string,
    title: string,
    n: (one: GridCoverage) => number,
    total: (one: GridCoverage) => number,
  ): Column<GridCoverage> => ({
    key,
    title,
    width: '92px',
    align: 'right',
    compare: byShare(n, total),
    cell: (one) => (
      <>
        <div>
          {formatNumber(n(one))} <span className="quiet">/ {formatNumber(total(one))}</span>
        </div>
        <ShareBar share={shareOf(n(one), total(one))} />
      </>
    ),
  })
  return [
    {
      key: 'grid',
      title: say(text.grid),
      width: 'minmax(96px, 1fr)',
      compare: (a, b) => (a.grid < b.grid ? -1 : 1),
      cell: (one) => (
        <>
          <div className="cell">{one.name ?? one.grid}</div>
          <div className="cell quiet">{one.grid}</div>
        </>
      ),
    },
    column(
      'reached',
      say(text.reached),
      (one) => one.reached,
      (one) => one.households,
    ),
    column(
      'must',
      say(text.mustVisit),
      (one) => one.must_visit_reached,
      (one) => one.must_visit,
    ),
  ]
}
