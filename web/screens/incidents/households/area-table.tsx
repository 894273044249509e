/** A table of areas and grids with counts that add up: the area first, what lies below it under it. */
import type { ReactNode } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { select } from '../../../state.ts'
import { text } from './text.ts'

export interface AreaTableRow {
  readonly code: string
  readonly parent: string | null
  readonly level: string
  readonly grid: string | null
  readonly name: string | null
  readonly hidden: readonly string[]
}

export interface CountColumn<Row> {
  readonly name: string
  readonly title: string
  readonly count: (row: Row) => number | null
}

/** A count as it is written: kept back, not recorded, or itself. */
export const countText = (count: number | null, isHidden: boolean): string =>
  isHidden ? '*' : count === null ? '—' : formatNumber(count)

/** How deep each row lies below the first. */
export function depthsOf(rows: readonly AreaTableRow[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  for (const { code, parent } of rows) depths.set(code, parent === null ? 0 : (depths.get(parent) ?? 0) + 1)
  return depths
}

export function AreaTable<Row extends AreaTableRow>({
  label,
  rows,
  columns,
}: {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly CountColumn<Row>[]
}): ReactNode {
  const say = useSay()
  const depths = depthsOf(rows)
  const isWithheld = rows.some(({ hidden }) => hidden.length > 0)
  const isUnknown = rows.some((row) =>
    columns.some(({ name, count }) => count(row) === null && !row.hidden.includes(name)),
  )
  return (
    <div className="household-table">
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{say(text.place)}</th>
            {columns.map(({ name, title }) => (
              <th key={name} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row" style={{ paddingInlineStart: 12 + 12 * (depths.get(row.code) ?? 0) }}>
                <RowName row={row} />
              </th>
              {columns.map(({ name, count }) => (
                <td key={name}>{countText(count(row), row.hidden.includes(name))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {isWithheld && <p className="quiet">{say(text.withheld)}</p>}
      {isUnknown && <p className="quiet">{say(text.notRecorded)}</p>}
    </div>
  )
}

function RowName({ row: { level, grid, name, code } }: { readonly row: AreaTableRow }): ReactNode {
  const say = useSay()
  if (level === 'none') return say(text.none)
  if (grid === null) return name ?? code
  return (
    <button type="button" className="plain-button" onClick={() => select({ kind: 'grid', id: grid })}>
      {name ?? grid}
    </button>
  )
}
