/**
 * Keeps raw fixes small, and no longer than policy says: those older than a quarter of an hour are packed, all of those of days gone by, packed ones
 * beyond their time are removed, empty partitions are dropped. Figures of a day are the same before and after; once its fixes are gone
 * they stay as they are.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { usualEvidence } from '../core/policy/evidence-policy.ts'
import { retentionPolicyOf, usualRetention } from '../core/policy/retention-policy.ts'
import { addDays, dayBounds, localDayOf } from '../core/trajectories/local-day.ts'
import type { Database } from '../db/database.ts'
import { deleteOldSketches } from '../db/evidence.ts'
import {
  addToBlock,
  deleteExpiredBlocks,
  dropEmptyPartitions,
  ensureBlockPartition,
  listDaysOfFixes,
  listTownsWithBlocks,
  listWorkersWithFixes,
  listWorkersWithSettledFixes,
  takeRows,
} from '../db/fix-blocks.ts'
import { findPolicy } from '../db/policies.ts'
import type { Scoped } from '../db/scoped.ts'
import type { ReportProgress } from './jobs.ts'

export interface KeepOptions {
  /** Epoch milliseconds. */
  readonly now: number
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
}

export interface Kept {
  /** Worker days that were packed. */
  readonly packed: number
  /** Worker days whose raw fixes were removed. */
  readonly removed: number
  /** Partitions that were dropped. */
  readonly dropped: number
}

const dayMilliseconds = 86_400_000
const phase = { zh: '压缩定位点', en: 'packing fixes' }

/** Each worker day in a transaction of its own: it can be ended at any moment. @throws DatabaseError; the reason of the signal */
export async function keepFixes(db: Database, { now, signal, onProgress }: KeepOptions): Promise<Kept> {
  const system = db.system(signal ? { signal } : {})
  const today = localDayOf(now)
  const before = localDayOf(now - usualRetention.packAfterDays * dayMilliseconds)
  let packed = 0
  for (const day of await listDaysOfFixes(system, addDays(today, 1))) {
    const workers = day < before ? await allOf(system, day) : await settledOf(system, day, now)
    for (const [i, one] of workers.entries()) {
      signal?.throwIfAborted()
      await pack(system, one, today)
      packed++
      onProgress?.(phase, i + 1, workers.length)
      await turn() // requests come between
    }
  }
  if (packed > 0) await db.vacuumFixes()
  let removed = 0
  for (const { town, lineage } of await listTownsWithBlocks(system)) {
    const last = await lastDayToGo(system, lineage, now)
    if (last === null) continue
    removed += await deleteExpiredBlocks(system, town, last)
    // A day whose fixes are there may still be compared with the weeks before it.
    const compared = dayBounds(last).from - (usualEvidence.replayDays + 7) * dayMilliseconds
    await deleteOldSketches(system, town, localDayOf(compared))
  }
  const dropped =
    (await dropEmptyPartitions(system, 'fixes', before)) +
    (await dropEmptyPartitions(system, 'fix_blocks', before))
  return { packed, removed, dropped }
}

/** Rows of a worker's day up to a moment, exclusive; epoch milliseconds. */
interface Packable {
  readonly town: string
  readonly worker: string
  readonly day: string
  readonly to: number
}

/** Everybody who has rows of a day. */
async function allOf(db: Scoped, day: string): Promise<Packable[]> {
  const { from, to } = dayBounds(day)
  return (await listWorkersWithFixes(db, from, to)).map((one) => ({ ...one, day, to }))
}

/** Until then phones may send again what was not answered, and batches come in pieces. */
const settledMilliseconds = 900_000
/** Fewer are not worth packing their day anew. */
const leastSettled = 60

/**
 * Whoever has enough rows of a day that have settled. The last fix stays a row: the live map looks for it there, and the day is packed
 * once more when it is gone by, from which its time to be kept counts.
 */
async function settledOf(db: Scoped, day: string, now: number): Promise<Packable[]> {
  const { from, to } = dayBounds(day)
  const settled = now - settledMilliseconds
  const workers = await listWorkersWithSettledFixes(db, from, to, settled, leastSettled)
  return workers.map(({ town, worker, last }) => ({ town, worker, day, to: Math.min(settled, last) }))
}

const pack = (db: Scoped, { town, worker, day, to }: Packable, today: string): Promise<void> =>
  db.transaction(async (open) => {
    await ensureBlockPartition(open, day)
    const rows = await takeRows(open, town, worker, dayBounds(day).from, to)
    await addToBlock(open, { town, worker, day }, rows, today)
  })

/** The last day of packing whose blocks are to go; null: none. */
async function lastDayToGo(db: Scoped, lineage: readonly string[], now: number): Promise<string | null> {
  const row = await findPolicy(db, { lineage }, 'retention', localDayOf(now))
  const { rawDays, packAfterDays } = row
    ? retentionPolicyOf(row.rules as object as Record<string, unknown>)
    : usualRetention
  return rawDays === null ? null : localDayOf(now - (rawDays - packAfterDays) * dayMilliseconds)
}
