/**
 * A time axis to brush: drag marks a part, a click sets the cursor. By keyboard: ← → move the cursor by a step (Page keys by
 * ten), with Shift they mark from where the cursor was, Esc clears the mark. What the axis shows is drawn by the screen.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'

/** A part of the axis, in its own units. */
export type Range = readonly [from: number, to: number]

export interface TimelineProps {
  readonly label: string
  /** First and last value of the axis. */
  readonly domain: Range
  /** What the cursor moves by, and what a mark is rounded to. */
  readonly step: number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  readonly marked: Range | null
  /** A part was marked, or the mark taken away. Called when the drag ends. */
  readonly onMark: (range: Range | null) => void
  readonly cursor: number | null
  readonly onCursor: (at: number | null) => void
  /** What stands at the cursor or in the mark, for those who cannot see the picture. */
  readonly valueText: string
  /** Draws the axis's content: x of a value, and the height there is. */
  readonly children: (x: (value: number) => number, height: number) => ReactNode
}

/** Room for the ticks' labels, and at both ends, so that no label is cut. */
const tickRoom = 18
const sideRoom = 20
/** A drag shorter than this is a click. Pixels. */
const clickReach = 4

export function Timeline(props: TimelineProps): ReactNode {
  const { domain, step, marked, cursor } = props
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [dragged, setDragged] = useState<Range | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const inner = Math.max(1, size.width - 2 * sideRoom)
  const height = Math.max(1, size.height - tickRoom)
  const x = (value: number): number => sideRoom + ((value - domain[0]) / (domain[1] - domain[0])) * inner
  const within = (value: number): number =>
    Math.max(domain[0], Math.min(domain[1], Math.round(value / step) * step))

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return
    const element = event.currentTarget
    const left = element.getBoundingClientRect().left
    const valueOf = (clientX: number): number =>
      within(domain[0] + ((clientX - left - sideRoom) / inner) * (domain[1] - domain[0]))
    const [startX, start] = [event.clientX, valueOf(event.clientX)]
    element.setPointerCapture(event.pointerId)
    const rangeTo = (clientX: number): Range | null => {
      const end = valueOf(clientX)
      if (Math.abs(clientX - startX) < clickReach || end === start) return null
      return start < end ? [start, end] : [end, start]
    }
    const move = (moved: globalThis.PointerEvent): void => setDragged(rangeTo(moved.clientX))
    const finish = (): void => {
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', up)
      element.removeEventListener('pointercancel', finish)
      setDragged(null)
    }
    const up = (moved: globalThis.PointerEvent): void => {
      finish()
      const range = rangeTo(moved.clientX)
      if (range === null) props.onCursor(start)
      if (range !== null || marked !== null) props.onMark(range)
    }
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', up)
    element.addEventListener('pointercancel', finish)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && (marked !== null || cursor !== null)) {
      event.preventDefault()
      if (marked !== null) props.onMark(null)
      else props.onCursor(null)
      return
    }
    const here = cursor ?? marked?.[0] ?? domain[0]
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: here - step,
      ArrowRight: here + step,
      PageDown: here - 10 * step,
      PageUp: here + 10 * step,
      Home: domain[0],
      End: domain[1],
    }
    const wanted = steps[event.key]
    if (wanted === undefined) return
    event.preventDefault()
    const next = Math.max(domain[0], Math.min(domain[1], wanted))
    props.onCursor(next)
    if (event.shiftKey) props.onMark(extend(marked, here, next))
  }

  const shown = dragged ?? marked
  return (
    <div
      ref={box}
      className="timeline"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot be marked
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={domain[0]}
      aria-valuemax={domain[1]}
      aria-valuenow={cursor ?? marked?.[0] ?? domain[0]}
      aria-valuetext={props.valueText}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    >
      {size.width > 0 && (
        <svg width={size.width} height={size.height} aria-hidden="true">
          {shown && (
            <rect
              className="timeline-marked"
              x={x(shown[0])}
              width={Math.max(1, x(shown[1]) - x(shown[0]))}
              y="0"
              height={height}
            />
          )}
          {placeTicks(props.ticks, x, size.width).map((tick) => (
            <g key={tick.at} className="timeline-tick">
              <line x1={tick.x} x2={tick.x} y1="0" y2={height + 3} />
              {tick.isNamed && (
                <text x={tick.textX} y={size.height - 4}>
                  {tick.label}
                </text>
              )}
            </g>
          ))}
          {props.children(x, height)}
          {shown?.map((edge) => (
            <line key={edge} className="timeline-edge" x1={x(edge)} x2={x(edge)} y1="0" y2={height} />
          ))}
          {cursor !== null && (
            <line className="timeline-cursor" x1={x(cursor)} x2={x(cursor)} y1="0" y2={height} />
          )}
        </svg>
      )}
    </div>
  )
}

/** Width of a letter or digit of the labels, about; pixels. */
const letterWidth = 6.6
/** Of a Chinese character at 11 px. */
const wideLetterWidth = 11

/** A Chinese character is as wide as it is high. */
function widthOf(label: string): number {
  const wide = label.match(/[\u2e80-\uffff]/g)?.length ?? 0
  return wide * wideLetterWidth + (label.length - wide) * letterWidth
}

/** Ticks with the left end of their labels: within the axis, and only those that do not run into the one before. */
export function placeTicks(
  ticks: TimelineProps['ticks'],
  x: (value: number) => number,
  width: number,
): { at: number; label: string; x: number; textX: number; isNamed: boolean }[] {
  let free = 0
  return ticks.map((tick) => {
    const room = widthOf(tick.label)
    const textX = Math.max(2, Math.min(width - room - 2, x(tick.at) - room / 2))
    const isNamed = textX >= free
    if (isNamed) free = textX + room + 8
    return { ...tick, x: x(tick.at), textX, isNamed }
  })
}

/** The mark after the cursor went from one place to another: its end there moves along; elsewhere a new mark begins. */
export function extend(marked: Range | null, from: number, to: number): Range | null {
  const fixed =
    marked === null ? from : from === marked[0] ? marked[1] : from === marked[1] ? marked[0] : from
  return fixed === to ? null : fixed < to ? [fixed, to] : [to, fixed]
}
