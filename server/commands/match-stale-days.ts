/**
 * Matches every worker day that is marked as stale, each result in one transaction that also takes the mark off: whenever the
 * process ends, what is left is marked still. A day that changes while it is matched keeps its mark.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { daysBetween, fixesNeededFor } from '../core/trajectories/local-day.ts'
import type { Message } from '../core/values.ts'
import type { Database } from '../db/database.ts'
import { insertDayEvidence } from '../db/evidence.ts'
import {
  type BegunDay,
  beginMatching,
  insertResults,
  listFixesMatched,
  listStaleDays,
  removeResults,
  type StaleDay,
  takeMarks,
  type WorkerDayKey,
} from '../db/matching.ts'
import type { Scoped } from '../db/scoped.ts'
import { listStoredFixes } from '../db/stored-fixes.ts'
import { ownCodes, screenStaleDays } from './evidence/keep-evidence.ts'
import type { ReportProgress } from './jobs.ts'
import { loadTown, type Town } from './matching/load-town.ts'
import { createMatchThreads, type MatchThreads } from './matching/match-threads.ts'
import type { DayTask, MatchedDay, WorkerTask } from './matching/match-worker.ts'
import { type Matcher, matcherHere } from './matching/matcher.ts'

export interface MatchOptions {
  /** Absent: of all towns. */
  readonly towns?: readonly string[]
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
  /** Awaited before each batch, on this thread before each worker: whoever is more urgent goes first. Absent: one turn of the event loop. */
  readonly giveWay?: () => Promise<unknown>
  /** Traces are compared with others later on, by `screenStaleDays`. Default: at once. */
  readonly comparesLater?: boolean
  /** Who does the pure work. Absent: this thread, for many days `threads`. */
  readonly matcher?: Matcher
  /** Absent: as many as the machine has cores, for this call. */
  readonly threads?: MatchThreads
}

/** Marked days looked at in one round; what they need is loaded once for all of them. */
const roundSize = 5000
/** Days read, matched and written together: a few round trips for all of them, a transaction of a tenth of a second. */
const batchDays = 16
/** From so many days on threads are worth their way: those that are there, and those that have to be started. */
const worthThreads = 100
const worthStarting = 1000

const phase = { zh: '匹配轨迹', en: 'matching traces' }

/**
 * Matches all days that are marked when their turn comes, in one pass; what is marked again behind it is left to the next.
 * @returns how many days
 * @throws DatabaseError; the reason of the signal; the loss of a thread; with the rest still marked
 */
export async function matchStaleDays(db: Database, options: MatchOptions = {}): Promise<number> {
  const { signal, onProgress, giveWay = () => turn() } = options
  const system = db.system(signal ? { signal } : {})
  let own: MatchThreads | undefined
  const matcherOf = (days: number): Matcher => {
    if (options.matcher) return options.matcher
    if (options.threads && days >= worthThreads) return options.threads
    if (!options.threads && days >= worthStarting) return (own ??= createMatchThreads())
    return matcherHere(giveWay)
  }
  let matched = 0
  try {
    for (let after: StaleDay | null = null; ; ) {
      const stale: StaleDay[] = await listStaleDays(system, options.towns ?? null, after, roundSize)
      after = stale.at(-1) ?? null
      if (after === null) break
      const matcher = matcherOf(stale.length)
      const before = matched
      for (const ofTown of runsOf(stale, (a, b) => a.town === b.town)) {
        // Before the town is loaded: a change of its ground or policies meanwhile must leave the marks standing, too.
        const begun = await beginMatching(system, ofTown[0]?.town ?? '', ofTown)
        const town = await loadTown(system, ofTown)
        // While the results of one batch are written, the fixes of another are read.
        await eachAtOnce(batchesOf(begun), 2 * matcher.atOnce, async (days) => {
          await giveWay()
          signal?.throwIfAborted()
          await matchBatch(system, matcher, town, days)
          matched += days.length
          onProgress?.(phase, matched, stale.length < roundSize ? before + stale.length : null)
        })
      }
    }
  } finally {
    await own?.close()
  }
  if (!options.comparesLater) await screenStaleDays(db, options)
  return matched
}

/** What is told where matching is interrupted after what it follows from was written. */
const leftForLater: Message = {
  zh: '数据已写入；轨迹匹配被中断，其余的由服务下次启动时继续',
  en: 'the data is written; the matching of traces was interrupted, the service goes on with it at its next start',
}

/**
 * The same after something was written for good: an interruption is told, not thrown as if nothing had been written.
 * @returns what to tell
 * @throws as `matchStaleDays`, but not the reason of the signal
 */
export async function matchWhatFollows(db: Database, options: MatchOptions): Promise<Message[]> {
  try {
    await matchStaleDays(db, options)
    return []
  } catch (error) {
    if (options.signal?.aborted) return [leftForLater]
    throw error
  }
}

/** Work for each, some at a time; the first failure is thrown once nothing runs any more. */
async function eachAtOnce<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const left = all.values()
  const runs = await Promise.allSettled(
    Array.from({ length: atOnce }, async () => {
      try {
        for (const one of left) await work(one)
      } finally {
        for (const _ of left); // after a failure nobody takes another
      }
    }),
  )
  for (const run of runs) if (run.status === 'rejected') throw run.reason
}

/** Neighbours that belong together, in the order given. @param areTogether the first of a run, and one that may follow its last */
function runsOf<T>(all: readonly T[], areTogether: (first: T, next: T, last: T) => boolean): T[][] {
  const runs: T[][] = []
  for (const one of all) {
    const run = runs.at(-1)
    if (run?.[0] !== undefined && areTogether(run[0], one, run.at(-1) ?? one)) run.push(one)
    else runs.push([one])
  }
  return runs
}

/** Days of one town in batches; those of one worker are not divided. */
function batchesOf(days: readonly BegunDay[]): BegunDay[][] {
  const batches: BegunDay[][] = []
  for (const ofWorker of runsOf(days, (a, b) => a.worker === b.worker)) {
    const batch = batches.at(-1)
    if (batch && batch.length + ofWorker.length <= batchDays) batch.push(...ofWorker)
    else batches.push(ofWorker)
  }
  return batches
}

/** Reads, matches and writes: no transaction is open while the matching goes on. */
async function matchBatch(
  db: Scoped,
  matcher: Matcher,
  town: Town,
  days: readonly BegunDay[],
): Promise<void> {
  const tasks = await db.transaction((open) => readTasks(open, town, days))
  const matched = await matcher.match(town.shared, tasks)
  await db.transaction(async (open) => {
    const standing = keysOf(await takeMarks(open, town.code, days))
    const written = matched.flat().filter(({ result }) => standing.has(keyOf(result)))
    await writeDays(open, town, written)
  })
}

const keyOf = ({ worker, day }: WorkerDayKey): string => `${day} ${worker}`
const keysOf = (days: readonly WorkerDayKey[]): Set<string> => new Set(days.map(keyOf))

/** What the matching of days of a town needs: fixes of all workers in a few statements. */
async function readTasks(open: Scoped, town: Town, days: readonly BegunDay[]): Promise<WorkerTask[]> {
  const before = new Map(
    (await listFixesMatched(open, town.code, days)).map((one) => [keyOf(one), one.fixes]),
  )
  const runs: { worker: string; from: number; to: number; days: DayTask[] }[] = []
  for (const run of runsOf(days, isNear)) {
    const tasks: DayTask[] = []
    for (const one of run)
      tasks.push({
        day: one.day,
        fixesMatched: before.get(keyOf(one)) ?? 0,
        ...(await town.policiesOf(open, one.day)),
      })
    const needed = tasks.map((task) => fixesNeededFor(task.day, task.policy))
    runs.push({
      worker: run[0]?.worker ?? '',
      from: Math.min(...needed.map((one) => one.from)),
      to: Math.max(...needed.map((one) => one.to)),
      days: tasks,
    })
  }
  const stored = await listStoredFixes(open, town.code, runs)
  const read = runs.flatMap(({ worker, from, to, days: ofRun }, i) => {
    const fixes = stored[i]
    return fixes ? [{ worker, run: { from, to, stored: fixes, days: ofRun } }] : []
  })
  return runsOf(read, (a, b) => a.worker === b.worker).map((ofWorker) => {
    const worker = ofWorker[0]?.worker ?? ''
    return { worker, versions: town.versions.get(worker) ?? [], runs: ofWorker.map(({ run }) => run) }
  })
}

/** Days of a worker within a month, without a longer pause: their fixes are read at once and no others. */
const isNear = (first: WorkerDayKey, next: WorkerDayKey, last: WorkerDayKey): boolean =>
  first.worker === next.worker &&
  daysBetween(last.day, next.day) <= 7 &&
  daysBetween(first.day, next.day) <= 31

async function writeDays(open: Scoped, town: Town, matched: readonly MatchedDay[]): Promise<void> {
  if (matched.length === 0) return
  const results = matched.map(({ result }) => result)
  await removeResults(open, town.code, results, ownCodes)
  await insertResults(open, town.code, results)
  const days = [...new Set(results.map(({ day }) => day))]
  const reaches = await Promise.all(days.map((day) => town.policiesOf(open, day)))
  await insertDayEvidence(open, town.code, {
    sketches: matched.flatMap(({ sketch }) => sketch ?? []),
    evidence: matched.flatMap(({ evidence }) => evidence),
    days,
    reachDays: Math.max(...reaches.map(({ evidencePolicy }) => evidencePolicy.replayDays)),
  })
}
