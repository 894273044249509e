/** A GeoPackage (OGC 12-128r19) with one layer of features → feature records. */
import type { Message, Place } from '../../core/values.ts'
import { readWhole } from '../bytes.ts'
import { columnedRecord } from '../columned-record.ts'
import { type CoordinateSystem, coordinateSystem, wgs84 } from '../coordinate-systems.ts'
import { FileRefused, flaw } from '../flaw-codes.ts'
import type { InputFile } from '../input-file.ts'
import type { FeatureRecord, Read, ReadOptions } from '../records.ts'
import { Header } from '../table-features.ts'
import { parseWkb } from '../wkb.ts'
import { openSqlite, type Sqlite, SqliteBroken, type SqliteTable, type SqliteValue } from './sqlite.ts'

const batchRecords = 1000

const broken = (place: Place, reason: Message): FileRefused =>
  new FileRefused(flaw('geopackage_broken', place, { reason }))

/**
 * Batches of records, numbered in the order of their ids. Two layers are refused: which one is meant is for the user to say.
 * A file whose latest changes still stand in a log beside it is refused, too: without them it would be an older state.
 * @throws FileRefused
 */
export async function* readGeoPackage(
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FeatureRecord>[]> {
  const place = { file: file.name }
  const bytes = await readWhole(file, options)
  const log = file.sibling?.('.gpkg-wal')
  if (log && (await readWhole(log, options)).length > 0) throw broken(place, unfinished)
  let db: Sqlite | undefined
  try {
    db = await openSqlite(bytes)
    yield* readLayer(db, place, options)
  } catch (error) {
    if (error instanceof SqliteBroken) throw broken(place, error.detail)
    throw error
  } finally {
    db?.close()
  }
}

const unfinished: Message = {
  zh: '旁边的 .gpkg-wal 里还有未写入的修改；请先关闭打开它的程序（如 QGIS）',
  en: 'changes still stand in the .gpkg-wal beside it; close the program that has it open (QGIS) first',
}

function* readLayer(db: Sqlite, place: Place, options: ReadOptions): Generator<Read<FeatureRecord>[]> {
  const { name, column, system } = layerOf(db, place)
  const table = db.table(name)
  if (!table)
    throw broken(place, { zh: `没有图层的数据表 ${name}`, en: `there is no table for its layer ${name}` })
  const shape = table.columns.findIndex((one) => one.toLowerCase() === column.toLowerCase())
  if (shape < 0)
    throw broken(place, { zh: `没有图形列 ${column}`, en: `there is no geometry column ${column}` })
  const attributes = table.columns.flatMap((_, i) => (i === shape ? [] : [i]))
  const { columns } = Header.of(
    attributes.map((i) => table.columns[i]),
    options,
    place,
  )
  const rules = { crs: systemOf(db, system, options.crs, place), closeRings: options.closeRings ?? false }
  let batch: Read<FeatureRecord>[] = []
  let record = 0
  for (const row of table.rows()) {
    record += 1
    const at: Place = { ...place, record }
    const values = attributes.map((i) => (Buffer.isBuffer(row[i]) ? null : row[i]))
    const parsed = geometryOf(row[shape] ?? null)
    if ('problem' in parsed)
      batch.push({ flaws: [flaw('record_unreadable', at, { reason: parsed.problem })] })
    else batch.push(columnedRecord(columns, values, parsed.geometry, rules, at))
    if (batch.length < batchRecords) continue
    options.signal?.throwIfAborted()
    yield batch
    batch = []
  }
  yield batch
}

interface Layer {
  readonly name: string
  readonly column: string
  readonly system: SqliteValue
}

function layerOf(db: Sqlite, place: Place): Layer {
  const contents = records(db.table('gpkg_contents'))
  const shapes = records(db.table('gpkg_geometry_columns'))
  const names = contents
    .filter((one) => one['data_type'] === 'features')
    .map((one) => String(one['table_name']))
  const [name] = names
  if (names.length > 1) throw new FileRefused(flaw('layers_ambiguous', place, { layers: names.join(', ') }))
  const own = shapes.find((one) => String(one['table_name']).toLowerCase() === name?.toLowerCase())
  if (name === undefined || !own) {
    const nothing = { zh: '：GeoPackage 中没有矢量图层', en: ': the GeoPackage has no layer of features' }
    throw new FileRefused(flaw('file_without_records', place, { found: nothing }))
  }
  return { name, column: String(own['column_name']), system: own['srs_id'] ?? null }
}

/** The system the user names, else the layer's; one that is declared as undefined (-1, 0) is taken as WGS 84. */
function systemOf(db: Sqlite, id: SqliteValue, asked: string | undefined, place: Place): CoordinateSystem {
  if (asked !== undefined) return coordinateSystem(asked, place)
  if (id === 0 || id === -1 || id === null) return wgs84
  const own = records(db.table('gpkg_spatial_ref_sys')).find((one) => one['srs_id'] === id)
  if (/^epsg$/i.test(String(own?.['organization'] ?? 'EPSG')))
    return coordinateSystem(`EPSG:${String(own?.['organization_coordsys_id'] ?? id)}`, place)
  return coordinateSystem(String(own?.['definition'] ?? id), place)
}

function records(table: SqliteTable | undefined): Readonly<Record<string, SqliteValue>>[] {
  if (!table) return []
  const names = table.columns.map((one) => one.toLowerCase())
  return [...table.rows()].map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])))
}

/** Bytes of the bounding box by its kind, bits 1–3 of the flags (§2.1.3). */
const boxBytes = [0, 32, 48, 48, 64] as const

function geometryOf(blob: SqliteValue): { readonly geometry: unknown } | { readonly problem: Message } {
  if (blob === null) return { geometry: null }
  if (!Buffer.isBuffer(blob) || blob.toString('latin1', 0, 2) !== 'GP' || blob.length < 8)
    return { problem: { zh: '图形不是 GeoPackage 格式', en: 'its geometry is not that of a GeoPackage' } }
  const box = boxBytes[(blob[3]! >> 1) & 7]
  if (box === undefined || (blob[3]! & 0x20) !== 0)
    return { problem: { zh: '图形的扩展格式不受支持', en: 'an extended geometry is not supported' } }
  return parseWkb(blob.subarray(8 + box))
}
