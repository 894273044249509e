/** A batch of fixes from a phone: durable before the answer, harmless when repeated. */
import type { Flaw, Place } from '../core/values.ts'
import type { Database } from '../db/database.ts'
import { noteBatch, type WorkerFix } from '../db/fixes.ts'
import { townsById } from '../db/imports.ts'
import { importFlaw } from './import-flaws.ts'
import { takeFixes } from './take-fixes.ts'

export interface IngestRequest {
  /** Township of the workers. */
  readonly town: string
  /** Given again, the batch was taken before and nothing happens. */
  readonly batchKey?: string | undefined
  readonly fixes: readonly (WorkerFix & { readonly place?: Place })[]
  readonly now: number
  readonly signal?: AbortSignal
}

export interface IngestOutcome {
  /** The key was taken before; nothing was done. */
  readonly repeatedBatch: boolean
  readonly accepted: number
  /** Already there, or twice in the batch. */
  readonly known: number
  /** Fixes of workers nobody knows. */
  readonly flaws: readonly Flaw[]
}

/** Writes the batch in one transaction. Its days are matched afterwards, by `matchStaleDays`. @throws DatabaseError */
export async function ingestFixes(db: Database, request: IngestRequest): Promise<IngestOutcome> {
  const { town, batchKey, fixes, now } = request
  const system = db.system(request.signal ? { signal: request.signal } : {})
  return system.transaction(async (scoped) => {
    if (
      batchKey !== undefined &&
      !(await noteBatch(scoped, { town, key: batchKey, at: now, fixes: fixes.length }))
    )
      return { repeatedBatch: true, accepted: 0, known: fixes.length, flaws: [] }
    const workers = await townsById(scoped, 'workers', [town])
    const accepted = fixes.filter((fix) => workers.has(fix.worker))
    const flaws = fixes
      .filter((fix) => !workers.has(fix.worker))
      .map((fix) => importFlaw('worker_unknown', { ...fix.place, field: 'worker' }, undefined, fix.worker))
    const taken = await takeFixes(scoped, town, accepted)
    const changed = taken.added + taken.changed
    return { repeatedBatch: false, accepted: changed, known: accepted.length - changed, flaws }
  })
}
