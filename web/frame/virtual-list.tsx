/**
 * A long list of rows of one height: only what is in sight is in the document. Arrow keys, Home, End and Page keys move the
 * focus (one stop in the tab order), Enter and Space open a row. `reveal` scrolls to a row that was chosen elsewhere.
 */
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-static-element-interactions -- rows of a list that holds only what is in sight: a table element cannot be positioned so; the keys are handled on the list */
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

export interface VirtualListProps<Item> {
  readonly items: readonly Item[]
  readonly itemHeight: number
  readonly itemKey: (item: Item) => string
  readonly label: string
  /** What a reader of the page is told: rows of a table (with cells in them), or items of a tree. */
  readonly shape: 'table' | 'tree'
  /** The row's content and what a click, Enter or Space does. */
  readonly row: (item: Item) => RowContent
  readonly reveal?: number
}

export interface RowContent {
  readonly className?: string
  readonly selected?: boolean
  readonly expanded?: boolean
  /** Depth in a tree, from 1. */
  readonly level?: number
  readonly content: ReactNode
  readonly onOpen: () => void
  /** The pointer or the focus came to rest on the row, or left it. */
  readonly onRest?: (resting: boolean) => void
}

/** Scrolls as little as needed for the whole row to be seen. */
function bringIntoSight(list: HTMLElement | null, index: number, height: number): void {
  if (!list) return
  const top = index * height
  if (top < list.scrollTop) list.scrollTop = top
  else if (top + height > list.scrollTop + list.clientHeight)
    list.scrollTop = top + height - list.clientHeight
}

/** Rows drawn beyond the visible ones, so that scrolling does not flash. */
const spare = 6

export function VirtualList<Item>(props: VirtualListProps<Item>): ReactNode {
  const { items, itemHeight, itemKey, label, shape, row, reveal } = props
  const box = useRef<HTMLDivElement>(null)
  const [scroll, setScroll] = useState({ top: 0, height: 600 })
  const [active, setActive] = useState(0)
  const focusWanted = useRef(false)
  const current = Math.min(active, Math.max(0, items.length - 1))

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() =>
      setScroll({ top: element.scrollTop, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const first = Math.max(0, Math.floor(scroll.top / itemHeight) - spare)
  const last = Math.min(items.length, Math.ceil((scroll.top + scroll.height) / itemHeight) + spare)

  // The row chosen on the map comes into sight and becomes the one the keys start from.
  const [revealed, setRevealed] = useState<number | undefined>(undefined)
  if (reveal !== revealed) {
    setRevealed(reveal)
    if (reveal !== undefined && reveal >= 0) setActive(reveal)
  }
  useEffect(() => {
    if (reveal !== undefined && reveal >= 0) bringIntoSight(box.current, reveal, itemHeight)
  }, [reveal, itemHeight])

  useEffect(() => {
    if (!focusWanted.current) return
    focusWanted.current = false
    box.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus()
  })

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(scroll.height / itemHeight) - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: items.length - 1,
    }
    const wanted = steps[event.key]
    const item = items[current]
    if (wanted !== undefined) {
      const next = Math.max(0, Math.min(items.length - 1, wanted))
      event.preventDefault()
      focusWanted.current = true
      setActive(next)
      bringIntoSight(box.current, next, itemHeight)
    } else if ((event.key === 'Enter' || event.key === ' ') && item !== undefined) {
      event.preventDefault()
      row(item).onOpen()
    }
  }

  const rowRole = shape === 'table' ? 'row' : 'treeitem'
  return (
    <div
      ref={box}
      className="virtual-list"
      role={shape === 'table' ? 'rowgroup' : 'tree'}
      aria-label={label}
      tabIndex={-1}
      onScroll={(event) =>
        setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
    >
      <div role="presentation" style={{ height: items.length * itemHeight, position: 'relative' }}>
        {items.slice(first, last).map((item, offset) => {
          const index = first + offset
          const { className, selected, expanded, level, content, onOpen, onRest } = row(item)
          const style: CSSProperties = { top: index * itemHeight, height: itemHeight }
          return (
            <div
              key={itemKey(item)}
              className={`virtual-row ${className ?? ''}${selected ? ' is-selected' : ''}`}
              style={style}
              role={rowRole}
              {...(shape === 'table' ? { 'aria-rowindex': index + 2 } : {})}
              aria-selected={selected ?? false}
              {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
              {...(level === undefined ? {} : { 'aria-level': level })}
              tabIndex={index === current ? 0 : -1}
              data-index={index}
              onClick={() => {
                setActive(index)
                onOpen()
              }}
              onKeyDown={onKeyDown}
              onFocus={() => onRest?.(true)}
              onBlur={() => onRest?.(false)}
              onMouseEnter={() => onRest?.(true)}
              onMouseLeave={() => onRest?.(false)}
            >
              {content}
            </div>
          )
        })}
      </div>
    </div>
  )
}
