/** A table of targets: sorts by its columns (kept in the address), only visible rows in the document, list ↔ map linked. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a table that holds only what is in sight: table elements cannot be positioned so */
import { type ReactNode, useMemo } from 'react'
import type { Target } from '../address.ts'
import { type Bbox, hover, sameTarget, select, useChoice, useStored } from '../state.ts'
import { VirtualList } from './virtual-list.tsx'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** A CSS grid track: `64px`, `1fr`, `minmax(80px, 1fr)`. */
  readonly width: string
  readonly align?: 'right'
  readonly cell: (row: Row) => ReactNode
  /** Ascending order; absent: the column does not sort. */
  readonly compare?: (a: Row, b: Row) => number
}

export interface RowTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly target: (row: Row) => Target
  readonly bbox?: (row: Row) => Bbox | undefined
  readonly rowHeight?: number
  /** Column and direction at first, `households-down`. */
  readonly order: string
}

export function RowTable<Row>(props: RowTableProps<Row>): ReactNode {
  const { rows, columns, target, bbox, label } = props
  const [order, setOrder] = useChoice('order', props.order)
  const hovered = useStored((state) => state.hover)
  const selected = useStored((state) => state.address.selection)
  const [key, direction] = order.split('-')
  const sorted = useMemo(() => {
    const compare = columns.find((column) => column.key === key)?.compare
    if (!compare) return rows
    return rows.toSorted(direction === 'down' ? (a, b) => compare(b, a) : compare)
  }, [rows, columns, key, direction])
  const template = columns.map((column) => column.width).join(' ')
  const alignment = (column: Column<Row>): string => (column.align === 'right' ? 'cell is-right' : 'cell')
  return (
    <div className="row-table" role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup">
        <div className="row-head" role="row" style={{ gridTemplateColumns: template }} aria-rowindex={1}>
          {columns.map((column) => (
            <div
              key={column.key}
              className={alignment(column)}
              role="columnheader"
              aria-sort={column.key === key ? (direction === 'down' ? 'descending' : 'ascending') : 'none'}
            >
              {column.compare ? (
                <button
                  type="button"
                  className="sort"
                  onClick={() =>
                    setOrder(`${column.key}-${column.key === key && direction === 'down' ? 'up' : 'down'}`)
                  }
                >
                  {column.title}
                  <span aria-hidden="true">
                    {column.key === key ? (direction === 'down' ? '↓' : '↑') : ''}
                  </span>
                </button>
              ) : (
                column.title
              )}
            </div>
          ))}
        </div>
      </div>
      <VirtualList
        items={sorted}
        itemHeight={props.rowHeight ?? 36}
        itemKey={(row) => `${target(row).kind}:${target(row).id}`}
        label={label}
        shape="table"
        reveal={sorted.findIndex((row) => sameTarget(target(row), selected))}
        row={(row) => ({
          className: sameTarget(target(row), hovered) ? 'is-hovered' : '',
          selected: sameTarget(target(row), selected),
          onOpen: () => select(target(row), bbox?.(row)),
          onRest: (resting) => hover(resting ? target(row) : null),
          content: (
            <div className="row-cells" role="presentation" style={{ gridTemplateColumns: template }}>
              {columns.map((column) => (
                <div key={column.key} className={alignment(column)} role="cell">
                  {column.cell(row)}
                </div>
              ))}
            </div>
          ),
        })}
      />
    </div>
  )
}
