/** Who is where, as the live stream tells it: events put together, states judged against the service's clock. Pure. */
import type { LiveChange, LivePosition, LiveSnapshot } from '../../../../server/contract/live.ts'

export interface LiveWorker {
  readonly town: string
  readonly worker: string
  /** Masked. */
  readonly name: string
  readonly longitude: number
  readonly latitude: number
  /** Epoch milliseconds, by the receiver's clock. */
  readonly fixedAt: number
  /** When it came in. */
  readonly receivedAt: number | null
  readonly accuracyMetres: number | null
  readonly speedMetresPerSecond: number | null
  readonly grids: readonly string[]
  /** In one of them; null: without a grid. */
  readonly inside: boolean | null
}

/** By town and worker. A value never changes: another map takes its place. */
export type LivePeople = ReadonlyMap<string, LiveWorker>

const keyOf = (town: string, worker: string): string => `${town}/${worker}`

function workerOf(town: string, position: LivePosition): LiveWorker {
  const [worker, name, longitude, latitude, fixedAt, receivedAt, accuracy, speed, grids, inside] = position
  return {
    town,
    worker,
    name,
    longitude,
    latitude,
    fixedAt,
    receivedAt,
    accuracyMetres: accuracy,
    speedMetresPerSecond: speed,
    grids,
    inside,
  }
}

/** Everybody a snapshot holds, by id: what is nearly in the order of the list is soon put into it. */
export const peopleOf = ({ positions }: Pick<LiveSnapshot, 'positions'>): LivePeople =>
  new Map([...merged(new Map(), { positions, gone: {} })].toSorted(([, one], [, other]) => byId(one, other)))

/** The people after a change; those who are gone are taken away. */
export function merged(
  people: LivePeople,
  { positions, gone }: Pick<LiveChange, 'positions' | 'gone'>,
): LivePeople {
  const next = new Map(people)
  for (const [town, ids] of Object.entries(gone)) for (const id of ids) next.delete(keyOf(town, id))
  for (const [town, list] of Object.entries(positions))
    for (const position of list) next.set(keyOf(town, position[0]), workerOf(town, position))
  return next
}

/** How a marker is drawn, in the order in which people are listed: those a supervisor may want to call come first. */
export const liveStates = ['outside', 'stale', 'inside', 'unassigned', 'offline'] as const
export type LiveState = (typeof liveStates)[number]

export interface Thresholds {
  readonly staleSeconds: number
  readonly offlineSeconds: number
}

/** Seconds since a position was measured; a clock that runs ahead gives 0. */
export const ageSeconds = ({ fixedAt }: Pick<LiveWorker, 'fixedAt'>, now: number): number =>
  Math.max(0, (now - fixedAt) / 1000)

/** @param now the service's clock, epoch milliseconds */
export function stateOf(
  worker: Pick<LiveWorker, 'fixedAt' | 'inside'>,
  now: number,
  { staleSeconds, offlineSeconds }: Thresholds,
): LiveState {
  const age = ageSeconds(worker, now)
  if (age >= offlineSeconds) return 'offline'
  if (age >= staleSeconds) return 'stale'
  return worker.inside === null ? 'unassigned' : worker.inside ? 'inside' : 'outside'
}

export interface JudgedWorker extends LiveWorker {
  readonly state: LiveState
  /** Whole seconds. */
  readonly age: number
}

/** Everybody with a state, in the order of the list: by state, then by id. Nobody is ranked by time online. */
export function judged(people: LivePeople, now: number, thresholds: Thresholds): JudgedWorker[] {
  const byRank = liveStates.map((): JudgedWorker[] => [])
  for (const one of people.values()) {
    const state = stateOf(one, now, thresholds)
    byRank[rank[state]]!.push({ ...one, state, age: Math.floor(ageSeconds(one, now)) })
  }
  return byRank.flatMap((list) => list.sort(byId))
}

const rank = Object.fromEntries(liveStates.map((state, index) => [state, index])) as Record<LiveState, number>

export const byId = (a: LiveWorker, b: LiveWorker): number =>
  compare(a.worker, b.worker) || compare(a.town, b.town)
export const byState = (a: JudgedWorker, b: JudgedWorker): number =>
  rank[a.state] - rank[b.state] || byId(a, b)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function countStates(people: readonly JudgedWorker[]): Record<LiveState, number> {
  const counts: Record<LiveState, number> = { outside: 0, stale: 0, inside: 0, unassigned: 0, offline: 0 }
  for (const { state } of people) counts[state]++
  return counts
}

/** Those of a state, or of any, whose name, id, grid code or grid name has the words. */
export function filtered(
  people: readonly JudgedWorker[],
  state: LiveState | 'all',
  wanted: string,
  gridName: (code: string) => string,
): JudgedWorker[] {
  const words = wanted.trim().toLowerCase()
  return people.filter(
    (one) => (state === 'all' || one.state === state) && (words === '' || has(one, words, gridName)),
  )
}

const has = (one: JudgedWorker, words: string, gridName: (code: string) => string): boolean =>
  [one.name, one.worker, ...one.grids, ...one.grids.map(gridName)].some((text) =>
    text.toLowerCase().includes(words),
  )
