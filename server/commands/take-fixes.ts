/** Fixes into the database, whatever brought them: distinct instants, partitions, days to be matched again. */
import { localDayOf } from '../core/trajectories/local-day.ts'
import { isBetterFix } from '../core/trajectories/order-fixes.ts'
import { ensureFixPartitions, type WrittenFixes, writeFixes } from '../db/fixes.ts'
import { markStaleDays } from '../db/matching.ts'
import type { Scoped } from '../db/scoped.ts'
import type { WorkerFix } from '../db/worker-fix.ts'

export interface TakenFixes {
  readonly added: number
  readonly changed: number
  /** Repeats within what was given. */
  readonly repeated: number
  /** Every fix added or changed. */
  readonly written: WrittenFixes['written']
}

/** A fix this near to midnight may belong to a movement of the neighbouring day. Milliseconds. */
const midnightReach = 2 * 3_600_000

/** Writes fixes of one town's workers within the caller's transaction, and marks the days they change as stale. */
export async function takeFixes(db: Scoped, town: string, fixes: readonly WorkerFix[]): Promise<TakenFixes> {
  const kept = areDistinct(fixes) ? fixes : keepBest(fixes)
  await ensureFixPartitions(db, [...new Set(kept.map((fix) => localDayOf(fix.time)))])
  const { added, changed, written } = await writeFixes(db, town, kept)
  await markStaleDays(db, town, touchedDays(written))
  return { added, changed, repeated: fixes.length - kept.length, written }
}

/** Whether each worker's fixes come in one go, in order of time: then there is no repeat. */
function areDistinct(fixes: readonly WorkerFix[]): boolean {
  const seen = new Set<string>()
  let worker: string | undefined
  let time = 0
  for (const fix of fixes) {
    if (fix.worker === worker) {
      if (fix.time <= time) return false
    } else {
      worker = fix.worker
      if (seen.has(worker)) return false
      seen.add(worker)
    }
    time = fix.time
  }
  return true
}

/** One fix a worker and instant: the better reading by the order of core/trajectories/order-fixes.ts. */
function keepBest(fixes: readonly WorkerFix[]): WorkerFix[] {
  const best = new Map<string, Map<number, WorkerFix>>()
  for (const fix of fixes) {
    let ofWorker = best.get(fix.worker)
    if (!ofWorker) best.set(fix.worker, (ofWorker = new Map()))
    const other = ofWorker.get(fix.time)
    if (!other || isBetterFix(fix, other)) ofWorker.set(fix.time, fix)
  }
  return [...best.values()].flatMap((ofWorker) => [...ofWorker.values()])
}

function touchedDays(
  written: readonly { readonly worker: string; readonly time: number }[],
): { worker: string; day: string }[] {
  const seen = new Set<string>()
  const days: { worker: string; day: string }[] = []
  let lastWorker = ''
  let lastHour = Number.NaN
  for (const { worker, time } of written) {
    const hour = Math.floor(time / 3_600_000)
    if (hour === lastHour && worker === lastWorker) continue // the same hour touches the same days
    lastHour = hour
    lastWorker = worker
    for (const near of [time - midnightReach, time, time + midnightReach]) {
      const day = localDayOf(near)
      const key = `${worker}\n${day}`
      if (seen.has(key)) continue
      seen.add(key)
      days.push({ worker, day })
    }
  }
  return days
}
