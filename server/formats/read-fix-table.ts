/** Fixes from CSV: `worker,time,lon,lat[,accuracy,speed]` under any of their names. The hot path: a million rows. */
import type { Place } from '../core/values.ts'
import { isBlank } from './cell-values.ts'
import { listed } from './columns.ts'
import { coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { buildFix } from './fix-builder.ts'
import { fixColumns, requiredFixParts, speedUnitOf } from './fix-fields.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import { readCsvRows } from './read-csv.ts'
import type { FixRecord, Read, ReadOptions } from './records.ts'
import { Header, type TableRow } from './table-features.ts'
import { shanghaiOffsetMinutes } from './times.ts'

/** Batches of fixes. @throws FileRefused when a required column is missing or the file cannot be read */
export async function* readFixTable(
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FixRecord>[]> {
  let read: ((row: TableRow) => Read<FixRecord> | undefined) | undefined
  for await (const rows of readCsvRows(file, options)) {
    let data: readonly TableRow[] = rows
    if (!read) {
      const [head, ...rest] = rows
      if (!head) continue
      read = rowReader(head.cells, file, options)
      data = rest
    }
    const batch: Read<FixRecord>[] = []
    for (const row of data) {
      const one = read(row)
      if (one) batch.push(one)
    }
    yield batch
  }
}

function rowReader(
  head: readonly unknown[],
  file: InputFile,
  options: ReadOptions,
): (row: TableRow) => Read<FixRecord> | undefined {
  const whole: Place = { file: file.name }
  const crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, whole)
  const { columns } = Header.of(head, options, whole)
  const found = fixColumns(columns)
  const missing = requiredFixParts.filter(({ part }) => found[part] === undefined)
  if (missing.length > 0) {
    const flaws = missing.map(({ field, label }) =>
      flaw('column_missing', whole, { field, label, columns: listed(columns) }),
    )
    throw new FileRefused(...flaws)
  }
  const index = (column: string | undefined): number => (column === undefined ? -1 : columns.indexOf(column))
  const [time, longitude, latitude] = [index(found.time), index(found.longitude), index(found.latitude)]
  const [worker, accuracy, speed] = [index(found.worker), index(found.accuracy), index(found.speed)]
  const speedUnit = found.speed === undefined ? 1 : speedUnitOf(found.speed)
  const workers = new Map<string, string>()
  const track = `${file.name}#1#1`
  let record = 0
  return ({ line, cells }) => {
    if (cells.length === 1 && isBlank(cells[0])) return undefined
    record += 1
    const place: Place = { file: file.name, line, record }
    if (cells.length !== columns.length)
      return { flaws: [flaw('row_ragged', place, { expected: columns.length, found: cells.length })] }
    const raw = {
      time: cells[time],
      longitude: cells[longitude],
      latitude: cells[latitude],
      accuracyMetres: accuracy < 0 ? undefined : cells[accuracy],
      speed: speed < 0 ? undefined : cells[speed],
      speedUnit,
    }
    const name = worker < 0 ? undefined : interned(workers, cells[worker])
    return buildFix(raw, crs, shanghaiOffsetMinutes, place, name, track)
  }
}

/** One string a worker: a cell cut out of the text would keep its whole chunk in memory. Blank is undefined. */
function interned(known: Map<string, string>, cell: unknown): string | undefined {
  if (typeof cell !== 'string') return undefined
  const found = known.get(cell)
  if (found !== undefined) return found
  const name = cell.trim()
  if (name === '') return undefined
  known.set(cell, name)
  return name
}
