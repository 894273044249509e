/** Names under which tables and JSON objects give the parts of a fix. */
import type { Message } from '../core/values.ts'
import { columnFor, plainName, positionSynonyms } from './columns.ts'

const workerSynonyms = [
  'worker', 'worker_id', 'user', 'user_id', 'device', 'device_id', 'tid', 'trip_id', 'track_id',
  '网格员', '网格员编号', '工号', '人员', '人员编号', '姓名', '用户', '设备', '设备号',
] // biome-ignore format: a word list
const timeSynonyms = [
  'time', 'timestamp', 'datetime', 'date_time', 'unix_time', 'time_utc', 'recorded_at', 'tst', 'fix_time', 'gps_time', 'utc',
  '时间', '定位时间', '采集时间', '日期时间', '上报时间',
] // biome-ignore format: a word list
const accuracySynonyms = [
  'accuracy',
  'accuracy_m',
  'acc',
  'horizontal_accuracy',
  'haccuracy',
  '精度',
  '定位精度',
]
const speedSynonyms = ['speed', 'speed_mps', 'speed_ms', 'speed_kmh', 'speed_kph', 'velocity', '速度', '时速']

/** The column of each part of a fix; absent where the table has none. */
export interface FixColumns {
  readonly longitude?: string
  readonly latitude?: string
  readonly time?: string
  readonly worker?: string
  readonly accuracy?: string
  readonly speed?: string
}

export function fixColumns(columns: readonly string[]): FixColumns {
  const found: Record<string, string> = {}
  const look = (part: keyof FixColumns, synonyms: readonly string[]): void => {
    const column = columnFor(columns, synonyms)
    if (column !== undefined) found[part] = column
  }
  look('longitude', positionSynonyms.longitude)
  look('latitude', positionSynonyms.latitude)
  look('time', timeSynonyms)
  look('worker', workerSynonyms)
  look('accuracy', accuracySynonyms)
  look('speed', speedSynonyms)
  return found
}

/** Metres per second in one unit of a speed column: kilometres per hour where its name says so, else 1. */
export const speedUnitOf = (column: string): number =>
  /km\/?h|kph|公里|千米|时速/i.test(column) || plainName(column).endsWith('kmh') ? 1 / 3.6 : 1

/** Parts a table must have, with the field `--map` names. */
export const requiredFixParts: readonly {
  part: 'time' | 'longitude' | 'latitude'
  field: string
  label: Message
}[] = [
  { part: 'time', field: 'time', label: { zh: '时间', en: 'the time' } },
  { part: 'longitude', field: 'lon', label: { zh: '经度', en: 'the longitude' } },
  { part: 'latitude', field: 'lat', label: { zh: '纬度', en: 'the latitude' } },
]
