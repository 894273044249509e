/**
 * Fixes from TCX (Garmin's Training Center XML, version 2): the track points of activities. Points without a position are pauses and
 * indoor readings; they are no fixes.
 */
import { readBytes } from './bytes.ts'
import { coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { stemOf } from './file-format.ts'
import { buildFix, type RawFix } from './fix-builder.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import type { FixRecord, Read, ReadOptions } from './records.ts'
import { decodeText } from './text.ts'
import { XmlElements } from './xml-elements.ts'

interface OpenPoint {
  readonly line: number
  time?: string
  longitude?: string
  latitude?: string
  speed?: string
}

/** Batches of fixes, in the order of the file. The worker is the name of the file. @throws FileRefused */
export async function* readTcx(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FixRecord>[]> {
  const place = { file: file.name }
  const crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, place)
  const worker = stemOf(file.name)
  let batch: Read<FixRecord>[] = []
  let [record, activity, lap] = [0, 0, 0]
  let point: OpenPoint | undefined
  const take = ({ line, ...raw }: OpenPoint): void => {
    record += 1
    if (raw.longitude === undefined && raw.latitude === undefined) return
    const fix: RawFix = { time: raw.time, longitude: raw.longitude, latitude: raw.latitude, speed: raw.speed }
    batch.push(
      buildFix(fix, crs, 0, { file: file.name, line, record }, worker, `${file.name}#${activity}#${lap}`),
    )
  }
  const xml = new XmlElements(place, {
    open(name) {
      if (name === 'Activity' || name === 'Course') {
        activity += 1
        lap = 0
      } else if (name === 'Track') lap += 1
      else if (name === 'Trackpoint') point = { line: xml.line }
    },
    close(name, text) {
      if (!point) return
      if (name === 'Trackpoint') {
        take(point)
        point = undefined
      } else if (name === 'Time') point.time = text
      else if (name === 'LongitudeDegrees') point.longitude = text
      else if (name === 'LatitudeDegrees') point.latitude = text
      else if (name === 'Speed') point.speed = text
    },
  })
  const taken = (): Read<FixRecord>[] => {
    const done = batch
    batch = []
    return done
  }
  let found = 0
  for await (const text of decodeText(readBytes(file, options), place)) {
    xml.push(text)
    const some = taken()
    found += some.length
    yield some
  }
  xml.end()
  if (found > 0) return
  const nothing = {
    zh: `：${record} 个轨迹点都没有位置`,
    en: `: none of ${record} track points has a position`,
  }
  throw new FileRefused(flaw('file_without_records', place, { found: nothing }))
}
