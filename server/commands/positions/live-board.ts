/**
 * Where everybody is just now: the latest position of each worker, in the order they changed. Readers keep a number, the sequence
 * they have read up to, and ask for what changed since: a slow one gets fewer positions, never older ones, and costs no memory.
 */
import { randomUUID } from 'node:crypto'
import { dayBounds, localDayOf } from '../../core/trajectories/local-day.ts'
import { isBetterFix } from '../../core/trajectories/order-fixes.ts'
import type { Database } from '../../db/database.ts'
import { listLatestFixes } from '../../db/live.ts'
import type { WorkerFix } from '../../db/worker-fix.ts'
import { type Duties, type Duty, isInside, keyOf, loadDuties, noDuties } from './live-duties.ts'

/** Never changed: a newer one takes its place. */
export interface LivePosition {
  readonly duty: Duty
  readonly fix: Pick<WorkerFix, 'longitude' | 'latitude' | 'accuracyMetres' | 'speedMetresPerSecond'> & {
    /** Epoch milliseconds, by the receiver's clock and by the service's. */
    readonly time: number
    readonly receivedAt?: number
  }
  /** In one of the worker's own grids; null for somebody without one. */
  readonly inside: boolean | null
  /** False: too old to be of now, or beyond the hours in which the place lets it be seen. */
  readonly isShown: boolean
}

export interface LiveEntry {
  readonly key: string
  readonly position: LivePosition
  /** Of the last change, counted by the board. */
  readonly sequence: number
}

export interface LiveBoard {
  /** Takes in fixes of a town that are durable. Of those of one worker the latest counts, whatever order they come in. */
  note(town: string, fixes: readonly WorkerFix[]): void
  /**
   * Keeps the board filled until the returned function is called: the first waits until it is filled from the database. Unwatched
   * it asks the database nothing. @throws DatabaseError
   */
  watch(): Promise<() => void>
  /** Reads again who answers for what and where everybody was last: others may have written. @throws DatabaseError */
  refresh(): Promise<void>
  /** The same soon, if somebody watches: after an import. */
  catchUp(): void
  /** Sequences count within it. Another one: what was read before may be of people that are not to be seen any more. */
  readonly epoch: string
  readonly sequence: number
  /** What changed after a sequence, the newest first. */
  changesSince(sequence: number): Iterable<LiveEntry>
  readonly duties: Duties
}

export interface LiveBoardOptions {
  /** The clock: epoch milliseconds. */
  readonly now: () => number
  /** Told of a refresh that failed; the next one may not. */
  readonly onError: (error: unknown) => void
  readonly refreshMilliseconds?: number
}

/** Shortly after midnight the evening before still counts. */
const leastKeptMilliseconds = 2 * 3_600_000
/** Phones' clocks run ahead a little. */
const aheadMilliseconds = 10 * 60_000

interface Linked extends LiveEntry {
  position: LivePosition
  sequence: number
  older: Linked | undefined
  newer: Linked | undefined
}

export function createLiveBoard(db: Database, options: LiveBoardOptions): LiveBoard {
  const { now, onError, refreshMilliseconds = 60_000 } = options
  const entries = new Map<string, Linked>()
  let newest: Linked | undefined
  let sequence = 0
  let epoch: string = randomUUID()
  let duties = noDuties
  let isFilled = false
  let watchers = 0
  let refreshing: Promise<void> | undefined
  let refreshedNext: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  /** From when on a position is of today. */
  const earliest = (at: number): number =>
    Math.min(dayBounds(localDayOf(at)).from, at - leastKeptMilliseconds)

  const put = (key: string, duty: Duty, fix: LivePosition['fix']): void => {
    const position = {
      duty,
      fix,
      inside: isInside(duty, fix.longitude, fix.latitude),
      isShown: fix.time >= earliest(now()) && !duties.closed.has(duty.town),
    }
    const known = entries.get(key)
    if (known) {
      if (known.newer) known.newer.older = known.older
      if (known.older) known.older.newer = known.newer
      if (newest === known) newest = known.older
    }
    const entry: Linked = known ?? { key, position, sequence: 0, older: undefined, newer: undefined }
    entry.position = position
    entry.sequence = ++sequence
    entry.older = newest
    entry.newer = undefined
    if (newest) newest.newer = entry
    newest = entry
    entries.set(key, entry)
  }

  const take = (town: string, worker: string, fix: LivePosition['fix']): void => {
    const key = keyOf(town, worker)
    const duty = duties.workers.get(key)
    // Somebody added a moment ago: the next refresh knows.
    if (!duty) return
    const known = entries.get(key)?.position.fix
    if (!known || fix.time > known.time || (fix.time === known.time && isBetterFix(fix, known)))
      put(key, duty, fix)
  }

  const fill = async (): Promise<void> => {
    const at = now()
    const system = db.system()
    const loaded = await loadDuties(system, at, duties)
    const changed = [...loaded.workers].some(([key, duty]) => duties.workers.get(key) !== duty)
    if (changed || loaded.workers.size !== duties.workers.size) epoch = randomUUID()
    duties = loaded
    judgeAgain()
    // What is committed from now on is noted; what was before is read.
    isFilled = true
    for (const row of await listLatestFixes(system, earliest(at), at + aheadMilliseconds))
      take(row.town_id, row.worker_id, {
        time: row.fixed_at,
        longitude: row.longitude,
        latitude: row.latitude,
        ...(row.accuracy_metres !== null && { accuracyMetres: row.accuracy_metres }),
        ...(row.speed_metres_per_second !== null && { speedMetresPerSecond: row.speed_metres_per_second }),
        ...(row.received_at !== null && { receivedAt: row.received_at }),
      })
  }

  /** Duties, hours and the day may have changed under positions that have not. */
  const judgeAgain = (): void => {
    const from = earliest(now())
    for (const [key, { position }] of entries) {
      const duty = duties.workers.get(key)
      const isShown =
        duty !== undefined && position.fix.time >= from && !duties.closed.has(position.duty.town)
      // A worker no more: not seen again, whatever comes.
      if (duty === undefined) {
        if (position.isShown) put(key, position.duty, { ...position.fix, time: Number.NEGATIVE_INFINITY })
      } else if (duty !== position.duty || isShown !== position.isShown) put(key, duty, position.fix)
    }
  }

  /** One at a time; who asks while one runs gets the next, which sees what was written meanwhile. */
  const refresh = (): Promise<void> => {
    if (refreshing) {
      refreshedNext ??= refreshing
        .catch(() => {})
        .then(() => {
          refreshedNext = undefined
          return refresh()
        })
      return refreshedNext
    }
    refreshing = fill().finally(() => {
      refreshing = undefined
    })
    return refreshing
  }

  return {
    note(town, fixes) {
      if (isFilled) for (const { worker, ...fix } of fixes) take(town, worker, fix)
    },
    async watch() {
      watchers++
      try {
        if (timer === undefined) {
          await refresh()
          timer ??= setInterval(() => void refresh().catch(onError), refreshMilliseconds).unref()
        }
      } catch (error) {
        watchers--
        throw error
      }
      let isWatching = true
      return () => {
        if (!isWatching) return
        isWatching = false
        if (--watchers > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
    refresh,
    catchUp: () => {
      if (watchers > 0) void refresh().catch(onError)
    },
    get epoch() {
      return epoch
    },
    get sequence() {
      return sequence
    },
    *changesSince(from) {
      for (let entry = newest; entry && entry.sequence > from; entry = entry.older) yield entry
    },
    get duties() {
      return duties
    },
  }
}
