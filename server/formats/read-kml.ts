/**
 * Fixes from KML 2.2: gx:Track with its parallel lists of times and positions, and points with a time stamp. A line without a time
 * for each of its points is refused, also where a time span stands beside it: nobody could say when the worker was where.
 */
import type { Place } from '../core/values.ts'
import { readBytes } from './bytes.ts'
import { coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { stemOf } from './file-format.ts'
import { buildFix } from './fix-builder.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import type { FixRecord, Read, ReadOptions } from './records.ts'
import { decodeText } from './text.ts'
import { XmlElements } from './xml-elements.ts'

/** A gx:Track that is being read: its lists run parallel. */
interface OpenTrack {
  readonly times: string[]
  readonly positions: { readonly line: number; readonly text: string }[]
  accuracies: string[]
}

interface Placemark {
  name: string | undefined
  time: string | undefined
  hasSpan: boolean
  point: { readonly line: number; readonly text: string } | undefined
  /** Where its lines stand. */
  readonly lines: number[]
}

/** Batches of fixes, in the order of the file. The worker is the name of the placemark, else the file. @throws FileRefused */
export async function* readKml(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FixRecord>[]> {
  const place: Place = { file: file.name }
  const reader = new KmlFixes(file.name, options)
  let found = 0
  for await (const text of decodeText(readBytes(file, options), place)) {
    const some = reader.push(text)
    found += some.length
    yield some
  }
  reader.end()
  if (found === 0) {
    const nothing = { zh: '：没有 gx:Track，也没有带时间的点', en: ': no gx:Track, and no point with a time' }
    throw new FileRefused(flaw('file_without_records', place, { found: nothing }))
  }
}

class KmlFixes {
  readonly #file: string
  readonly #crs
  readonly #xml: XmlElements
  #batch: Read<FixRecord>[] = []
  #record = 0
  #tracks = 0
  #placemark: Placemark | undefined
  #track: OpenTrack | undefined
  #array: string | undefined

  constructor(file: string, options: ReadOptions) {
    this.#file = file
    this.#crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, { file })
    this.#xml = new XmlElements(
      { file },
      {
        open: (name, attributes) => this.#open(name, attributes),
        close: (name, text, within) => this.#close(name, text, within.at(-1)),
      },
    )
  }

  push(text: string): Read<FixRecord>[] {
    this.#xml.push(text)
    const batch = this.#batch
    this.#batch = []
    return batch
  }

  end(): void {
    this.#xml.end()
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'Placemark')
      this.#placemark = { name: undefined, time: undefined, hasSpan: false, point: undefined, lines: [] }
    else if (name === 'Track') {
      this.#tracks += 1
      this.#track = { times: [], positions: [], accuracies: [] }
    } else if (name === 'SimpleArrayData') this.#array = attributes['name']
    else if (name === 'LineString') this.#placemark?.lines.push(this.#xml.line)
    else if (name === 'TimeSpan' && this.#placemark) this.#placemark.hasSpan = true
  }

  #close(name: string, text: string, parent: string | undefined): void {
    const track = this.#track
    const placemark = this.#placemark
    if (track) {
      if (name === 'when') track.times.push(text)
      else if (name === 'coord') track.positions.push({ line: this.#xml.line, text })
      else if (name === 'value' && this.#array === 'accuracy') track.accuracies.push(text)
      else if (name === 'Track') {
        this.#take(track)
        this.#track = undefined
      }
    }
    if (name === 'SimpleArrayData') this.#array = undefined
    if (!placemark) return
    if (name === 'name' && parent === 'Placemark') placemark.name = text === '' ? undefined : text
    else if (name === 'when' && parent === 'TimeStamp') placemark.time = text
    else if (name === 'coordinates' && parent === 'Point') placemark.point = { line: this.#xml.line, text }
    else if (name === 'Placemark') {
      this.#takePlacemark(placemark)
      this.#placemark = undefined
    }
  }

  #take({ times, positions, accuracies }: OpenTrack): void {
    for (let i = 0; i < Math.max(times.length, positions.length); i++) {
      const [longitude, latitude] = positions[i]?.text.split(/\s+/) ?? []
      this.#add(times[i], longitude, latitude, accuracies[i], positions[i]?.line ?? this.#xml.line)
    }
  }

  #takePlacemark({ time, hasSpan, point, lines }: Placemark): void {
    for (const line of lines) {
      this.#record += 1
      const found = hasSpan ? 'LineString + TimeSpan' : 'LineString'
      const place = { file: this.#file, line, record: this.#record }
      this.#batch.push({ flaws: [flaw('track_without_times', place, { found })] })
    }
    // A place on the map, not a reading, is a point without a time.
    if (point === undefined || time === undefined) return
    this.#tracks += 1
    const [longitude, latitude] = point.text.split(',')
    this.#add(time, longitude?.trim(), latitude?.trim(), undefined, point.line)
  }

  #add(
    time: string | undefined,
    longitude: string | undefined,
    latitude: string | undefined,
    accuracyMetres: string | undefined,
    line: number,
  ): void {
    this.#record += 1
    const worker = this.#placemark?.name ?? stemOf(this.#file)
    const place = { file: this.#file, line, record: this.#record }
    const raw = { time, longitude, latitude, accuracyMetres }
    this.#batch.push(buildFix(raw, this.#crs, 0, place, worker, `${this.#file}#${this.#tracks}#1`))
  }
}
