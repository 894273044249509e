/**
 * Group commit: fixes of requests that wait at the same moment are written by one transaction a township, and each is answered
 * when that one is durable. In front of it stands a bounded queue: what would not fit is refused with "busy", to be sent again.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import { type NotedReport, noteReports } from '../../db/devices.ts'
import type { WorkerFix } from '../../db/fixes.ts'
import { asDatabaseError, type DatabaseErrorKind } from '../../db/sqlstate.ts'
import { AppError } from '../../errors.ts'
import { takeFixes } from '../take-fixes.ts'

export interface FixBatch {
  readonly town: string
  readonly fixes: readonly WorkerFix[]
  /** Reports that were refused or corrected. */
  readonly notes: readonly NotedReport[]
  /** Epoch milliseconds. */
  readonly now: number
}

export interface FixWriter {
  /** Resolves once the batch is durable. @throws AppError `busy` at once when too much waits; DatabaseError */
  write(batch: FixBatch): Promise<void>
  /** Takes room in the queue for fixes that are written elsewhere, until the returned function is called. @throws AppError `busy` */
  reserve(fixes: number): () => void
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
  readonly resolve: () => void
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
      await writeTogether(town, group)
      for (const { resolve } of group) resolve()
      const fixes = group.flatMap(({ batch }) => batch.fixes)
      if (fixes.length > 0) onWritten(town, fixes)
    } catch (error) {
      // What the database refuses is one of them: the others must not suffer for it.
      if (group.length > 1 && !passing.has(asDatabaseError(error).kind))
        for (const one of group) await writeGroup(town, [one])
      else for (const { reject } of group) reject(error)
    }
  }

  const writeTogether = async (town: string, group: readonly Waiting[]): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      try {
        await db.system().transaction(async (open) => {
          const fixes = group.flatMap(({ batch }) => batch.fixes)
          if (fixes.length > 0) await takeFixes(open, town, fixes)
          const notes = group.flatMap(({ batch }) => batch.notes)
          await noteReports(open, town, notes, Math.max(...group.map(({ batch }) => batch.now)))
        })
        return
      } catch (error) {
        if (asDatabaseError(error).kind !== 'serialization' || attempt === attempts) throw error
      }
    }
  }

  return {
    reserve: hold,
    async write(batch) {
      const size = sizeOf(batch)
      if (size === 0) return
      const release = hold(size)
      try {
        await new Promise<void>((resolve, reject) => {
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

const busy = (): AppError =>
  new AppError('busy', {
    zh: '等待写入的定位点过多，请稍后重发。',
    en: 'Too many positions wait to be written; send again soon.',
  })
