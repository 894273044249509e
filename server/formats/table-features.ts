/** Rows with a header → feature records: CSV, TSV and XLSX alike. */
import type { Flaw, Place } from '../core/values.ts'
import { isBlank, toNumber, toText } from './cell-values.ts'
import { columnFor, listed, plainName, positionSynonyms } from './columns.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import { type GeometryRules, normaliseGeometry } from './normalise-geometry.ts'
import type { FeatureRecord, Read, ReadOptions } from './records.ts'
import { looksLikeWkt, parseWkt } from './wkt.ts'

/** A row as a table format gives it: text from CSV, typed values from XLSX. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly unknown[]
}

/** How far down a header may stand: rosters of offices open with a title and a remark. */
const titleRows = 10

/**
 * The header among the first rows (the first with two filled cells; a title above it has one), the columns named and
 * renamed by `--map`. Rows above it are dropped.
 */
export class Header {
  /** Names after `--map`, in order; a column without a name has ''. */
  readonly columns: readonly string[]

  private constructor(columns: readonly string[]) {
    this.columns = columns
  }

  /** @throws FileRefused when `map` names a column that is not there, unless it is shared with other files */
  static of(cells: readonly unknown[], options: Pick<ReadOptions, 'map' | 'mapped'>, place: Place): Header {
    const names = cells.map((cell) => toText(cell))
    return new Header(renamed(names, options, place))
  }

  /** How many of the first rows come before the header row; the header is row `n`. */
  static rowOf(rows: readonly TableRow[]): number {
    const found = rows
      .slice(0, titleRows)
      .findIndex((row) => row.cells.filter((cell) => !isBlank(cell)).length >= 2)
    return Math.max(found, 0)
  }
}

/** Applies `--map`: a mapped column takes the field's name, and a column that bore it already gives it up. */
function renamed(
  names: readonly string[],
  { map = {}, mapped }: Pick<ReadOptions, 'map' | 'mapped'>,
  place: Place,
): string[] {
  const columns = [...names]
  for (const [from, to] of Object.entries(map)) {
    const exact = names.indexOf(from)
    const index = exact >= 0 ? exact : names.findIndex((name) => plainName(name) === plainName(from))
    if (index < 0 && mapped) continue
    if (index < 0) throw new FileRefused(flaw('map_column_unknown', place, { columns: listed(names) }, from))
    mapped?.add(from)
    for (const [i, name] of columns.entries()) if (i !== index && name === to) columns[i] = ''
    columns[index] = to
  }
  return columns
}

/** Turns the rows below one header into records. */
export class TableReader {
  readonly #columns: readonly string[]
  readonly #named: readonly string[]
  readonly #rules: GeometryRules
  readonly #file: string
  readonly #longitude: number
  readonly #latitude: number
  readonly #wkt: number
  #record = 0

  constructor(header: Header, firstRow: TableRow | undefined, rules: GeometryRules, file: string) {
    this.#columns = header.columns
    this.#named = header.columns.filter((name) => name !== '')
    this.#rules = rules
    this.#file = file
    const index = (synonyms: readonly string[]): number => {
      const column = columnFor(header.columns, synonyms)
      return column === undefined ? -1 : header.columns.indexOf(column)
    }
    const wkt = index(positionSynonyms.wkt)
    const longitude = index(positionSynonyms.longitude)
    const latitude = index(positionSynonyms.latitude)
    const hasPair = longitude >= 0 && latitude >= 0
    // A column `geometry` may hold a mere word beside lon and lat; and polygons may come with a label point.
    const useWkt = wkt >= 0 && (!hasPair || looksLikeWkt(toText(firstRow?.cells[wkt])))
    this.#wkt = useWkt ? wkt : -1
    this.#longitude = hasPair && !useWkt ? longitude : -1
    this.#latitude = hasPair && !useWkt ? latitude : -1
  }

  /** A record, or undefined for a row of blanks. */
  read(row: TableRow): Read<FeatureRecord> | undefined {
    if (row.cells.every(isBlank)) return undefined
    this.#record += 1
    const place: Place = { file: this.#file, line: row.line, record: this.#record }
    const surplus = row.cells.slice(this.#columns.length)
    if (row.cells.length < this.#columns.length || !surplus.every(isBlank))
      return {
        flaws: [flaw('row_ragged', place, { expected: this.#columns.length, found: row.cells.length })],
      }
    const properties: Record<string, unknown> = {}
    for (let i = 0; i < this.#columns.length; i += 1)
      if (i !== this.#wkt && this.#columns[i] !== '') properties[this.#columns[i]!] = row.cells[i]
    const position = this.#geometry(row, place)
    if ('flaws' in position) return position
    return { record: { place, geometry: position.geometry, properties, columns: this.#named } }
  }

  #geometry(
    row: TableRow,
    place: Place,
  ): { geometry: FeatureRecord['geometry'] } | { flaws: readonly Flaw[] } {
    if (this.#wkt >= 0) {
      const text = row.cells[this.#wkt]
      if (isBlank(text)) return { geometry: null }
      const parsed = parseWkt(toText(text))
      const field = { ...place, field: this.#columns[this.#wkt]! }
      if ('offset' in parsed) return { flaws: [flaw('wkt_syntax', field, { offset: parsed.offset }, text)] }
      return normaliseGeometry(parsed.geometry, this.#rules, field)
    }
    if (this.#longitude < 0) return { geometry: null }
    const [rawLongitude, rawLatitude] = [row.cells[this.#longitude], row.cells[this.#latitude]]
    if (isBlank(rawLongitude) && isBlank(rawLatitude)) return { geometry: null }
    const longitude = toNumber(rawLongitude)
    const latitude = toNumber(rawLatitude)
    if (longitude === undefined || latitude === undefined)
      return { flaws: [flaw('position_malformed', place, { count: 1 }, [rawLongitude, rawLatitude])] }
    // 0,0 is how devices and spreadsheets write "unknown"; no place of this product lies there.
    if (this.#rules.crs.geographic && longitude === 0 && latitude === 0) return { geometry: null }
    return normaliseGeometry({ type: 'Point', coordinates: [longitude, latitude] }, this.#rules, place)
  }
}
