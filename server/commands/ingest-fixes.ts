/** A batch of fixes from a phone: durable before the answer, harmless when repeated. */
import { judgeArrival } from '../core/trajectories/judge-arrival.ts'
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
  /** Those that are durable now, new or known before. */
  readonly taken: readonly WorkerFix[]
  /** Fixes of workers nobody knows, and of instants that have not come. */
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
      return { repeatedBatch: true, accepted: 0, known: fixes.length, taken: [], flaws: [] }
    const workers = await townsById(scoped, 'workers', [town])
    const accepted: WorkerFix[] = []
    const flaws: Flaw[] = []
    for (const fix of fixes) {
      const judged = workers.has(fix.worker) ? judge(fix, now) : unknownWorker(fix)
      if ('flaw' in judged) flaws.push(judged.flaw)
      else accepted.push(judged)
    }
    const taken = await takeFixes(scoped, town, accepted)
    const changed = taken.added + taken.changed
    return {
      repeatedBatch: false,
      accepted: changed,
      known: accepted.length - changed,
      taken: accepted,
      flaws,
    }
  })
}

type Given = IngestRequest['fixes'][number]

const unknownWorker = ({ place, worker }: Given): { flaw: Flaw } => ({
  flaw: importFlaw('worker_unknown', { ...place, field: 'worker' }, undefined, worker),
})

/** A batch may hold old traces; a clock that runs ahead, or is 1024 weeks back, is wrong in a batch too. */
function judge({ place = {}, ...fix }: Given, now: number): WorkerFix | { flaw: Flaw } {
  const arrival = judgeArrival(fix, { now, box: null, lateMilliseconds: Number.POSITIVE_INFINITY }, place)
  if ('refused' in arrival) return { flaw: arrival.refused }
  const marks = arrival.marks.length > 0 ? { marks: arrival.marks } : {}
  return { ...fix, ...arrival.fix, receivedAt: now, ...marks }
}
