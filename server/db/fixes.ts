/** Fixes as they are written and as the matching reads them. */
import type { FixMark } from '../core/trajectories/judge-arrival.ts'
import { bestOfEach, listPackedFixes } from './fix-blocks.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'
import type { ReportedFix, WorkerFix } from './worker-fix.ts'

export interface WrittenFixes {
  readonly added: number
  /** A better reading replaced one of the same instant. */
  readonly changed: number
  /** Every fix added or changed, for the days it touches. */
  readonly written: readonly { readonly worker: string; readonly time: number }[]
}

interface FixRow {
  readonly fixed_at: number
  readonly longitude: number
  readonly latitude: number
  readonly accuracy_metres: number | null
  readonly speed_metres_per_second: number | null
  readonly sent_at: number | null
  readonly received_at: number | null
  readonly marks: FixMark[] | null
}

const ensurePartitionsQuery = sql('fixes/ensure-partitions')
const overlappingQuery = sql<{ worker_id: string }>('fixes/find-overlapping-workers')
const upsertQuery = sql<{ worker_id: string; fixed_at: number; added: boolean }>('fixes/upsert-fixes')
const listQuery = sql<FixRow>('fixes/list-fixes-of-worker')
const insertBatchesQuery = sql<{ batch_key: string }>('fixes/insert-batches')
const knownWorkersQuery = sql<{ worker_id: string }>('workers/list-known')

const copiedColumns = {
  town_id: 'text',
  worker_id: 'text',
  fixed_at: 'timestamptz',
  longitude: 'double precision',
  latitude: 'double precision',
  accuracy_metres: 'real',
  speed_metres_per_second: 'real',
  device_id: 'text',
  sent_at: 'timestamptz',
  received_at: 'timestamptz',
  marks: 'text[]',
} as const

/** Creates the partitions of these local days, where missing. */
export async function ensureFixPartitions(db: Scoped, days: readonly string[]): Promise<void> {
  if (days.length > 0) await db.one(ensurePartitionsQuery, [days])
}

/**
 * Writes fixes of one town whose (worker, time) are distinct. Workers without any fix in the batch's interval are copied in;
 * the others' fixes meet what stands there, and the better reading of an instant stays.
 */
export async function writeFixes(
  db: Scoped,
  town: string,
  fixes: readonly WorkerFix[],
): Promise<WrittenFixes> {
  const spans = spansOf(fixes)
  const workers = [...spans.keys()]
  const overlapping = await db.many(overlappingQuery, [
    town,
    workers,
    workers.map((worker) => spans.get(worker)?.first),
    workers.map((worker) => spans.get(worker)?.last),
  ])
  const meets = new Set(overlapping.map((row) => row.worker_id))
  const fresh = meets.size === 0 ? fixes : fixes.filter((fix) => !meets.has(fix.worker))
  const others = meets.size === 0 ? [] : fixes.filter((fix) => meets.has(fix.worker))

  await db.insertMany('fixes', copiedColumns, rowsOf(town, fresh))
  const upserted = others.length === 0 ? [] : await db.many(upsertQuery, columnsOf(town, others))
  const added = upserted.reduce((n, row) => n + (row.added ? 1 : 0), 0)
  return {
    added: fresh.length + added,
    changed: upserted.length - added,
    written: [...fresh, ...upserted.map((row) => ({ worker: row.worker_id, time: row.fixed_at }))],
  }
}

function spansOf(fixes: readonly WorkerFix[]): Map<string, { first: number; last: number }> {
  const spans = new Map<string, { first: number; last: number }>()
  for (const { worker, time } of fixes) {
    const span = spans.get(worker)
    if (!span) spans.set(worker, { first: time, last: time })
    else if (time < span.first) span.first = time
    else if (time > span.last) span.last = time
  }
  return spans
}

function* rowsOf(town: string, fixes: readonly WorkerFix[]): Generator<unknown[]> {
  for (const fix of fixes)
    yield [
      town,
      fix.worker,
      fix.time,
      fix.longitude,
      fix.latitude,
      fix.accuracyMetres,
      fix.speedMetresPerSecond,
      fix.device,
      fix.sentAt,
      fix.receivedAt,
      fix.marks,
    ]
}

const columnsOf = (town: string, fixes: readonly WorkerFix[]): unknown[] => [
  town,
  fixes.map((fix) => fix.worker),
  fixes.map((fix) => fix.time),
  fixes.map((fix) => fix.longitude),
  fixes.map((fix) => fix.latitude),
  fixes.map((fix) => fix.accuracyMetres ?? null),
  fixes.map((fix) => fix.speedMetresPerSecond ?? null),
  fixes.map((fix) => fix.device ?? null),
  fixes.map((fix) => fix.sentAt ?? null),
  fixes.map((fix) => fix.receivedAt ?? null),
  fixes.map((fix) => fix.marks?.join(',') ?? null),
]

/** One worker's fixes in [from, to), epoch milliseconds, in time order, one an instant; rows and packed ones alike. */
export async function listFixes(
  db: Scoped,
  town: string,
  worker: string,
  from: number,
  to: number,
): Promise<ReportedFix[]> {
  // In this order: what is packed in between is read twice, not never.
  const rows = await db.many(listQuery, [town, worker, from, to])
  const packed = await listPackedFixes(db, town, worker, from, to)
  const inRows = rows.map((row) => ({
    time: row.fixed_at,
    longitude: row.longitude,
    latitude: row.latitude,
    ...(row.accuracy_metres === null ? {} : { accuracyMetres: row.accuracy_metres }),
    ...(row.speed_metres_per_second === null ? {} : { speedMetresPerSecond: row.speed_metres_per_second }),
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
    ...(row.received_at === null ? {} : { receivedAt: row.received_at }),
    ...(row.marks === null ? {} : { marks: row.marks }),
  }))
  if (packed.length === 0 || inRows.length === 0) return packed.length === 0 ? inRows : packed
  return bestOfEach<ReportedFix>([...packed, ...inRows])
}

/** Notes batches by their keys, which are distinct; returns those that were not taken before. */
export async function noteBatches(
  db: Scoped,
  town: string,
  batches: readonly { readonly key: string; readonly at: number; readonly fixes: number }[],
): Promise<string[]> {
  if (batches.length === 0) return []
  const rows = await db.many(insertBatchesQuery, [
    town,
    batches.map((one) => one.key),
    batches.map((one) => one.at),
    batches.map((one) => one.fixes),
  ])
  return rows.map((row) => row.batch_key)
}

/** Those of the ids that are workers of the town. */
export async function listKnownWorkers(
  db: Scoped,
  town: string,
  workers: readonly string[],
): Promise<string[]> {
  if (workers.length === 0) return []
  return (await db.many(knownWorkersQuery, [town, workers])).map((row) => row.worker_id)
}
