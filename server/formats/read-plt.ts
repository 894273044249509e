/**
 * Fixes from GeoLife PLT: six header lines, then `lat,lon,0,altitude_feet,days,date,time` with the clock in GMT
 * (GeoLife GPS Trajectories 1.3, User Guide).
 */
import type { Place } from '../core/values.ts'
import { readBytes } from './bytes.ts'
import { coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { csvRows } from './csv.ts'
import { buildFix } from './fix-builder.ts'
import { flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import type { FixRecord, Read, ReadOptions } from './records.ts'
import { decodeText } from './text.ts'

const headerLines = 6
const cellCount = 7

/** Batches of fixes. The user is the folder above `Trajectory`, where the path shows it. @throws FileRefused */
export async function* readPlt(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FixRecord>[]> {
  const place = { file: file.name }
  const crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, place)
  const worker = /([^/\\]+)[/\\]Trajectory[/\\][^/\\]+$/i.exec(file.path ?? '')?.[1]
  const track = `${file.name}#1#1`
  let record = 0
  for await (const rows of csvRows(decodeText(readBytes(file, options), place), place, ',')) {
    const batch: Read<FixRecord>[] = []
    for (const { line, cells } of rows) {
      if (line <= headerLines) continue
      record += 1
      const at: Place = { file: file.name, line, record }
      if (cells.length !== cellCount) {
        batch.push({ flaws: [flaw('row_ragged', at, { expected: cellCount, found: cells.length })] })
        continue
      }
      const raw = { time: `${cells[5]} ${cells[6]}`, longitude: cells[1], latitude: cells[0] }
      batch.push(buildFix(raw, crs, 0, at, worker, track))
    }
    yield batch
  }
}
