/** GPX 1.0 and 1.1, streaming: track points with what they say of time, speed and accuracy. */
import { SaxesParser } from 'saxes'
import type { Place } from '../core/values.ts'
import { FileRefused, flaw } from './flaw-codes.ts'

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

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Feeds on text and gives the points completed by it. A document type declaration is refused: it is the door to
 * entity bombs and external entities, and GPX needs none.
 */
export class GpxParser {
  readonly counts: GpxCounts = { waypoints: 0, routePoints: 0 }
  readonly #parser: SaxesParser
  readonly #place: Place
  #points: GpxPoint[] = []
  #path: string[] = []
  #text = ''
  #track = 0
  #segment = 0
  #trackName: string | undefined
  #point: { -readonly [K in keyof GpxPoint]: GpxPoint[K] } | undefined

  constructor(place: Place) {
    this.#place = place
    const parser = new SaxesParser({ position: true })
    this.#parser = parser
    parser.on('error', (error) => {
      throw new FileRefused(flaw('xml_syntax', this.#here(), { reason: error.message }))
    })
    parser.on('doctype', () => {
      throw new FileRefused(flaw('xml_doctype', this.#here(), {}))
    })
    parser.on('opentag', ({ name, attributes }) =>
      this.#open(localName(name), attributes as Record<string, string>),
    )
    parser.on('text', (text) => {
      this.#text += text
    })
    parser.on('cdata', (text) => {
      this.#text += text
    })
    parser.on('closetag', ({ name }) => this.#close(localName(name)))
  }

  /** @throws FileRefused on broken XML */
  push(text: string): GpxPoint[] {
    this.#parser.write(text)
    return this.#taken()
  }

  /** @throws FileRefused on unclosed XML */
  end(): GpxPoint[] {
    this.#parser.close()
    return this.#taken()
  }

  #taken(): GpxPoint[] {
    const points = this.#points
    this.#points = []
    return points
  }

  #here(): Place {
    return { ...this.#place, line: this.#parser.line }
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#text = ''
    const parent = this.#path.at(-1)
    this.#path.push(name)
    if (name === 'trk' && parent === 'gpx') {
      this.#track += 1
      this.#segment = 0
      this.#trackName = undefined
    } else if (name === 'trkseg') this.#segment += 1
    else if (name === 'wpt') this.counts.waypoints += 1
    else if (name === 'rtept') this.counts.routePoints += 1
    else if (name === 'trkpt')
      this.#point = {
        line: this.#parser.line,
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

  #close(name: string): void {
    this.#path.pop()
    const text = this.#text.trim()
    this.#text = ''
    if (name === 'name' && this.#path.at(-1) === 'trk') this.#trackName = text === '' ? undefined : text
    const point = this.#point
    if (!point) return
    if (name === 'trkpt') {
      this.#points.push(point)
      this.#point = undefined
    } else if (name === 'time' && this.#path.at(-1) === 'trkpt') point.time = text
    else if (name === 'speed') point.speed = text
    else if (name === 'hAcc' || name === 'accuracy') point.accuracyMetres = text
  }
}
