/** The line between two maps: dragged, or moved by the keyboard. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { text } from './text.ts'

interface Props {
  /** Share of the width left of it, 0–100. */
  readonly percent: number
  /** On its way. */
  readonly onDrag: (percent: number) => void
  readonly onSet: (percent: number) => void
}

const within = (percent: number): number => Math.max(0, Math.min(100, Math.round(percent)))

export function Divider({ percent, onDrag, onSet }: Props): ReactNode {
  const say = useSay()
  const line = useRef<HTMLDivElement>(null)

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    const stage = line.current?.parentElement?.getBoundingClientRect()
    if (!stage || event.button !== 0) return
    const handle = event.currentTarget
    handle.setPointerCapture(event.pointerId)
    const place = (moved: globalThis.PointerEvent): number =>
      within(((moved.clientX - stage.left) / stage.width) * 100)
    const drag = (moved: globalThis.PointerEvent): void => onDrag(place(moved))
    const stop = (ended: globalThis.PointerEvent): void => {
      handle.removeEventListener('pointermove', drag)
      handle.removeEventListener('pointerup', stop)
      handle.removeEventListener('pointercancel', stop)
      onSet(place(ended))
    }
    handle.addEventListener('pointermove', drag)
    handle.addEventListener('pointerup', stop)
    handle.addEventListener('pointercancel', stop)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = dividerStep(event.key, event.shiftKey, percent)
    if (next === null) return
    event.preventDefault()
    // The arrows also move maps and lists.
    event.stopPropagation()
    onSet(next)
  }

  return (
    // A separator that can be focused is the pattern for a splitter.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={line}
      className="compare-line is-handle"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      aria-orientation="vertical"
      aria-label={say(text.divider)}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${percent} %`}
      title={say(text.dividerHint)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    >
      <span className="compare-grip card" aria-hidden="true">
        ‹›
      </span>
    </div>
  )
}

/** Where a key moves the divider to; null: it is no key of the divider. */
export function dividerStep(key: string, fast: boolean, percent: number): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return 100
  const way = { ArrowLeft: -1, ArrowRight: 1 }[key]
  return way === undefined ? null : within(percent + way * (fast ? 10 : 2))
}
