/**
 * Keeps raw fixes small, and no longer than policy says: those of days gone by are packed, packed ones beyond their time are
 * removed, empty partitions are dropped. Figures of a day are the same before and after; once its fixes are gone they stay as they are.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { usualEvidence } from '../core/policy/evidence-policy.ts'
import { retentionPolicyOf, usualRetention } from '../core/policy/retention-policy.ts'
import { dayBounds, localDayOf } from '../core/trajectories/local-day.ts'
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
  takeRows,
} from '../db/fix-blocks.ts'
import { findPolicy } from '../db/policies.ts'
import type { Scoped } from '../db/scope.ts'
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
const phase = { zh: '压缩旧的定位点', en: 'packing fixes of days gone by' }

/** Each worker day in a transaction of its own: it can be ended at any moment. @throws DatabaseError; the reason of the signal */
export async function keepFixes(db: Database, { now, signal, onProgress }: KeepOptions): Promise<Kept> {
  const system = db.system(signal ? { signal } : {})
  const today = localDayOf(now)
  const before = localDayOf(now - usualRetention.packAfterDays * dayMilliseconds)
  let packed = 0
  for (const day of await listDaysOfFixes(system, before)) {
    const { from, to } = dayBounds(day)
    const workers = await listWorkersWithFixes(system, from, to)
    for (const [i, { town, worker }] of workers.entries()) {
      signal?.throwIfAborted()
      await packDay(system, { town, worker, day }, today)
      packed++
      onProgress?.(phase, i + 1, workers.length)
      await turn() // requests come between
    }
  }
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

const packDay = (
  db: Scoped,
  one: { readonly town: string; readonly worker: string; readonly day: string },
  today: string,
): Promise<void> =>
  db.transaction(async (open) => {
    await ensureBlockPartition(open, one.day)
    const { from, to } = dayBounds(one.day)
    await addToBlock(open, one, await takeRows(open, one.town, one.worker, from, to), today)
  })

/** The last day of packing whose blocks are to go; null: none. */
async function lastDayToGo(db: Scoped, lineage: readonly string[], now: number): Promise<string | null> {
  const row = await findPolicy(db, { lineage }, 'retention', localDayOf(now))
  const { rawDays, packAfterDays } = row
    ? retentionPolicyOf(row.rules as object as Record<string, unknown>)
    : usualRetention
  return rawDays === null ? null : localDayOf(now - (rawDays - packAfterDays) * dayMilliseconds)
}
