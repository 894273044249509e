/** A shapefile (.shp with its .dbf, .prj and .cpg beside it) → feature records. */
import type { Message, Place } from '../../core/values.ts'
import { readWhole } from '../bytes.ts'
import { columnedRecord } from '../columned-record.ts'
import { type CoordinateSystem, coordinateSystem, wgs84 } from '../coordinate-systems.ts'
import { FileRefused, flaw } from '../flaw-codes.ts'
import type { InputFile } from '../input-file.ts'
import type { FeatureRecord, Read, ReadOptions } from '../records.ts'
import { Header } from '../table-features.ts'
import { type Dbf, readDbf } from './attributes.ts'
import { isShp, readShapes } from './shapes.ts'

const batchRecords = 1000

const broken = (place: Place, reason: Message): FileRefused =>
  new FileRefused(flaw('shapefile_broken', place, { reason }))

/**
 * Batches of records, numbered as in the file. The .dbf is required: without it grids would lose their codes
 * unnoticed. Without a .prj and `crs` the coordinates are taken as WGS 84, and refused where they cannot be.
 * @throws FileRefused
 */
export async function* readShapefile(
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FeatureRecord>[]> {
  const place = { file: file.name }
  const bytes = await readWhole(file, options)
  if (!isShp(bytes)) throw broken(place, { zh: '不是 .shp 文件', en: 'it is not a .shp file' })
  const attributes = await readAttributes(file, options)
  const rules = { crs: await systemOf(file, options), closeRings: options.closeRings ?? false }
  const { columns } = Header.of(
    attributes.fields.map(({ name }) => name),
    options,
    place,
  )
  let batch: Read<FeatureRecord>[] = []
  let record = 0
  for (const shape of readShapes(bytes)) {
    record += 1
    const at: Place = { ...place, record }
    const row = record <= attributes.rowCount ? attributes.row(record - 1) : undefined
    if (row === null) continue
    if ('problem' in shape) batch.push({ flaws: [flaw('record_unreadable', at, { reason: shape.problem })] })
    else if (row === undefined) batch.push({ flaws: [flaw('record_unreadable', at, { reason: withoutRow })] })
    else batch.push(columnedRecord(columns, Object.values(row), shape.geometry, rules, at))
    if (batch.length < batchRecords) continue
    yield batch
    batch = []
  }
  if (record < attributes.statedCount)
    batch.push({
      flaws: [flaw('shapefile_broken', place, { reason: fewerShapes(record, attributes.statedCount) })],
    })
  yield batch
}

const withoutRow: Message = { zh: '.dbf 中没有对应的行', en: 'the .dbf has no row for it' }

const fewerShapes = (shapes: number, rows: number): Message => ({
  zh: `.shp 有 ${shapes} 个图形，.dbf 有 ${rows} 行`,
  en: `the .shp has ${shapes} shapes, the .dbf ${rows} rows`,
})

async function readAttributes(file: InputFile, options: ReadOptions): Promise<Dbf> {
  const dbf = file.sibling?.('.dbf')
  if (!dbf) throw new FileRefused(flaw('shapefile_part_missing', { file: file.name }, { part: '.dbf' }))
  const attributes = readDbf(await readWhole(dbf, options), await siblingText(file, '.cpg', options))
  if ('problem' in attributes) throw broken({ file: file.name }, attributes.problem)
  return attributes
}

async function systemOf(file: InputFile, options: ReadOptions): Promise<CoordinateSystem> {
  const name = options.crs ?? (await siblingText(file, '.prj', options))
  return name === undefined || name.trim() === '' ? wgs84 : coordinateSystem(name, { file: file.name })
}

async function siblingText(
  file: InputFile,
  ending: string,
  options: ReadOptions,
): Promise<string | undefined> {
  const sibling = file.sibling?.(ending)
  return sibling ? (await readWhole(sibling, options)).toString('utf8').replace(/^\ufeff/, '') : undefined
}
