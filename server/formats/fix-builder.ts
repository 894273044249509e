/** Raw values of one reading → a fix in WGS 84, or what is wrong with it. Every trace format ends here. */
import type { Fix, Flaw, Message, Place } from '../core/values.ts'
import { isBlank, toNumber } from './cell-values.ts'
import { type CoordinateSystem, projectedHint } from './coordinate-systems.ts'
import { flaw } from './flaw-codes.ts'
import type { FixRecord, Read } from './records.ts'
import { gpsEpoch, toInstant } from './times.ts'

export interface RawFix {
  readonly time: unknown
  readonly longitude: unknown
  readonly latitude: unknown
  readonly accuracyMetres?: unknown
  readonly speed?: unknown
  /** Metres per second in one unit of `speed`; 1 when absent. */
  readonly speedUnit?: number
}

const accuracyLabel: Message = { zh: '精度', en: 'accuracy' }
const speedLabel: Message = { zh: '速度', en: 'speed' }

/**
 * Builds a record. Blank accuracy and speed are absent, and so is a negative speed (phones say -1 for unknown);
 * a negative accuracy means the position itself is not valid (Core Location), so it is refused.
 * @param offsetMinutes zone of times that state none: 480 (Asia/Shanghai) for tables, 0 for GPX and PLT
 */
export function buildFix(
  raw: RawFix,
  crs: CoordinateSystem,
  offsetMinutes: number,
  place: Place,
  worker: string | undefined,
  track: string,
): Read<FixRecord> {
  const time = toInstant(raw.time, offsetMinutes)
  const x = toNumber(raw.longitude)
  const y = toNumber(raw.latitude)
  const accuracy = isBlank(raw.accuracyMetres) ? undefined : toNumber(raw.accuracyMetres)
  const speed = isBlank(raw.speed) ? undefined : toNumber(raw.speed)
  const sound =
    time !== undefined &&
    time >= gpsEpoch &&
    x !== undefined &&
    y !== undefined &&
    (accuracy === undefined ? isBlank(raw.accuracyMetres) : accuracy >= 0) &&
    (speed !== undefined || isBlank(raw.speed))
  if (!sound) return { flaws: objections(raw, time, x, y, accuracy, place) }
  const range = rangeFlaw(x, y, crs, place)
  if (range) return { flaws: [range] }
  const position = crs.toWgs84 ? crs.toWgs84(x, y) : undefined
  const longitude = position ? position[0] : x
  const latitude = position ? position[1] : y
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90))
    return { flaws: [flaw('coordinates_not_convertible', place, { crs: crs.name }, [x, y])] }
  // One literal a combination: adding members later would give a million objects a slower shape.
  const fix: Fix =
    accuracy === undefined && (speed === undefined || speed < 0)
      ? { time, longitude, latitude }
      : withDetails(time, longitude, latitude, accuracy, speed, raw.speedUnit ?? 1)
  return { record: { place, worker, track, fix } }
}

function withDetails(
  time: number,
  longitude: number,
  latitude: number,
  accuracyMetres: number | undefined,
  speed: number | undefined,
  speedUnit: number,
): Fix {
  if (speed === undefined || speed < 0)
    return accuracyMetres === undefined
      ? { time, longitude, latitude }
      : { time, longitude, latitude, accuracyMetres }
  const speedMetresPerSecond = speed * speedUnit
  return accuracyMetres === undefined
    ? { time, longitude, latitude, speedMetresPerSecond }
    : { time, longitude, latitude, accuracyMetres, speedMetresPerSecond }
}

function objections(
  raw: RawFix,
  time: number | undefined,
  x: number | undefined,
  y: number | undefined,
  accuracy: number | undefined,
  place: Place,
): Flaw[] {
  const flaws: Flaw[] = []
  if (isBlank(raw.time)) flaws.push(flaw('time_missing', place, {}))
  else if (time === undefined) flaws.push(flaw('time_malformed', place, {}, raw.time))
  else if (time < gpsEpoch) flaws.push(flaw('time_before_gps', place, {}, raw.time))
  if (isBlank(raw.longitude) && isBlank(raw.latitude)) flaws.push(flaw('position_missing', place, {}))
  else if (x === undefined || y === undefined)
    flaws.push(flaw('position_malformed', place, { count: 1 }, [raw.longitude, raw.latitude]))
  if (!isBlank(raw.accuracyMetres) && accuracy === undefined)
    flaws.push(flaw('value_not_number', place, { label: accuracyLabel }, raw.accuracyMetres))
  else if (accuracy !== undefined && accuracy < 0)
    flaws.push(flaw('value_out_of_range', place, { label: accuracyLabel, range: '≥ 0' }, raw.accuracyMetres))
  if (!isBlank(raw.speed) && toNumber(raw.speed) === undefined)
    flaws.push(flaw('value_not_number', place, { label: speedLabel }, raw.speed))
  return flaws
}

/** What is wrong with the range of a position of a geographic system; 0,0 is how devices write "unknown". */
function rangeFlaw(x: number, y: number, crs: CoordinateSystem, place: Place): Flaw | undefined {
  if (!crs.geographic) return undefined
  if (x === 0 && y === 0) return flaw('position_missing', place, {}, [x, y])
  if (Math.abs(x) <= 180 && Math.abs(y) <= 90) return undefined
  if (Math.abs(x) <= 90 && Math.abs(y) <= 180) return flaw('coordinates_swapped', place, {}, [x, y])
  return flaw('coordinates_out_of_range', place, { hint: projectedHint(x, y) }, [x, y])
}
