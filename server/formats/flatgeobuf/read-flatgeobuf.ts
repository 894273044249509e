/**
 * FlatGeobuf 3 (https://flatgeobuf.org) → feature records; its index is passed over. Its own library rounds 64-bit codes to doubles and
 * reads beyond the end of a file that was cut off.
 */
import type { Message, Place } from '../../core/values.ts'
import { readWhole } from '../bytes.ts'
import { columnedRecord } from '../columned-record.ts'
import { type CoordinateSystem, coordinateSystem, wgs84 } from '../coordinate-systems.ts'
import { FileRefused, flaw } from '../flaw-codes.ts'
import type { InputFile } from '../input-file.ts'
import type { FeatureRecord, Read, ReadOptions } from '../records.ts'
import { Header } from '../table-features.ts'
import { FlatTable } from './flat-tables.ts'
import { geometryFrom } from './geometry.ts'
import { type Column, valuesFrom } from './properties.ts'

const batchRecords = 1000
const magicBytes = 8

/** Numbers of the fields of the header, a column, a system and a feature (header.fbs, feature.fbs). */
const header = { geometryType: 2, columns: 7, count: 8, nodeSize: 9, crs: 10 } as const
const column = { name: 0, type: 1 } as const
const crs = { org: 0, code: 1, wkt: 4, codeText: 5 } as const
const feature = { geometry: 0, properties: 1, columns: 2 } as const

const broken = (place: Place, reason: Message): FileRefused =>
  new FileRefused(flaw('flatgeobuf_broken', place, { reason }))

const cutOff: Message = { zh: '文件不完整', en: 'the file breaks off' }

/** Batches of records, numbered as in the file (which is by place, where it has an index). @throws FileRefused */
export async function* readFlatGeobuf(
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FeatureRecord>[]> {
  const place = { file: file.name }
  const bytes = await readWhole(file, options)
  if (bytes.toString('latin1', 0, 4) !== 'fgb\x03' || bytes.toString('latin1', 4, 7) !== 'fgb')
    throw broken(place, { zh: '不是 FlatGeobuf 3 文件', en: 'it is no FlatGeobuf 3 file' })
  try {
    yield* readBuffers(bytes, place, options)
  } catch (error) {
    if (error instanceof RangeError) throw broken(place, cutOff)
    throw error
  }
}

function* readBuffers(bytes: Buffer, place: Place, options: ReadOptions): Generator<Read<FeatureRecord>[]> {
  const first = sized(bytes, magicBytes)
  const head = FlatTable.root(first)
  const count = head.long(header.count)
  const type = head.number(header.geometryType, 1, 0)
  const own = columnsOf(head)
  const { columns } = Header.of(
    own.map(({ name }) => name),
    options,
    place,
  )
  const rules = { crs: systemOf(head, options.crs, place), closeRings: options.closeRings ?? false }
  const nodeSize = head.number(header.nodeSize, 2, 16)
  let at = magicBytes + 4 + first.length + indexBytes(count, nodeSize)
  let batch: Read<FeatureRecord>[] = []
  let record = 0
  while (at < bytes.length) {
    const one = sized(bytes, at)
    at += 4 + one.length
    record += 1
    batch.push(recordFrom(FlatTable.root(one), { type, own, columns }, rules, { ...place, record }))
    if (batch.length < batchRecords) continue
    options.signal?.throwIfAborted()
    yield batch
    batch = []
  }
  // 0 says that whoever wrote it did not know.
  if (record < count) batch.push({ flaws: [flaw('flatgeobuf_broken', place, { reason: cutOff })] })
  yield batch
}

function sized(bytes: Buffer, at: number): Buffer {
  const length = bytes.readUInt32LE(at)
  if (at + 4 + length > bytes.length) throw new RangeError('a buffer ends outside the file')
  return bytes.subarray(at + 4, at + 4 + length)
}

/** A packed Hilbert R-tree: a node of 40 bytes for each feature, then for each `nodeSize` of those below, up to one. */
function indexBytes(count: number, nodeSize: number): number {
  if (nodeSize < 2 || count === 0) return 0
  let nodes = count
  for (let level = count; level > 1; ) {
    level = Math.ceil(level / nodeSize)
    nodes += level
  }
  return nodes * 40
}

const columnsOf = (table: FlatTable): Column[] =>
  table
    .tables(header.columns)
    .map((one) => ({ name: one.text(column.name) ?? '', type: one.number(column.type, 1, 0) }))

function systemOf(head: FlatTable, asked: string | undefined, place: Place): CoordinateSystem {
  if (asked !== undefined) return coordinateSystem(asked, place)
  const own = head.table(header.crs)
  const code = own?.number(crs.code, 4, 0) ?? 0
  const org = own?.text(crs.org) ?? 'EPSG'
  if (own === undefined) return wgs84
  if (code !== 0 && /^epsg$/i.test(org)) return coordinateSystem(`EPSG:${code}`, place)
  const text = own.text(crs.wkt) ?? own.text(crs.codeText)
  return text === undefined ? wgs84 : coordinateSystem(text, place)
}

interface Layout {
  readonly type: number
  readonly own: readonly Column[]
  readonly columns: readonly string[]
}

function recordFrom(
  table: FlatTable,
  { type, own, columns }: Layout,
  rules: Parameters<typeof columnedRecord>[3],
  place: Place,
): Read<FeatureRecord> {
  const unreadable = (reason: Message): Read<FeatureRecord> => ({
    flaws: [flaw('record_unreadable', place, { reason })],
  })
  if (table.tables(feature.columns).length > 0)
    return unreadable({ zh: '此记录自带列定义', en: 'it declares columns of its own' })
  const shape = table.table(feature.geometry)
  const geometry = shape ? geometryFrom(shape, type) : null
  const values = valuesFrom(table.bytes(feature.properties, 1) ?? Buffer.alloc(0), own)
  if (values === undefined) return unreadable({ zh: '属性类型未知', en: 'a property has an unknown type' })
  if (geometry === undefined)
    return unreadable({
      zh: '图形类型不受支持（曲线请先转为折线）',
      en: 'its geometry is of a type that is not supported; make lines of curves first',
    })
  return columnedRecord(columns, values, geometry, rules, place)
}
