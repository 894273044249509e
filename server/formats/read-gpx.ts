/** Fixes from GPX. A track point without a time is refused: nobody could say when the worker was there. */
import { readBytes } from './bytes.ts'
import { coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { stemOf } from './file-format.ts'
import { buildFix } from './fix-builder.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import { GpxParser, type GpxPoint } from './gpx.ts'
import type { InputFile } from './input-file.ts'
import type { FixRecord, Read, ReadOptions } from './records.ts'
import { decodeText } from './text.ts'

/**
 * Batches of fixes, in the order of the file. Times without a zone are UTC, as the GPX schema says. The worker is the
 * name of the track, else the file.
 * @throws FileRefused on broken XML, and on a file of routes or waypoints only
 */
export async function* readGpx(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FixRecord>[]> {
  const place = { file: file.name }
  const crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, place)
  const parser = new GpxParser(place)
  let record = 0
  const built = (point: GpxPoint): Read<FixRecord> => {
    record += 1
    const at = { file: file.name, line: point.line, record }
    const worker = point.trackName ?? stemOf(file.name)
    return buildFix(point, crs, 0, at, worker, `${file.name}#${point.track}#${point.segment}`)
  }
  for await (const text of decodeText(readBytes(file, options), place)) yield parser.push(text).map(built)
  yield parser.end().map(built)
  if (record > 0) return
  const { waypoints, routePoints } = parser.counts
  const found = {
    zh: `：没有轨迹点（航点 ${waypoints} 个，路线点 ${routePoints} 个）`,
    en: `: no track point (${waypoints} waypoints, ${routePoints} route points)`,
  }
  throw new FileRefused(flaw('file_without_records', place, { found }))
}
