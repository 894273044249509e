/** A batch of fixes from a program: durable before the answer, harmless when repeated. */
import { judgeArrival } from '../core/trajectories/judge-arrival.ts'
import type { Flaw, Place } from '../core/values.ts'
import type { WorkerFix } from '../db/worker-fix.ts'
import { importFlaw } from './import-flaws.ts'
import type { FixWriter } from './positions/fix-writer.ts'

export interface IngestRequest {
  /** Township of the workers. */
  readonly town: string
  /** Given again, the batch was taken before and nothing happens. */
  readonly batchKey?: string | undefined
  readonly fixes: readonly (WorkerFix & { readonly place?: Place })[]
  readonly now: number
}

export interface IngestOutcome {
  /** The key was taken before; nothing was done. */
  readonly repeatedBatch: boolean
  readonly accepted: number
  /** Already there, or twice in the batch. */
  readonly known: number
  /** Fixes of workers nobody knows, and of instants that have not come; in the order of the batch. */
  readonly flaws: readonly Flaw[]
}

/** Writes the batch, with others that wait at the same moment. @throws AppError `busy`; DatabaseError */
export async function ingestFixes(writer: FixWriter, request: IngestRequest): Promise<IngestOutcome> {
  const { town, batchKey, fixes: given, now } = request
  const fixes: WorkerFix[] = []
  const refused = new Map<Given, Flaw>()
  for (const one of given) {
    const judged = judge(one, now)
    if ('flaw' in judged) refused.set(one, judged.flaw)
    else fixes.push(judged.fix)
  }
  const batch = { town, key: batchKey, leavesOutUnknown: true, fixes, notes: [], now }
  const { isRepeat, changed, unknownWorkers } = await writer.write(batch)
  if (isRepeat) return { repeatedBatch: true, accepted: 0, known: given.length, flaws: [] }
  const flaws: Flaw[] = []
  if (refused.size > 0 || unknownWorkers.size > 0)
    for (const one of given) {
      const flaw = unknownWorkers.has(one.worker) ? unknownWorker(one) : refused.get(one)
      if (flaw) flaws.push(flaw)
    }
  return { repeatedBatch: false, accepted: changed, known: given.length - flaws.length - changed, flaws }
}

type Given = IngestRequest['fixes'][number]

const unknownWorker = ({ place, worker }: Given): Flaw =>
  importFlaw('worker_unknown', { ...place, field: 'worker' }, undefined, worker)

/** A batch may hold old traces; a clock that runs ahead, or is 1024 weeks back, is wrong in a batch too. */
function judge(given: Given, now: number): { fix: WorkerFix } | { flaw: Flaw } {
  const circumstances = { now, box: null, lateMilliseconds: Number.POSITIVE_INFINITY }
  const arrival = judgeArrival(given, circumstances, given.place ?? {})
  if ('refused' in arrival) return { flaw: arrival.refused }
  const { fix, marks } = arrival
  // One spread of one object is copied as a whole; of two, or of a rest, each member is looked up by its name.
  const taken = {
    ...given,
    time: fix.time,
    longitude: fix.longitude,
    latitude: fix.latitude,
    receivedAt: now,
  }
  return { fix: marks.length > 0 ? { ...taken, marks } : taken }
}
