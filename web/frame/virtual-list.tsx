/**
 * A long list of rows of one height: only what is in sight is in the document. Arrow keys, Home, End and Page keys move the
 * focus (one stop in the tab order), Enter and Space open a row. `reveal` scrolls to a row that was chosen elsewhere.
 */
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

export interface VirtualListProps<Item> {
  readonly items: readonly Item[]
  readonly itemHeight: number
  readonly itemKey: (item: Item) => string
  readonly label: string
  /** `table`: rows are table rows of `columns` cells; `list`: rows are options to go through. */
  readonly role: 'table' | 'list'
  /** The row's content and what a click, Enter or Space does. */
  readonly row: (item: Item) => RowContent
  readonly reveal?: number
}

export interface RowContent {
  readonly className?: string
  readonly selected?: boolean
  readonly expanded?: boolean
  readonly content: ReactNode
  readonly onOpen: () => void
  /** The pointer or the focus came to rest on the row, or left it. */
  readonly onRest?: (resting: boolean) => void
}

/** Rows drawn beyond the visible ones, so that scrolling does not flash. */
const spare = 6

export function VirtualList<Item>(props: VirtualListProps<Item>): ReactNode {
  const { items, itemHeight, itemKey, label, role, row, reveal } = props
  const box = useRef<HTMLDivElement>(null)
  const [scroll, setScroll] = useState({ top: 0, height: 600 })
  const [active, setActive] = useState(0)
  const focusWanted = useRef(false)
  const current = Math.min(active, Math.max(0, items.length - 1))

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setScroll({ top: element.scrollTop, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const first = Math.max(0, Math.floor(scroll.top / itemHeight) - spare)
  const last = Math.min(items.length, Math.ceil((scroll.top + scroll.height) / itemHeight) + spare)

  function scrollTo(index: number): void {
    const element = box.current
    if (!element) return
    const top = index * itemHeight
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + itemHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + itemHeight - element.clientHeight
  }

  // The row chosen on the map comes into sight and becomes the one the keys start from.
  useEffect(() => {
    if (reveal === undefined || reveal < 0) return
    scrollTo(reveal)
    setActive(reveal)
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
      scrollTo(next)
    } else if ((event.key === 'Enter' || event.key === ' ') && item !== undefined) {
      event.preventDefault()
      row(item).onOpen()
    }
  }

  const rowRole = role === 'table' ? 'row' : 'option'
  return (
    <div
      ref={box}
      className="virtual-list"
      role={role === 'table' ? 'rowgroup' : 'listbox'}
      aria-label={label}
      tabIndex={-1}
      onScroll={(event) =>
        setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: items.length * itemHeight, position: 'relative' }}>
        {items.slice(first, last).map((item, offset) => {
          const index = first + offset
          const { className, selected, expanded, content, onOpen, onRest } = row(item)
          const style: CSSProperties = { top: index * itemHeight, height: itemHeight }
          return (
            <div
              key={itemKey(item)}
              className={`virtual-row ${className ?? ''}${selected ? ' is-selected' : ''}`}
              style={style}
              role={rowRole}
              {...(role === 'table' ? { 'aria-rowindex': index + 2 } : {})}
              aria-selected={selected ?? false}
              {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
              tabIndex={index === current ? 0 : -1}
              data-index={index}
              onClick={() => {
                setActive(index)
                onOpen()
              }}
              onKeyDown={undefined}
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
