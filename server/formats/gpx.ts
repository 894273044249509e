/** GPX 1.0 and 1.1, streaming: track points with what they say of time, speed and accuracy. */
import type { Place } from '../core/values.ts'
import { XmlElements } from './xml-elements.ts'

export interface GpxPoint {
  readonly line: number
  /** Track and segment, counting from 1. */
  readonly track: number
  readonly segment: number
  /** Name of the track, when it stands before the point (as the schema has it). */
  readonly trackName: string | undefined
  readonly longitude: string | undefined
  readonly latitude: string | undefined
  readonly time: string | undefined
  /** Metres per second: `speed` of GPX 1.0 or of an extension. */
  readonly speed: string | undefined
  /** Metres: `accuracy` or `hAcc` of an extension. `hdop` has no unit and is not one. */
  readonly accuracyMetres: string | undefined
}

/** What a GPX file holds beside track points. */
export interface GpxCounts {
  waypoints: number
  routePoints: number
}

/** Feeds on text and gives the points completed by it. */
export class GpxParser {
  readonly counts: GpxCounts = { waypoints: 0, routePoints: 0 }
  readonly #xml: XmlElements
  #points: GpxPoint[] = []
  #track = 0
  #segment = 0
  #trackName: string | undefined
  #point: { -readonly [K in keyof GpxPoint]: GpxPoint[K] } | undefined

  constructor(place: Place) {
    this.#xml = new XmlElements(place, {
      open: (name, attributes, within) => this.#open(name, attributes, within.at(-1)),
      close: (name, text, within) => this.#close(name, text, within.at(-1)),
    })
  }

  /** @throws FileRefused on broken XML */
  push(text: string): GpxPoint[] {
    this.#xml.push(text)
    return this.#taken()
  }

  /** @throws FileRefused on unclosed XML */
  end(): GpxPoint[] {
    this.#xml.end()
    return this.#taken()
  }

  #taken(): GpxPoint[] {
    const points = this.#points
    this.#points = []
    return points
  }

  #open(name: string, attributes: Readonly<Record<string, string>>, parent: string | undefined): void {
    if (name === 'trk' && parent === 'gpx') {
      this.#track += 1
      this.#segment = 0
      this.#trackName = undefined
    } else if (name === 'trkseg') this.#segment += 1
    else if (name === 'wpt') this.counts.waypoints += 1
    else if (name === 'rtept') this.counts.routePoints += 1
    else if (name === 'trkpt')
      this.#point = {
        line: this.#xml.line,
        track: this.#track,
        segment: this.#segment,
        trackName: this.#trackName,
        longitude: attributes['lon'],
        latitude: attributes['lat'],
        time: undefined,
        speed: undefined,
        accuracyMetres: undefined,
      }
  }

  #close(name: string, text: string, parent: string | undefined): void {
    if (name === 'name' && parent === 'trk') this.#trackName = text === '' ? undefined : text
    const point = this.#point
    if (!point) return
    if (name === 'trkpt') {
      this.#points.push(point)
      this.#point = undefined
    } else if (name === 'time' && parent === 'trkpt') point.time = text
    else if (name === 'speed') point.speed = text
    else if (name === 'hAcc' || name === 'accuracy') point.accuracyMetres = text
  }
}
