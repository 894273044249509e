/** The tools at the map's left edge: zoom, the whole area, measuring. */
import { type ReactNode, useEffect } from 'react'
import type { LngLat } from '../../server/core/values.ts'
import { formatArea, formatLength } from '../i18n/format.ts'
import { useSay } from '../i18n/use-say.ts'
import type { Bbox } from '../state.ts'
import type { MapOwner } from './create-map.ts'
import { measured } from './measure.ts'
import { text } from './text.ts'

interface Props {
  readonly owner: MapOwner
  readonly home: Bbox | null
  /** The measured positions; null: not measuring. */
  readonly positions: readonly LngLat[] | null
  readonly onMeasure: (positions: readonly LngLat[] | null) => void
}

export function MapTools({ owner, home, positions, onMeasure }: Props): ReactNode {
  const say = useSay()
  const measuring = positions !== null

  useEffect(() => {
    if (!measuring) return undefined
    let clicked: LngLat[] = []
    let done = false
    owner.setPointerMode({
      onClick: (position) => {
        if (done) clicked = []
        done = false
        clicked = [...clicked, position]
        onMeasure(clicked)
      },
      onMove: (position) => {
        if (!done && clicked.length > 0) onMeasure([...clicked, position])
      },
      // The two clicks of the double click have set the last corner twice.
      onDoubleClick: () => {
        done = true
        clicked = clicked.slice(0, -1)
        onMeasure(clicked)
      },
    })
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.stopImmediatePropagation()
      onMeasure(null)
    }
    addEventListener('keydown', onKey, true)
    return () => {
      removeEventListener('keydown', onKey, true)
      owner.setPointerMode(null)
    }
  }, [owner, measuring, onMeasure])

  const figures = positions && positions.length > 1 ? measured(positions) : null
  return (
    <>
      <div className="map-tools card" role="toolbar" aria-orientation="vertical" aria-label={say(text.tools)}>
        <Tool label={say(text.zoomIn)} onClick={() => owner.zoomBy(1)} path="M8 3v10M3 8h10" />
        <Tool label={say(text.zoomOut)} onClick={() => owner.zoomBy(-1)} path="M3 8h10" />
        <Tool
          label={say(text.fitArea)}
          onClick={() =>
            home &&
            owner.fit(home, { air: 0.05, animate: true, asked: true, covered: { right: 0, bottom: 0 } })
          }
          path="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"
        />
        <Tool
          label={say(text.measure)}
          pressed={measuring}
          onClick={() => onMeasure(measuring ? null : [])}
          path="M2 11 11 2l3 3-9 9zM5 8l1.5 1.5M7.5 5.5 9 7"
        />
      </div>
      {measuring && (
        <output className="measure-figures card">
          {figures === null
            ? say(text.measureHint)
            : say(text.distance, { length: formatLength(figures.lengthMetres) })}
          {figures?.areaSquareMetres != null && (
            <span>
              {say(text.surface, {
                area: formatArea(figures.areaSquareMetres),
                length: formatLength(figures.perimeterMetres),
              })}
            </span>
          )}
        </output>
      )}
    </>
  )
}

interface ToolProps {
  readonly label: string
  /** An SVG path on a 16 × 16 grid. */
  readonly path: string
  readonly pressed?: boolean
  readonly onClick: () => void
}

function Tool({ label, path, pressed, onClick }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      className="tool"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
    </button>
  )
}
