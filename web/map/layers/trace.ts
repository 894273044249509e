/** A trace drawn by label: solid inside and outside, dashed where nothing was observed, dotted where it cannot be believed. Pure. */
import type { FeatureCollection } from 'geojson'
import type { TraceLabel, TracePiece } from '../../../server/contract/patrols.ts'
import { grounds } from '../ground.ts'
import type { MapLibreDescription, StyleLayer, Toggle } from '../layer.ts'
import type { Swatch } from '../legend-entry.ts'
import { type Theme, traceColors } from '../palette.ts'

/** Dashes in widths of the line; solid where absent. A stay is a ring, not a line. */
const dashes: Partial<Record<TraceLabel, readonly number[]>> = {
  unobserved: [3, 2],
  unreliable: [0.4, 1.6],
}

const lineLabels = ['unobserved', 'unreliable', 'outside', 'inside'] as const

export interface TraceOptions {
  /** Unique over all screens. */
  readonly id: string
  readonly theme: Theme
  readonly pieces: readonly TracePiece[]
  readonly toggle?: Toggle
}

export function traceLayers({ id, theme, pieces, toggle }: TraceOptions): MapLibreDescription {
  const data: FeatureCollection = {
    type: 'FeatureCollection',
    features: pieces
      .filter((piece) => piece.coordinates.length > 1)
      .map((piece) => ({
        type: 'Feature',
        properties: { label: piece.label, from: piece.from, to: piece.to },
        geometry: { type: 'LineString', coordinates: piece.coordinates.map((position) => [...position]) },
      })),
  }
  const casing: StyleLayer = {
    id: `${id}-trace-casing`,
    slot: 'line',
    type: 'line',
    filter: ['in', ['get', 'label'], ['literal', ['inside', 'outside']]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': grounds[theme].land, 'line-width': 6 },
  }
  const lines = lineLabels.map((label): StyleLayer => {
    const dash = dashes[label]
    return {
      id: `${id}-trace-${label}`,
      slot: 'line',
      type: 'line',
      filter: ['==', ['get', 'label'], label],
      layout: { 'line-join': 'round', 'line-cap': label === 'unobserved' ? 'butt' : 'round' },
      paint: {
        'line-color': traceColors[label],
        'line-width': 3,
        ...(dash && { 'line-dasharray': [...dash] }),
      },
    }
  })
  return {
    id: `${id}-trace`,
    kind: 'maplibre',
    source: { type: 'geojson', data },
    layers: [casing, ...lines],
    ...(toggle && { toggle }),
  }
}

/** The swatch of a label, as the trace is drawn. */
export function traceSwatch(label: TraceLabel, theme: Theme): Swatch {
  if (label === 'stay') return { kind: 'dot', color: grounds[theme].land, ring: traceColors.stay }
  const dash = dashes[label]
  return {
    kind: 'line',
    color: traceColors[label],
    width: 3,
    ...(dash && { dash: dash.map((length) => length * 3) }),
  }
}
