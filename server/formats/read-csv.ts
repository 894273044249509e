/** CSV and TSV with a header → feature records. */
import { readBytes } from './bytes.ts'
import { coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { type CsvRow, csvRows } from './csv.ts'
import type { InputFile } from './input-file.ts'
import type { GeometryRules } from './normalise-geometry.ts'
import type { FeatureRecord, Read, ReadOptions } from './records.ts'
import { Header, TableReader, type TableRow } from './table-features.ts'
import { decodeText } from './text.ts'

/** Text rows of a CSV file in batches, whatever its encoding and delimiter. @throws FileRefused */
export function readCsvRows(file: InputFile, options: ReadOptions): AsyncGenerator<CsvRow[]> {
  const place = { file: file.name }
  const delimiter = /\.tsv(\.gz)?$/i.test(file.name) ? '\t' : undefined
  return csvRows(decodeText(readBytes(file, options), place), place, delimiter)
}

/** Batches of records. @throws FileRefused when the file as a whole cannot be used */
export function readCsv(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FeatureRecord>[]> {
  return readTable(file, options, readCsvRows(file, options))
}

/** Rows of any table format → records. The header is looked for in the first rows. @throws FileRefused */
export async function* readTable(
  file: InputFile,
  options: ReadOptions,
  batches: AsyncIterable<readonly TableRow[]>,
): AsyncGenerator<Read<FeatureRecord>[]> {
  const place = { file: file.name }
  const rules: GeometryRules = {
    crs: options.crs === undefined ? wgs84 : coordinateSystem(options.crs, place),
    closeRings: options.closeRings ?? false,
  }
  let table: TableReader | undefined
  for await (const rows of withHead(batches)) {
    let data = rows
    if (!table) {
      const at = Header.rowOf(rows)
      const head = rows[at]
      if (!head) continue
      data = rows.slice(at + 1)
      table = new TableReader(Header.of(head.cells, options, place), data[0], rules, file.name)
    }
    const reader = table
    yield data.map((row) => reader.read(row)).filter((read) => read !== undefined)
  }
}

/** More than a header may be pushed down. */
const headRows = 16

/** Joins the first batches until the header can be judged, so that cutting the bytes elsewhere changes nothing. */
async function* withHead(batches: AsyncIterable<readonly TableRow[]>): AsyncGenerator<readonly TableRow[]> {
  let head: readonly TableRow[] | undefined = []
  try {
    for await (const rows of batches) {
      if (!head) yield rows
      else {
        head = [...head, ...rows]
        if (head.length <= headRows) continue
        yield head
        head = undefined
      }
    }
  } catch (error) {
    // The file breaks off early: the rows before that are good.
    if (head) yield head
    throw error
  }
  if (head) yield head
}
