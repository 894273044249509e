/**
 * Counts by weekday and hour: a table whose cells are shaded. A click chooses an hour of a weekday, a drag a block of them, a
 * weekday's name its whole day; the same choice again takes it back. By keyboard: arrows move, with Shift they stretch the
 * block, Enter chooses.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { breaksOf } from '../../../../server/core/analysis/legend.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useTheme } from '../../../preferences.ts'
import { classColors, classOf } from '../measures.ts'
import { text } from './text.ts'
import {
  blockBetween,
  cellAfter,
  hours,
  isIn,
  sameBlock,
  type WeekBlock,
  type WeekCell,
  weekdays,
  wholeDay,
} from './week-block.ts'

interface Props {
  readonly title: string
  /** Seven rows from Monday on, of 24 hours each. */
  readonly counts: readonly (readonly number[])[]
  readonly selected: WeekBlock | null
  readonly onSelect: (block: WeekBlock | null) => void
}

export function WeekMatrix({ title, counts, selected, onSelect }: Props): ReactNode {
  const say = useSay()
  const body = useRef<HTMLTableSectionElement>(null)
  const [active, setActive] = useState<WeekCell>({ day: 1, hour: 8 })
  const [anchor, setAnchor] = useState<WeekCell | null>(null)
  const [dragged, setDragged] = useState<WeekBlock | null>(null)
  const wantsFocus = useRef(false)
  const breaks = breaksOf(counts.flat())
  const colors = classColors(breaks, useTheme())
  const shown = dragged ?? selected
  const choose = (block: WeekBlock): void => onSelect(selected && sameBlock(selected, block) ? null : block)
  const countOf = ({ day, hour }: WeekCell): number => counts[day - 1]?.[hour] ?? 0

  useEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  })

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && (selected || dragged)) {
      event.preventDefault()
      setDragged(null)
      return onSelect(null)
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      choose(dragged ?? blockBetween(active, active))
      return setDragged(null)
    }
    const next = cellAfter(event.key, active)
    if (!next) return undefined
    event.preventDefault()
    wantsFocus.current = true
    const from = event.shiftKey ? (anchor ?? active) : next
    setAnchor(event.shiftKey ? from : null)
    setDragged(event.shiftKey ? blockBetween(from, next) : null)
    return setActive(next)
  }

  function startDrag(from: WeekCell): void {
    setActive(from)
    setDragged(blockBetween(from, from))
    let last = blockBetween(from, from)
    const move = (event: globalThis.PointerEvent): void => {
      const under = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-hour]')
      if (!(under instanceof HTMLElement)) return
      last = blockBetween(from, { day: Number(under.dataset['day']), hour: Number(under.dataset['hour']) })
      setDragged(last)
    }
    const end = (event: globalThis.PointerEvent): void => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', end)
      removeEventListener('pointercancel', end)
      setDragged(null)
      if (event.type === 'pointerup') choose(last)
    }
    addEventListener('pointermove', move)
    addEventListener('pointerup', end)
    addEventListener('pointercancel', end)
  }

  return (
    <section className="chart" aria-label={title}>
      <h2>{title}</h2>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role -- a table whose cells are chosen */}
      <table className="week-matrix" role="grid" aria-multiselectable="true" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{say(text.weekday)}</span>
            </th>
            {hours.map((hour) => (
              <th key={hour} scope="col" abbr={say(text.hourOf, { hour })}>
                {hour % 6 === 0 ? hour : ''}
              </th>
            ))}
            <th scope="col">{say(text.sum)}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {weekdays.map((day) => (
            <tr key={day}>
              <th scope="row">
                <button type="button" onClick={() => choose({ days: [day, day], hours: wholeDay })}>
                  {say(text.weekdays[day])}
                </button>
              </th>
              {hours.map((hour) => {
                const cell = { day, hour }
                const count = countOf(cell)
                const isChosen = shown !== null && isIn(cell, shown)
                return (
                  <td
                    key={hour}
                    data-day={day}
                    data-hour={hour}
                    className={`${isChosen ? 'is-in' : ''}${shown && !isChosen ? ' is-out' : ''}`}
                    style={{ background: colors[classOf(count, breaks)] ?? 'transparent' }}
                    tabIndex={day === active.day && hour === active.hour ? 0 : -1}
                    aria-selected={isChosen}
                    aria-label={say(text.cell, {
                      day: say(text.weekdays[day]),
                      hour,
                      n: formatNumber(count),
                    })}
                    title={say(text.cell, { day: say(text.weekdays[day]), hour, n: formatNumber(count) })}
                    onPointerDown={(event) => {
                      if (event.button === 0) startDrag(cell)
                    }}
                  />
                )
              })}
              <td className="week-sum">
                {formatNumber(counts[day - 1]?.reduce((sum, count) => sum + count, 0))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="chart-key quiet" aria-hidden="true">
        {breaks.length > 0 && (
          <>
            <span>{say(text.fewer, { n: formatNumber(breaks[0]) })}</span>
            {colors.map((color) => (
              <i key={color} style={{ background: color }} />
            ))}
            <span>{say(text.atLeast, { n: formatNumber(breaks.at(-1)) })}</span>
          </>
        )}
      </p>
    </section>
  )
}
