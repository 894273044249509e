/** The workers on the map: a state is told by fill, ring and size as well as by colour. Pure. */
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { grounds } from '../../../map/ground.ts'
import type { DeckDescription } from '../../../map/layer.ts'
import type { LegendDescription, Swatch } from '../../../map/legend-entry.ts'
import { type Theme, traceColors } from '../../../map/palette.ts'
import { rgba } from '../../../map/rgba.ts'
import { mapFont } from '../../../map/style.ts'
import { type JudgedWorker, type LiveState, liveStates } from './people.ts'
import { text } from './text.ts'

interface Look {
  readonly fill: string
  readonly ring: string
  /** Pixels. */
  readonly radius: number
  readonly ringWidth: number
}

/** Full, full with a dark ring, open with an accent ring, open with a grey ring, small and grey. */
export function lookOf(state: LiveState, theme: Theme): Look {
  const { land, text: ink, accent } = grounds[theme]
  switch (state) {
    case 'inside':
      return { fill: traceColors.inside, ring: land, radius: 6, ringWidth: 1.5 }
    case 'outside':
      return { fill: traceColors.outside, ring: ink, radius: 7, ringWidth: 2.5 }
    case 'unassigned':
      return { fill: land, ring: accent, radius: 6, ringWidth: 2.5 }
    case 'stale':
      return { fill: land, ring: traceColors.unobserved, radius: 6, ringWidth: 2.5 }
    case 'offline':
      return { fill: traceColors.unobserved, ring: land, radius: 3.5, ringWidth: 0.5 }
  }
}

export function swatchOf(state: LiveState, theme: Theme): Swatch {
  const { fill, ring, ringWidth } = lookOf(state, theme)
  return { kind: 'dot', color: fill, ...(ringWidth > 2 && { ring }) }
}

export interface Shown {
  readonly theme: Theme
  readonly zoom: number
  /** Ids of workers. */
  readonly selected: string | null
  readonly hovered: string | null
}

/** From here on names are written, where so few are in the picture that they can be read. */
const nameZoom = 14
const mostNames = 400

export function liveLayers(people: readonly JudgedWorker[], shown: Shown): DeckDescription[] {
  const { theme, zoom, selected, hovered } = shown
  const { accent } = grounds[theme]
  // As they lie: the rarest to be missed uppermost.
  const markers = people.toReversed()
  const lit = people.filter((one) => one.worker === selected || one.worker === hovered)
  const named = zoom >= nameZoom && people.length <= mostNames ? people : lit
  // Thousands are coloured each second: a state's colours are read once.
  const looks = new Map(liveStates.map((state) => [state, paintOf(lookOf(state, theme))]))
  const look = (one: unknown): Paint => looks.get((one as JudgedWorker).state)!
  return [
    {
      id: 'patrol-live-lit',
      kind: 'deck',
      type: 'ScatterplotLayer',
      slot: 'top',
      props: {
        data: lit,
        getPosition: positionOf,
        getRadius: 13,
        radiusUnits: 'pixels',
        getFillColor: rgba(accent, 0.25),
        stroked: true,
        getLineColor: rgba(accent),
        getLineWidth: 2,
        lineWidthUnits: 'pixels',
      },
    },
    {
      id: 'patrol-live',
      kind: 'deck',
      type: 'ScatterplotLayer',
      slot: 'top',
      props: {
        data: markers,
        getPosition: positionOf,
        getRadius: (one: unknown) => look(one).radius,
        radiusUnits: 'pixels',
        getFillColor: (one: unknown) => look(one).fill,
        stroked: true,
        getLineColor: (one: unknown) => look(one).ring,
        getLineWidth: (one: unknown) => look(one).ringWidth,
        lineWidthUnits: 'pixels',
        updateTriggers: { getFillColor: theme, getLineColor: theme },
      },
      pick: (datum) => (datum ? { kind: 'worker', id: (datum as JudgedWorker).worker } : null),
    },
    ...(named.length === 0 ? [] : [names(named, theme)]),
  ]
}

interface Paint extends Pick<Look, 'radius' | 'ringWidth'> {
  readonly fill: ReturnType<typeof rgba>
  readonly ring: ReturnType<typeof rgba>
}

const paintOf = ({ fill, ring, ...sizes }: Look): Paint => ({ fill: rgba(fill), ring: rgba(ring), ...sizes })

const positionOf = (one: unknown): [number, number] => {
  const { longitude, latitude } = one as JudgedWorker
  return [longitude, latitude]
}

const names = (people: readonly JudgedWorker[], theme: Theme): DeckDescription => {
  const { text: ink, halo } = grounds[theme]
  return {
    id: 'patrol-live-names',
    kind: 'deck',
    type: 'TextLayer',
    slot: 'top',
    props: {
      data: people,
      getPosition: positionOf,
      getText: (one: unknown) => (one as JudgedWorker).name,
      getSize: 12,
      getPixelOffset: [0, -16],
      getColor: rgba(ink),
      fontFamily: mapFont.map((family) => `"${family}"`).join(', '),
      background: true,
      getBackgroundColor: rgba(halo),
      backgroundPadding: [3, 1],
      characterSet: 'auto',
      updateTriggers: { getColor: theme },
    },
  }
}

/** @param counts null: not known yet */
export const liveLegend = (
  counts: Readonly<Record<LiveState, number>> | null,
  words: { readonly stale: string; readonly offline: string },
  theme: Theme,
  say: Say,
): LegendDescription => ({
  title: say(text.layer),
  count: say(text.movedN, {
    n: formatNumber(counts && liveStates.reduce((sum, state) => sum + counts[state], 0)),
  }),
  entries: liveStates
    .filter((state) => state !== 'unassigned' || (counts?.unassigned ?? 0) > 0)
    .map((state) => ({
      swatch: swatchOf(state, theme),
      label: labelOf(state, words, say),
      count: formatNumber(counts?.[state]),
    })),
  leftOut: say(text.legendNote),
})

/** The state by name, with its threshold where it has one. */
const labelOf = (state: LiveState, words: { stale: string; offline: string }, say: Say): string =>
  state === 'stale' || state === 'offline'
    ? `${say(text.states[state])} (> ${words[state]})`
    : say(text.states[state])
