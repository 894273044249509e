/** Places of KML 2.2 (OGC 12-007r2): each Placemark a record, its data (Data, SimpleData) and its name as properties. */
import type { Geometry, Position } from 'geojson'
import type { Place } from '../core/values.ts'
import { readBytes } from './bytes.ts'
import { coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { featureReader } from './feature-reader.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import type { FeatureRecord, Read, ReadOptions } from './records.ts'
import { decodeText } from './text.ts'
import { XmlElements } from './xml-elements.ts'

/** Batches of records, numbered as in the file. @throws FileRefused */
export async function* readKmlFeatures(
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FeatureRecord>[]> {
  const place: Place = { file: file.name }
  const placemarks = new Placemarks(place, options)
  let found = 0
  for await (const text of decodeText(readBytes(file, options), place)) {
    const some = placemarks.push(text)
    found += some.length
    yield some
  }
  placemarks.end()
  if (found === 0) {
    const nothing = { zh: '：没有 Placemark', en: ': no Placemark' }
    throw new FileRefused(flaw('file_without_records', place, { found: nothing }))
  }
}

interface Placemark {
  readonly line: number
  readonly id: string | undefined
  readonly properties: Record<string, unknown>
  /** Geometries that stand side by side, of each MultiGeometry that is open, the outermost first. */
  readonly levels: Geometry[][]
  rings: Position[][]
  datum: string | undefined
}

const single: Readonly<Record<string, 'Point' | 'LineString'>> = {
  Point: 'Point',
  LineString: 'LineString',
  LinearRing: 'LineString',
}

class Placemarks {
  readonly #place: Place
  readonly #xml: XmlElements
  readonly #read: ReturnType<typeof featureReader>
  #batch: Read<FeatureRecord>[] = []
  #record = 0
  #open: Placemark | undefined
  #positions: Position[] = []

  constructor(place: Place, options: ReadOptions) {
    this.#place = place
    const crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, place)
    this.#read = featureReader(crs, options)
    this.#xml = new XmlElements(place, {
      open: (name, attributes) => this.#opened(name, attributes),
      close: (name, text, within) => this.#closed(name, text, within.at(-1)),
    })
  }

  push(text: string): Read<FeatureRecord>[] {
    this.#xml.push(text)
    const batch = this.#batch
    this.#batch = []
    return batch
  }

  end(): void {
    this.#xml.end()
  }

  #opened(name: string, attributes: Readonly<Record<string, string>>): void {
    const open = this.#open
    if (name === 'Placemark') {
      const { line } = this.#xml
      this.#open = { line, id: attributes['id'], properties: {}, levels: [[]], rings: [], datum: undefined }
    } else if (!open) return
    else if (name === 'Data' || name === 'SimpleData') open.datum = attributes['name']
    else if (name === 'MultiGeometry') open.levels.push([])
    else if (name === 'Polygon') open.rings = []
  }

  #closed(name: string, text: string, parent: string | undefined): void {
    const open = this.#open
    if (!open) return
    const level = open.levels.at(-1)!
    if (name === 'coordinates') this.#positions = positionsOf(text)
    else if (name === 'LinearRing' && parent === 'outerBoundaryIs') open.rings.unshift(this.#positions)
    else if (name === 'LinearRing' && parent === 'innerBoundaryIs') open.rings.push(this.#positions)
    else if (name === 'Polygon') level.push({ type: 'Polygon', coordinates: open.rings })
    else if (Object.hasOwn(single, name)) level.push(lineOrPoint(single[name]!, this.#positions))
    else if (name === 'MultiGeometry') {
      open.levels.pop()
      open.levels.at(-1)!.push(together(level))
    } else if ((name === 'name' || name === 'description') && parent === 'Placemark') {
      if (text !== '') open.properties[name] ??= text
    } else if (name === 'SimpleData' || (name === 'value' && parent === 'Data')) {
      if (open.datum !== undefined) open.properties[open.datum] = text
    } else if (name === 'Placemark') this.#take(open)
  }

  #take({ line, id, properties, levels }: Placemark): void {
    this.#open = undefined
    this.#record += 1
    const [shapes = []] = levels
    const geometry = shapes.length > 1 ? together(shapes) : (shapes[0] ?? null)
    const place: Place = { ...this.#place, line, record: this.#record, ...(id === undefined ? {} : { id }) }
    this.#batch.push(this.#read({ type: 'Feature', properties, geometry }, place))
  }
}

const lineOrPoint = (type: 'Point' | 'LineString', positions: Position[]): Geometry =>
  type === 'Point' ? { type, coordinates: positions[0] ?? [] } : { type, coordinates: positions }

/** Parts of one kind as a Multi geometry, others as a collection. */
function together(parts: readonly Geometry[]): Geometry {
  const [first] = parts
  const isSimple = first !== undefined && ['Point', 'LineString', 'Polygon'].includes(first.type)
  if (isSimple && parts.every((part) => part.type === first.type))
    return {
      type: `Multi${first.type}`,
      coordinates: parts.map((part) => ('coordinates' in part ? part.coordinates : [])),
    } as Geometry
  return { type: 'GeometryCollection', geometries: [...parts] }
}

/** `lon,lat[,alt]` separated by blanks; what is no number stays NaN, for the record to be refused by its vertex. */
const positionsOf = (text: string): Position[] =>
  text
    .split(/\s+/)
    .filter((one) => one !== '')
    .map((one) => {
      const [longitude = '', latitude = ''] = one.split(',')
      return [numberOf(longitude), numberOf(latitude)]
    })

const numberOf = (text: string): number => (text === '' ? Number.NaN : Number(text))
