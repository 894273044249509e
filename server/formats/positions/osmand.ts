/**
 * The OsmAnd protocol as Traccar Client speaks it: a GET or POST with parameters, and from version 9 on JSON.
 * https://www.traccar.org/osmand/
 */
import type { Flaw } from '../../core/values.ts'
import { flaw } from '../flaw-codes.ts'
import { toInstant } from '../times.ts'
import { accuracyOrNone, knot, type Report } from './read-report.ts'

export interface OsmandReports {
  readonly deviceId: string
  /** One a request; several where a client sends its buffer as an array. Empty: the device is there, without a position. */
  readonly reports: readonly Report[]
}

export type OsmandRead = OsmandReports | { readonly flaws: readonly Flaw[] }

const idLabel = { zh: '设备编号', en: 'id of the device' }

/**
 * Reads `id=…&lat=…&lon=…&timestamp=…`, of an address or of a form. Speed is in knots. Without a timestamp the reading is of `now`.
 * What else a client sends (battery, cell towers, its own names) is left alone.
 */
export function readOsmandQuery(query: string, now: number): OsmandRead {
  const given = new URLSearchParams(query)
  const deviceId = given.get('id') ?? given.get('deviceid')
  if (deviceId === null || deviceId === '')
    return { flaws: [flaw('value_missing', { field: 'id' }, { label: idLabel })] }
  const [latitude, longitude] = given.get('location')?.split(',') ?? [given.get('lat'), given.get('lon')]
  if ((latitude ?? null) === null && (longitude ?? null) === null) return { deviceId, reports: [] }
  const valid = given.get('valid')
  const report: Report = {
    time: given.get('timestamp') ?? now,
    longitude,
    latitude,
    accuracyMetres: accuracyOrNone(given.get('accuracy') ?? undefined),
    speed: given.get('speed'),
    speedUnit: knot,
    isValid: valid === null || valid === '1' || valid.toLowerCase() === 'true',
    isMock: given.get('mock') === 'true',
  }
  return { deviceId, reports: [report] }
}

type Dictionary = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads `{"device_id":…,"location":{…}}`; `location` may be an array. Speed is in metres per second, −1 unknown. */
export function readOsmandJson(text: string): OsmandRead {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { flaws: [flaw('json_syntax', {}, { line: 1, column: 1, reason: { zh: reason, en: reason } })] }
  }
  const id = isObject(root) ? (root['device_id'] ?? root['id']) : undefined
  if (!isObject(root) || (typeof id !== 'string' && typeof id !== 'number') || id === '')
    return { flaws: [flaw('value_missing', { field: 'device_id' }, { label: idLabel })] }
  const { location } = root
  const locations = (Array.isArray(location) ? location : [location]).filter(isObject)
  const reports = locations.filter((one) => isObject(one['coords'])).map(reportOf)
  return { deviceId: String(id), reports }
}

function reportOf(location: Dictionary): Report {
  const coords = location['coords'] as Dictionary
  const sentAt = toInstant(location['sent_at'])
  return {
    time: location['timestamp'],
    longitude: coords['longitude'],
    latitude: coords['latitude'],
    accuracyMetres: accuracyOrNone(coords['accuracy']),
    speed: coords['speed'],
    isValid: true,
    isMock: location['mock'] === true,
    ...(sentAt !== undefined && { sentAt }),
  }
}
