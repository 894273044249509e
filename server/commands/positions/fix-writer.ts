/**
 * Group commit: fixes of requests that wait at the same moment are written by one transaction a township, and each is answered
 * when that one is durable. In front of it stands a bounded queue: what would not fit is refused with "busy", to be sent again.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import { type NotedReport, noteReports } from '../../db/devices.ts'
import { listKnownWorkers, noteBatches } from '../../db/fixes.ts'
import type { Scoped } from '../../db/scoped.ts'
import { asDatabaseError, type DatabaseErrorKind } from '../../db/sqlstate.ts'
import type { WorkerFix } from '../../db/worker-fix.ts'
import { AppError } from '../../errors.ts'
import { takeFixes } from '../take-fixes.ts'

export interface FixBatch {
  readonly town: string
  /** Given again, the batch was taken before and nothing of it is done. */
  readonly key?: string | undefined
  /** Fixes of workers whom the town does not have are left out; else they are the database's to refuse. */
  readonly leavesOutUnknown?: boolean
  readonly fixes: readonly WorkerFix[]
  /** Reports that were refused or corrected. */
  readonly notes: readonly NotedReport[]
  /** Epoch milliseconds. */
  readonly now: number
}

export interface WrittenBatch {
  /** The key was taken before; nothing was done. */
  readonly isRepeat: boolean
  /** Fixes that are new, or better than what stood at their instant. */
  readonly changed: number
  /** Ids that are no worker of the town; their fixes were left out. */
  readonly unknownWorkers: ReadonlySet<string>
}

export interface FixWriter {
  /** Resolves once the batch is durable. @throws AppError `busy` at once when too much waits; DatabaseError */
  write(batch: FixBatch): Promise<WrittenBatch>
  /** Takes room in the queue for fixes that are written elsewhere, until the returned function is called. @throws AppError `busy` */
  reserve(fixes: number): () => void
  /** Whether something waits to be written, or is. */
  isWriting(): boolean
  /** Fixes and notes that wait or are being written. */
  waiting(): number
  /** Fixes made durable so far. */
  written(): number
}

export interface FixWriterOptions {
  /** Told of a township whose fixes changed, and of the fixes, once they are durable. */
  readonly onWritten: (town: string, fixes: readonly WorkerFix[]) => void
  /** Fixes and notes that may wait; more are refused. */
  readonly mostWaiting?: number
  /** Fixes and notes written by one group. */
  readonly mostAtOnce?: number
}

interface Waiting {
  readonly batch: FixBatch
  readonly resolve: (written: WrittenBatch) => void
  readonly reject: (error: unknown) => void
}

/** What another try may mend, for the whole group alike. */
const passing: ReadonlySet<DatabaseErrorKind> = new Set([
  'cancelled',
  'timeout',
  'serialization',
  'connection_lost',
  'read_only',
  'resources',
])
const attempts = 3

const sizeOf = ({ fixes, notes }: FixBatch): number => fixes.length + notes.length

export function createFixWriter(db: Database, options: FixWriterOptions): FixWriter {
  const { onWritten, mostWaiting = 50_000, mostAtOnce = 5000 } = options
  const queue: Waiting[] = []
  let held = 0
  let written = 0
  let isPumping = false

  const hold = (size: number): (() => void) => {
    // A batch larger than the queue itself passes when it is alone: there is nothing to wait for.
    if (held > 0 && held + size > mostWaiting) throw busy()
    held += size
    return () => {
      held -= size
    }
  }

  const pump = async (): Promise<void> => {
    // What is read from the sockets in the same turn of the event loop is one group.
    await nextTurn()
    while (queue.length > 0) {
      const byTown = new Map<string, Waiting[]>()
      for (const one of nextGroup()) {
        const ofTown = byTown.get(one.batch.town)
        if (ofTown) ofTown.push(one)
        else byTown.set(one.batch.town, [one])
      }
      await Promise.all([...byTown].map(([town, group]) => writeGroup(town, group)))
    }
    isPumping = false
  }

  const nextGroup = (): Waiting[] => {
    let size = 0
    let count = 0
    for (const { batch } of queue) {
      size += sizeOf(batch)
      if (count > 0 && size > mostAtOnce) break
      count++
    }
    return queue.splice(0, count)
  }

  /** Settles every one of the group; never rejects. */
  const writeGroup = async (town: string, group: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await writeTogether(
        town,
        group.map(({ batch }) => batch),
      )
      for (const [i, { resolve }] of group.entries()) resolve(outcomes[i] ?? nothingWritten)
      const fixes = group.flatMap(({ batch }) => batch.fixes)
      written += fixes.length
      if (fixes.length > 0) onWritten(town, fixes)
    } catch (error) {
      // What the database refuses is one of them: the others must not suffer for it.
      if (group.length > 1 && !passing.has(asDatabaseError(error).kind))
        for (const one of group) await writeGroup(town, [one])
      else for (const { reject } of group) reject(error)
    }
  }

  const writeTogether = async (town: string, group: readonly FixBatch[]): Promise<WrittenBatch[]> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.system().transaction((open) => writeBatches(open, town, group))
      } catch (error) {
        if (asDatabaseError(error).kind !== 'serialization' || attempt === attempts) throw error
      }
    }
  }

  return {
    reserve: hold,
    isWriting: () => held > 0,
    waiting: () => held,
    written: () => written,
    async write(batch) {
      const size = sizeOf(batch)
      if (size === 0 && batch.key === undefined) return nothingWritten
      const release = hold(size)
      try {
        return await new Promise<WrittenBatch>((resolve, reject) => {
          queue.push({ batch, resolve, reject })
          if (isPumping) return
          isPumping = true
          void pump()
        })
      } finally {
        release()
      }
    },
  }
}

const nothingWritten: WrittenBatch = { isRepeat: false, changed: 0, unknownWorkers: new Set() }

/** The batches of one town within one transaction; what became of each, in their order. */
async function writeBatches(
  open: Scoped,
  town: string,
  batches: readonly FixBatch[],
): Promise<WrittenBatch[]> {
  const repeats = await noteKeys(open, town, batches)
  const asked = new Set<string>()
  for (const one of batches)
    if (one.leavesOutUnknown === true) for (const fix of one.fixes) asked.add(fix.worker)
  const known = new Set(await listKnownWorkers(open, town, [...asked]))
  const leavesOut = (batch: FixBatch): boolean => batch.leavesOutUnknown === true && known.size < asked.size
  const kept = batches.map((batch) => {
    if (repeats.has(batch)) return []
    return leavesOut(batch) ? batch.fixes.filter((fix) => known.has(fix.worker)) : batch.fixes
  })
  const fixes = kept.flat()
  const written = fixes.length > 0 ? (await takeFixes(open, town, fixes)).written : []
  const notes = batches.flatMap((batch) => (repeats.has(batch) ? [] : batch.notes))
  await noteReports(open, town, notes, Math.max(...batches.map((batch) => batch.now)))
  const changed = changesOf(kept, written, fixes.length)
  return batches.map((batch, i) => ({
    isRepeat: repeats.has(batch),
    changed: changed[i] ?? 0,
    unknownWorkers: new Set(
      leavesOut(batch) ? batch.fixes.map((fix) => fix.worker).filter((worker) => !known.has(worker)) : [],
    ),
  }))
}

/** How many fixes of each batch were written; what two batches bring alike is counted for the first. */
function changesOf(
  kept: readonly (readonly WorkerFix[])[],
  written: readonly { readonly worker: string; readonly time: number }[],
  given: number,
): number[] {
  if (written.length === given) return kept.map((fixes) => fixes.length)
  const left = new Set(written.map(fixKey))
  return kept.map((fixes) => fixes.reduce((n, fix) => n + (left.delete(fixKey(fix)) ? 1 : 0), 0))
}

/** Notes the keys of the batches that carry one; returns the batches whose key was taken before, in this group or earlier. */
async function noteKeys(
  open: Scoped,
  town: string,
  batches: readonly FixBatch[],
): Promise<ReadonlySet<FixBatch>> {
  const firsts = new Map<string, FixBatch>()
  for (const batch of batches)
    if (batch.key !== undefined && !firsts.has(batch.key)) firsts.set(batch.key, batch)
  const noted = new Set(
    await noteBatches(
      open,
      town,
      [...firsts].map(([key, batch]) => ({ key, at: batch.now, fixes: batch.fixes.length })),
    ),
  )
  return new Set(
    batches.filter(({ key }, i) => key !== undefined && !(noted.has(key) && firsts.get(key) === batches[i])),
  )
}

const fixKey = ({ worker, time }: { readonly worker: string; readonly time: number }): string =>
  `${time} ${worker}`

const busy = (): AppError =>
  new AppError('busy', {
    zh: '等待写入的定位点过多，请稍后重发。',
    en: 'Too many positions wait to be written; send again soon.',
  })
