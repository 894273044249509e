/** The grids of the open plan, alive: every edit shows at once. */
import { type ReactNode, useMemo } from 'react'
import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { Empty } from '../../../frame/states.tsx'
import { formatNumber, formatShare, formatSigned, unknown } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { bandWords } from '../../../i18n/words.ts'
import { useArea } from '../../../period.ts'
import { BandBar } from '../band-bar.tsx'
import { useGrids } from '../data.ts'
import { type GridRow, gridRows, unassignedGround } from './grid-rows.ts'
import { gridBox } from './places.ts'
import { text } from './text.ts'
import { useBand } from './use-band.ts'

export function PlanGridTable({ drawing }: { readonly drawing: Drawing }): ReactNode {
  const say = useSay()
  const band = useBand()
  const area = useArea()
  const village = area?.level === 'village' ? area.name : undefined
  const workers = useWorkers()
  const rows = useMemo(() => gridRows(drawing, band, workers), [drawing, band, workers])
  const most = Math.max(1, (band?.to ?? 0) * 1.2, ...rows.map((row) => row.figures.households))
  const columns = useMemo(() => columnsFor(say, band, most, village), [say, band, most, village])
  const free = useMemo(() => unassignedGround(drawing), [drawing])
  const placed = drawing.households.ids.length - drawing.unplaced.length
  return (
    <div className="panel-list">
      <p className="panel-summary quiet">
        {say(text.summary, {
          grids: formatNumber(rows.length),
          in: formatNumber(rows.filter((row) => row.status === 'in_band').length),
          households: formatNumber(placed),
        })}
        {free.atoms > 0 && (
          <>
            <br />
            <b>
              {say(text.unassigned, {
                atoms: formatNumber(free.atoms),
                households: formatNumber(free.households),
              })}
            </b>
          </>
        )}
        {drawing.unplaced.length > 0 && (
          <>
            <br />
            {say(text.unplaced, { n: formatNumber(drawing.unplaced.length) })}
          </>
        )}
      </p>
      {rows.length === 0 ? (
        <Empty title={say(text.noGrids)} hint={say(text.noGridsHint)} />
      ) : (
        <RowTable
          label={say(text.gridsOf)}
          rows={rows}
          columns={columns}
          order="households-down"
          rowHeight={48}
          target={(row) => ({ kind: 'grid', id: row.grid.code })}
          bbox={(row) => gridBox(drawing, row.grid.code)}
        />
      )}
    </div>
  )
}

/** How many people answer for each grid today, by code. */
export function useWorkers(): ReadonlyMap<string, number> {
  const { data } = useGrids()
  return useMemo(() => new Map(data?.grids.map((grid) => [grid.code, grid.team.length])), [data])
}

const byCode = (a: GridRow, b: GridRow): number => (a.grid.code < b.grid.code ? -1 : 1)

/** Without the village's name, which all of a village's grids begin with: what differs is what there is room for. */
export const shortName = (name: string | null | undefined, village: string | undefined): string | null =>
  (village && name?.startsWith(village) && name.slice(village.length)) || (name ?? null)

function columnsFor(
  say: Say,
  band: SizeBand | null,
  most: number,
  village: string | undefined,
): Column<GridRow>[] {
  return [
    {
      key: 'code',
      title: say(text.grid),
      width: 'minmax(80px, 1fr)',
      compare: byCode,
      cell: ({ grid, workers }) => (
        <>
          <div className="cell" title={grid.name ?? grid.code}>
            {shortName(grid.name, village) ?? grid.code.slice(-6)}
            {grid.locked && <LockMark label={say(text.locked)} />}
          </div>
          <div className="cell quiet" title={`${say(text.workers)} ${formatNumber(workers)}`}>
            {grid.name ? `${grid.code.slice(-6)} · ` : ''}
            {say(text.workersN, { n: formatNumber(workers) })}
          </div>
        </>
      ),
    },
    {
      key: 'households',
      title: say(text.households),
      // As narrow as the figures allow: the names beside it are long, and differ in their last letters.
      width: '76px',
      align: 'right',
      compare: (a, b) => a.figures.households - b.figures.households || byCode(a, b),
      cell: ({ figures, status, deviation }) => (
        <>
          <div className="band-cell" title={say(bandWords[status])}>
            <BandBar
              grid={{ households: figures.households, band_status: status }}
              band={band && { ...band, policy: '' }}
              most={most}
              width={30}
            />
            <span>{formatNumber(figures.households)}</span>
          </div>
          <div className="quiet">
            {deviation === null
              ? unknown
              : deviation === 0
                ? say(bandWords[status])
                : formatSigned(deviation)}
          </div>
        </>
      ),
    },
    {
      key: 'persons',
      title: say(text.persons),
      width: '52px',
      align: 'right',
      compare: (a, b) => a.figures.persons - b.figures.persons || byCode(a, b),
      cell: ({ figures }) => (
        <>
          <div>{formatNumber(figures.persons)}</div>
          <div className="quiet">
            {say(text.mustVisit)} {formatNumber(figures.mustVisit)}
          </div>
        </>
      ),
    },
    {
      key: 'shape',
      title: say(text.compactness),
      width: '74px',
      align: 'right',
      compare: (a, b) => (a.figures.compactness ?? 0) - (b.figures.compactness ?? 0) || byCode(a, b),
      cell: ({ figures }) => (
        <>
          <div title={say(text.compactnessHint)}>{formatNumber(figures.compactness, 2)}</div>
          <div className="quiet" title={say(text.namedHint)}>
            {say(text.named)} {formatShare(figures.namedShare)}
          </div>
        </>
      ),
    },
  ]
}

function LockMark({ label }: { readonly label: string }): ReactNode {
  return (
    <>
      <svg className="lock-mark" width="12" height="12" viewBox="0 0 16 16" aria-hidden="true">
        <path
          d="M4 7.5h8V13H4zM5.5 7.5V5.5a2.5 2.5 0 0 1 5 0v2"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
        />
      </svg>
      <span className="sr-only">{label}</span>
    </>
  )
}
