/** All grids of the area: code, households against the band, persons, must-visit; sorts and filters. */
import { type ReactNode, useMemo, useState } from 'react'
import type { Grid, Grids } from '../../../server/contract/grids.ts'
import { type Column, RowTable } from '../../frame/row-table.tsx'
import { SearchField } from '../../frame/search-field.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { useSay } from '../../i18n/use-say.ts'
import { bandWords } from '../../i18n/words.ts'
import { useArea } from '../../period.ts'
import { BandBar, barScale } from './band-bar.tsx'
import { useGrids } from './data.ts'
import { NoGrids } from './no-grids.tsx'
import { VillageMapLink } from './poster-links.tsx'
import { text } from './text.ts'

export function GridTable(): ReactNode {
  const { data, error, reload } = useGrids()
  if (error && !data) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  if (data.grids.length === 0) return <NoGrids />
  return <Table grids={data} />
}

function Table({ grids }: { readonly grids: Grids }): ReactNode {
  const say = useSay()
  const area = useArea()
  const [wanted, setWanted] = useState('')
  const rows = useMemo(() => filterGrids(grids.grids, wanted), [grids, wanted])
  const columns = useMemo(() => columnsFor(grids, say), [grids, say])
  return (
    <div className="panel-list">
      <div className="panel-tools">
        <SearchField label={say(text.searchGrids)} value={wanted} onChange={setWanted} />
        {area?.level === 'village' && <VillageMapLink village={area.code} />}
      </div>
      {rows.length === 0 && <Empty title={say(text.noMatch)} />}
      <RowTable
        label={say(text.gridsOf)}
        rows={rows}
        columns={columns}
        order="households-down"
        rowHeight={44}
        target={(grid) => ({ kind: 'grid', id: grid.code })}
        bbox={(grid) => grid.bbox}
      />
    </div>
  )
}

/** Grids whose code, name or village contains the words asked for. */
export function filterGrids(grids: readonly Grid[], wanted: string): readonly Grid[] {
  const words = wanted.trim().toLowerCase()
  if (words === '') return grids
  return grids.filter((grid) =>
    [grid.code, grid.name, grid.village_name].some((one) => one?.toLowerCase().includes(words)),
  )
}

function columnsFor(grids: Grids, say: Say): Column<Grid>[] {
  const most = barScale(grids)
  return [
    {
      key: 'code',
      title: say(text.grid),
      width: 'minmax(96px, 1fr)',
      compare: (a, b) => (a.code < b.code ? -1 : 1),
      cell: (grid) => (
        <>
          <div className="cell">{grid.name ?? grid.code}</div>
          <div className="cell quiet">{grid.name ? grid.code : grid.village_name}</div>
        </>
      ),
    },
    {
      key: 'households',
      title: say(text.households),
      width: '124px',
      align: 'right',
      compare: (a, b) => (a.households ?? -1) - (b.households ?? -1),
      cell: (grid) => (
        <span className="band-cell" title={say(bandWords[grid.band_status])}>
          <BandBar grid={grid} band={grids.band} most={most} />
          <span>{formatNumber(grid.households)}</span>
          <span className="sr-only">{say(bandWords[grid.band_status])}</span>
        </span>
      ),
    },
    {
      key: 'must_visit',
      title: say(text.mustVisit),
      width: '56px',
      align: 'right',
      compare: (a, b) => (a.must_visit ?? -1) - (b.must_visit ?? -1),
      cell: (grid) => formatNumber(grid.must_visit),
    },
  ]
}
