/** Fixes packed a worker and day. What reads fixes reads both, see fixes.ts. */
import { localDayOf } from '../core/trajectories/local-day.ts'
import { isBetterFix } from '../core/trajectories/order-fixes.ts'
import type { Fix } from '../core/values.ts'
import { type PackedFix, packFixes, unpackFixes } from './pack-fixes.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

interface TakenRow {
  readonly fixed_at: number
  readonly longitude: number
  readonly latitude: number
  readonly accuracy_metres: number | null
  readonly speed_metres_per_second: number | null
  readonly device_id: string | null
  readonly sent_at: number | null
  readonly received_at: number | null
  readonly marks: PackedFix['marks'] | null
}

const daysQuery = sql<{ day: string }>('fix-blocks/list-days-of-fixes')
const workersQuery = sql<{ town_id: string; worker_id: string }>('fix-blocks/list-workers-with-fixes')
const settledQuery = sql<{ town_id: string; worker_id: string; last_at: number }>(
  'fix-blocks/list-workers-with-settled-fixes',
)
const takeQuery = sql<TakenRow>('fix-blocks/take-fixes')
const ensureQuery = sql('fix-blocks/ensure-partition')
const findQuery = sql<{ packed: Buffer }>('fix-blocks/find-block')
const upsertQuery = sql('fix-blocks/upsert-block')
const listQuery = sql<{ packed: Buffer }>('fix-blocks/list-blocks')
const dropQuery = sql<{ dropped: number }>('fix-blocks/drop-empty-partitions')
const townsQuery = sql<{ town_id: string; lineage: string[] }>('fix-blocks/list-towns')
const deleteExpiredQuery = sql('fix-blocks/delete-expired')

/** Local days before `before` that have a partition of rows. */
export const listDaysOfFixes = async (db: Scoped, before: string): Promise<string[]> =>
  (await db.many(daysQuery, [before])).map((row) => row.day)

/** Who has rows in [from, to), epoch milliseconds. */
export const listWorkersWithFixes = async (
  db: Scoped,
  from: number,
  to: number,
): Promise<{ town: string; worker: string }[]> =>
  (await db.many(workersQuery, [from, to])).map((row) => ({ town: row.town_id, worker: row.worker_id }))

/** Who has at least `least` rows in [from, to) before a moment, and when the last row is; epoch milliseconds. */
export const listWorkersWithSettledFixes = async (
  db: Scoped,
  from: number,
  to: number,
  before: number,
  least: number,
): Promise<{ town: string; worker: string; last: number }[]> =>
  (await db.many(settledQuery, [from, to, before, least])).map((row) => ({
    town: row.town_id,
    worker: row.worker_id,
    last: row.last_at,
  }))

/** Takes a worker's rows of [from, to) out of the table. */
export async function takeRows(
  db: Scoped,
  town: string,
  worker: string,
  from: number,
  to: number,
): Promise<PackedFix[]> {
  const rows = await db.many(takeQuery, [town, worker, from, to])
  return rows.map((row) => ({
    time: row.fixed_at,
    longitude: row.longitude,
    latitude: row.latitude,
    ...(row.accuracy_metres !== null && { accuracyMetres: row.accuracy_metres }),
    ...(row.speed_metres_per_second !== null && { speedMetresPerSecond: row.speed_metres_per_second }),
    ...(row.device_id !== null && { device: row.device_id }),
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
    ...(row.received_at !== null && { receivedAt: row.received_at }),
    ...(row.marks && { marks: row.marks }),
  }))
}

export const ensureBlockPartition = async (db: Scoped, day: string): Promise<void> =>
  void (await db.one(ensureQuery, [day]))

/** Adds fixes to the worker's block of a day; of an instant the better reading stays, as among rows. */
export async function addToBlock(
  db: Scoped,
  block: { readonly town: string; readonly worker: string; readonly day: string },
  fixes: readonly PackedFix[],
  today: string,
): Promise<void> {
  const { town, worker, day } = block
  const standing = await db.maybeOne(findQuery, [town, worker, day])
  const all = bestOfEach([...(standing ? unpackFixes(standing.packed) : []), ...fixes])
  const [first, last] = [all[0], all.at(-1)]
  if (!first || !last) return
  await db.none(upsertQuery, [town, worker, day, all.length, first.time, last.time, today, packFixes(all)])
}

/** A worker's packed fixes in [from, to), epoch milliseconds, in time order. */
export async function listPackedFixes(
  db: Scoped,
  town: string,
  worker: string,
  from: number,
  to: number,
): Promise<PackedFix[]> {
  const rows = await db.many(listQuery, [town, worker, localDayOf(from), localDayOf(to)])
  return rows.flatMap((row) => unpackFixes(row.packed).filter((fix) => from <= fix.time && fix.time < to))
}

/** One fix an instant, in time order: the better reading stays. */
export function bestOfEach<One extends Fix>(fixes: readonly One[]): One[] {
  const best = new Map<number, One>()
  for (const fix of fixes) {
    const other = best.get(fix.time)
    if (!other || isBetterFix(fix, other)) best.set(fix.time, fix)
  }
  return [...best.values()].sort((a, b) => a.time - b.time)
}

/** Partitions of days before `before` that hold nothing any more are dropped; returns how many. */
export async function dropEmptyPartitions(
  db: Scoped,
  table: 'fixes' | 'fix_blocks',
  before: string,
): Promise<number> {
  return (await db.one(dropQuery, [`wangge.${table}`, before])).dropped
}

/** Towns that have packed fixes. */
export const listTownsWithBlocks = async (
  db: Scoped,
): Promise<{ town: string; lineage: readonly string[] }[]> =>
  (await db.many(townsQuery)).map((row) => ({ town: row.town_id, lineage: row.lineage }))

/** Removes the blocks of a town packed on `last` or before; returns how many worker days. */
export const deleteExpiredBlocks = (db: Scoped, town: string, last: string): Promise<number> =>
  db.none(deleteExpiredQuery, [town, last])
