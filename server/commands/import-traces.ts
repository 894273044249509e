/** Trace files into fixes, in batches, each worker in the town that has that worker. */
import {
  findRepeatedPrints,
  type PrintedTrack,
  repeatMessage,
  TrackPrint,
} from '../core/trajectories/find-repeated-tracks.ts'
import type { Fix, Flaw } from '../core/values.ts'
import { townsById, upsertRows } from '../db/imports.ts'
import type { WorkerFix } from '../db/worker-fix.ts'
import { AppError } from '../errors.ts'
import { type FixRecord, readFixBatches } from '../formats/read-fixes.ts'
import { importFlaw } from './import-flaws.ts'
import { type ImportRun, readOptionsOf, refuse } from './import-run.ts'
import { takeFixes } from './take-fixes.ts'

/** Fixes written at once. */
const batchSize = 20_000

/**
 * A worker nobody knows is one refusal with the number of fixes, not one for each fix; with `newWorkers` the worker is added.
 * A track that two workers handed in is kept for both, and told.
 */
export async function importTraces(run: ImportRun): Promise<void> {
  const towns = await townsById(run.db, 'workers', run.context.townIds)
  const refusals = new Map<string, { flaw: Flaw; fixes: number }>()
  const batches = new Map<string, WorkerFix[]>()
  const tracks = new TracksOfFile()
  const prints: PrintedTrack[] = []

  const flush = async (town: string): Promise<void> => {
    const batch = batches.get(town)
    if (!batch || batch.length === 0) return
    batches.set(town, [])
    const taken = await takeFixes(run.db, town, batch)
    run.tally.added += taken.added
    run.tally.changed += taken.changed
    run.tally.repeated += taken.repeated
    run.tally.unchanged += batch.length - taken.added - taken.changed - taken.repeated
  }

  const take = async (record: FixRecord): Promise<void> => {
    const town = await townFor(run, towns, record.worker)
    if (typeof town !== 'string') {
      const key = record.worker ?? ''
      const seen = refusals.get(key)
      if (seen) seen.fixes++
      else refusals.set(key, { flaw: town(record), fixes: 1 })
      return
    }
    let batch = batches.get(town)
    if (!batch) batches.set(town, (batch = []))
    batch.push(workerFix(record.worker ?? '', record.fix))
    tracks.add(record)
    if (batch.length >= batchSize) await flush(town)
  }

  for (const file of run.request.files) {
    const onBytes = (read: number, total: number | null): void =>
      run.request.onProgress?.({ zh: `导入 ${file.name}`, en: `importing ${file.name}` }, read, total)
    for await (const reads of readFixBatches(file, readOptionsOf(run.request, onBytes))) {
      run.tally.read += reads.length
      for (const read of reads) {
        if ('flaws' in read) refuse(run, read.flaws)
        else await take(read.record)
      }
    }
    prints.push(...tracks.end())
  }
  for (const town of [...batches.keys()]) await flush(town)
  for (const { flaw, fixes } of refusals.values()) {
    run.flaws.push({ ...flaw, value: `${flaw.value ?? ''} × ${fixes}` })
    run.tally.refused += fixes
  }
  run.notices.push(...findRepeatedPrints(prints).map(repeatMessage))
}

/** The print of each track of one file: a table may hold many workers, a worker may have many tracks. */
class TracksOfFile {
  readonly #open = new Map<string, Map<string, TrackPrint>>()

  add({ worker = '', track, fix }: FixRecord): void {
    let ofWorker = this.#open.get(worker)
    if (!ofWorker) this.#open.set(worker, (ofWorker = new Map()))
    let print = ofWorker.get(track)
    if (!print) ofWorker.set(track, (print = new TrackPrint()))
    print.add(fix)
  }

  /** All of them; the next file begins anew. */
  end(): PrintedTrack[] {
    const printed = [...this.#open].flatMap(([worker, ofWorker]) =>
      Array.from(ofWorker.values(), (print) => ({ worker, print })),
    )
    this.#open.clear()
    return printed
  }
}

const workerFix = (worker: string, fix: Fix): WorkerFix => ({ worker, ...fix })

/** The worker's town, or the flaw that refuses the record. */
async function townFor(
  run: ImportRun,
  towns: Map<string, string[]>,
  worker: string | undefined,
): Promise<string | ((record: FixRecord) => Flaw)> {
  if (worker === undefined)
    return (record) => importFlaw('worker_missing', { ...record.place, field: 'worker' })
  const found = towns.get(worker)
  if (found?.length === 1 && found[0] !== undefined) return found[0]
  if (found) return (record) => importFlaw('town_ambiguous', record.place, undefined, worker)
  if (!run.request.newWorkers)
    return (record) => importFlaw('worker_unknown', { ...record.place, field: 'worker' }, undefined, worker)
  const town = run.context.townIds[0]
  if (town === undefined || run.context.townIds.length > 1) {
    throw new AppError('bad_request', {
      zh: '新增网格员时 --area 须为一个乡镇（街道）',
      en: 'new workers are added to one township: let --area be its code',
    })
  }
  await upsertRows(run.db, 'workers', [
    { town_id: town, worker_id: worker, name: worker, phone: null, role: 'full_time' },
  ])
  run.notices.push({ zh: `新增网格员 ${worker}`, en: `worker ${worker} was added` })
  towns.set(worker, [town])
  return town
}
