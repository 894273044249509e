/** Fixes from FIT files of watches and bicycle computers. Records without a position are of indoors; they are no fixes. */
import { readWhole } from './bytes.ts'
import { coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { stemOf } from './file-format.ts'
import { FitBroken, type FitRecord, readFit } from './fit.ts'
import { buildFix } from './fix-builder.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import type { FixRecord, Read, ReadOptions } from './records.ts'

const batchSize = 10_000

/**
 * Batches of fixes, in the order of the file. The worker is the name of the file. Of a file that ends too early the fixes before its
 * end are given, and then the flaw with the record it broke off after.
 * @throws FileRefused
 */
export async function* readFitFile(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FixRecord>[]> {
  const crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, { file: file.name })
  const worker = stemOf(file.name)
  const bytes = await readWhole(file, options)
  let batch: Read<FixRecord>[] = []
  let [record, found] = [0, 0]
  let broken: FitBroken | undefined
  try {
    for (const one of readFit(bytes)) {
      record += 1
      if (one.longitude === undefined && one.latitude === undefined) continue
      found += 1
      batch.push(buildFix(rawOf(one), crs, 0, { file: file.name, record }, worker, `${file.name}#1#1`))
      if (batch.length < batchSize) continue
      yield batch
      batch = []
    }
  } catch (error) {
    if (!(error instanceof FitBroken)) throw error
    broken = error
  }
  yield batch
  const place = record === 0 ? { file: file.name } : { file: file.name, record }
  if (broken) throw new FileRefused(flaw('fit_broken', place, { reason: broken.reason }))
  if (found > 0) return
  const nothing = { zh: `：${record} 条记录都没有位置`, en: `: none of ${record} records has a position` }
  throw new FileRefused(flaw('file_without_records', { file: file.name }, { found: nothing }))
}

const rawOf = (one: FitRecord): Parameters<typeof buildFix>[0] => ({
  time: one.time === undefined ? undefined : new Date(one.time).toISOString(),
  longitude: one.longitude,
  latitude: one.latitude,
  accuracyMetres: one.accuracyMetres,
  speed: one.speedMetresPerSecond,
})
