/** The left panel: its width is dragged or set by arrow keys, and it folds away. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { useSay } from '../i18n/use-say.ts'
import { panelWidthRange, prefer, usePreference } from '../preferences.ts'
import { text } from './text.ts'

const within = (width: number): number =>
  Math.round(Math.max(panelWidthRange[0], Math.min(panelWidthRange[1], width)))

export function SidePanel({ children }: { readonly children: ReactNode }): ReactNode {
  const say = useSay()
  const kept = usePreference('panelWidth')
  const folded = usePreference('panelFolded')
  const [dragged, setDragged] = useState<number | null>(null)
  const width = dragged ?? kept

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    const handle = event.currentTarget
    const offset = width - event.clientX
    handle.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent): void => setDragged(within(moved.clientX + offset))
    const up = (moved: globalThis.PointerEvent): void => {
      handle.removeEventListener('pointermove', move)
      setDragged(null)
      prefer({ panelWidth: within(moved.clientX + offset) })
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', up, { once: true })
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    prefer({ panelWidth: within(width + step) })
  }

  return (
    <section className={`panel${folded ? ' is-folded' : ''}`} style={{ width }} aria-label={say(text.panel)}>
      <div className="panel-content">
        <p className="small-screen quiet">{say(text.smallScreen)}</p>
        {children}
      </div>
      {/* A separator that can be focused is the pattern for a splitter. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className="panel-resize"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="separator"
        aria-orientation="vertical"
        aria-label={say(text.resizePanel)}
        aria-valuenow={width}
        aria-valuemin={panelWidthRange[0]}
        aria-valuemax={panelWidthRange[1]}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        className="panel-fold"
        aria-expanded={!folded}
        aria-label={folded ? say(text.unfoldPanel) : say(text.foldPanel)}
        onClick={() => prefer({ panelFolded: !folded })}
      >
        <span aria-hidden="true">{folded ? '›' : '‹'}</span>
      </button>
    </section>
  )
}
