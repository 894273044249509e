/** What moves over the trace while a day is played. Pure. */
import type { LngLat } from '../../../../server/core/values.ts'
import { grounds } from '../../../map/ground.ts'
import type { DeckDescription } from '../../../map/layer.ts'
import type { Theme } from '../../../map/palette.ts'
import { rgba } from '../../../map/rgba.ts'
import type { Trip } from './trip.ts'

/** Seconds of the day that the trail is long. */
const trailSeconds = 900

export function playbackLayers(
  trips: readonly Trip[],
  second: number,
  head: LngLat | null,
  options: { readonly theme: Theme; readonly hasTrail: boolean },
): DeckDescription[] {
  const { theme, hasTrail } = options
  const { accent, land } = grounds[theme]
  const trail: DeckDescription = {
    id: 'patrol-playback-trail',
    kind: 'deck',
    type: 'TripsLayer',
    slot: 'line',
    props: {
      data: trips,
      getPath: (trip: unknown) => (trip as Trip).path as [number, number][],
      getTimestamps: (trip: unknown) => (trip as Trip).timestamps,
      // The trace below tells the labels; the trail tells which way.
      getColor: rgba(accent),
      currentTime: second,
      trailLength: trailSeconds,
      fadeTrail: true,
      widthUnits: 'pixels',
      getWidth: 8,
      capRounded: true,
      jointRounded: true,
    },
  }
  const point: DeckDescription = {
    id: 'patrol-playback-head',
    kind: 'deck',
    type: 'ScatterplotLayer',
    slot: 'top',
    props: {
      data: head === null ? [] : [head],
      getPosition: (position: unknown) => position as [number, number],
      getRadius: 8,
      radiusUnits: 'pixels',
      getFillColor: rgba(accent),
      stroked: true,
      getLineColor: rgba(land),
      getLineWidth: 2.5,
      lineWidthUnits: 'pixels',
    },
  }
  return hasTrail ? [trail, point] : [point]
}
