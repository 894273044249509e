/**
 * Matches every worker day that is marked as stale, each result in one transaction that also takes the mark off: whenever the
 * process ends, what is left is marked still.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { fourHoursThreeKilometres, type PatrolPolicy, patrolPolicyOf } from '../core/policy/patrol-policy.ts'
import { drawTrace } from '../core/trajectories/draw-trace.ts'
import type { AssignedGrid } from '../core/trajectories/find-inside-spans.ts'
import { labelTrace, type TracePiece } from '../core/trajectories/label-trace.ts'
import { layLanes } from '../core/trajectories/lay-lanes.ts'
import { dayBounds, daysBetween, fixesNeededFor } from '../core/trajectories/local-day.ts'
import {
  matchReadDay,
  type PatrolDay,
  readWorkerDay,
  type TownGround,
  type WorkerDay,
} from '../core/trajectories/match-worker-day.ts'
import { fixesBetween, orderFixes } from '../core/trajectories/order-fixes.ts'
import type { HouseholdPoint } from '../core/values.ts'
import type { Database } from '../db/database.ts'
import { toHexEwkb } from '../db/ewkb.ts'
import { listFixes, type ReportedFix } from '../db/fixes.ts'
import { listPlacePoints, listRoads } from '../db/ground.ts'
import { findAreas } from '../db/imports.ts'
import {
  type AssignedVersion,
  type DrawnVertex,
  forgetStaleDays,
  type GroundPass,
  gridBoundaries,
  listAssignedVersions,
  listFixesMatched,
  listHouseholdPoints,
  listStaleDays,
  type PatrolDayValues,
  replaceWorkerDays,
  type StaleDay,
  type TraceLine,
  type WorkerDayResult,
} from '../db/matching.ts'
import type { StoredPatrolDay } from '../db/patrols.ts'
import { findPolicy } from '../db/policies.ts'
import type { Scoped } from '../db/scope.ts'
import {
  type EvidencePolicyOf,
  evidencePolicies,
  keepOwnEvidence,
  screenStaleDays,
} from './evidence/keep-evidence.ts'
import type { ReportProgress } from './jobs.ts'

export interface MatchOptions {
  /** Absent: of all towns. */
  readonly towns?: readonly string[]
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
  /** Awaited before each worker: whoever is more urgent goes first. Absent: one turn of the event loop. */
  readonly giveWay?: () => Promise<unknown>
  /** Traces are compared with others later on, by `screenStaleDays`. Default: at once. */
  readonly comparesLater?: boolean
}

/** Marked days looked at in one round; what they need is loaded once for all of them. */
const roundSize = 1000

const phase = { zh: '匹配轨迹', en: 'matching traces' }

/** Matches all marked days; returns how many. @throws DatabaseError; the reason of the signal, with the rest still marked */
export async function matchStaleDays(db: Database, options: MatchOptions = {}): Promise<number> {
  const { signal, onProgress, giveWay = () => turn() } = options
  const system = db.system(signal ? { signal } : {})
  // While the server writes the results of one worker, the fixes of another are read. The embedded engine is one backend.
  const atOnce = db.engine === 'native' ? 3 : 1
  let matched = 0
  for (;;) {
    const stale = await listStaleDays(system, options.towns ?? null, roundSize)
    if (stale.length === 0) break
    const before = matched
    for (const ofTown of groups(stale, (one) => one.town)) {
      const town = await loadTown(system, ofTown)
      await eachAtOnce(
        groups(ofTown, (one) => one.worker),
        atOnce,
        async (ofWorker) => {
          await giveWay()
          signal?.throwIfAborted()
          await matchWorkerDays(system, town, ofWorker)
          matched += ofWorker.length
          onProgress?.(phase, matched, stale.length < roundSize ? before + stale.length : null)
        },
      )
    }
  }
  if (!options.comparesLater) await screenStaleDays(db, options)
  return matched
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

/** Runs of neighbours with the same key: the marks come sorted. */
function groups(days: readonly StaleDay[], keyOf: (day: StaleDay) => string): StaleDay[][] {
  const runs: StaleDay[][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last?.[0] && keyOf(last[0]) === keyOf(day)) last.push(day)
    else runs.push([day])
  }
  return runs
}

/** What all workers of a town share; the same objects for all of them, so that their indexes are built once. */
interface Town {
  readonly code: string
  readonly households: readonly HouseholdPoint[]
  readonly ground: TownGround
  readonly versions: ReadonlyMap<string, readonly AssignedVersion[]>
  readonly boundaries: ReadonlyMap<string, AssignedGrid['geometry']>
  /** Read within the transaction that is open. */
  policyOf(open: Scoped, day: string): Promise<PatrolPolicy>
  readonly evidencePolicyOf: EvidencePolicyOf
}

async function loadTown(db: Scoped, days: readonly StaleDay[]): Promise<Town> {
  const code = days[0]?.town ?? ''
  const bounds = days.map((one) => dayBounds(one.day))
  const from = Math.min(...bounds.map((one) => one.from))
  const to = Math.max(...bounds.map((one) => one.to))
  const workers = [...new Set(days.map((one) => one.worker))]
  const [area] = await findAreas(db, [code])
  const versions = new Map<string, AssignedVersion[]>()
  for (const one of await listAssignedVersions(db, code, workers, from, to))
    versions.set(one.worker, [...(versions.get(one.worker) ?? []), one])
  const policies = new Map<string, PatrolPolicy>()
  return {
    code,
    households: await listHouseholdPoints(db, code),
    ground: {
      lanes: layLanes(await listRoads(db, code)),
      places: await listPlacePoints(db, code),
    },
    versions,
    boundaries: await gridBoundaries(db, code, from, to),
    async policyOf(open, day) {
      const known = policies.get(day)
      if (known) return known
      const row = await findPolicy(open, { lineage: area?.lineage ?? [code] }, 'patrol', day)
      const policy = patrolPolicyOf(row?.rules)
      policies.set(day, policy)
      return policy
    },
    evidencePolicyOf: evidencePolicies(area?.lineage ?? [code]),
  }
}

/** The days of one worker: the fixes of all of them are read once. */
async function matchWorkerDays(db: Scoped, town: Town, days: readonly StaleDay[]): Promise<void> {
  const worker = days[0]?.worker ?? ''
  const grids = (town.versions.get(worker) ?? []).flatMap((one): AssignedGrid[] => {
    const geometry = town.boundaries.get(`${one.grid}@${one.version}`)
    return geometry ? [{ code: one.grid, geometry, from: one.from, to: one.to }] : []
  })
  await db.transaction(async (open) => {
    const results: WorkerDayResult[] = []
    const reads: WorkerDay[] = []
    const reports: ReportedFix[] = []
    for (const run of neighbouring(days)) {
      const policies = await Promise.all(run.map((stale) => town.policyOf(open, stale.day)))
      const needed = run.map((stale, i) => fixesNeededFor(stale.day, policies[i] ?? fourHoursThreeKilometres))
      const from = Math.min(...needed.map((one) => one.from))
      const to = Math.max(...needed.map((one) => one.to))
      const given = await listFixes(open, town.code, worker, from, to)
      for (const one of given) reports.push(one)
      const fixes = orderFixes(given)
      const matchedOf = await listFixesMatched(
        open,
        town.code,
        worker,
        run.map((one) => one.day),
      )
      for (const [i, { day }] of run.entries()) {
        const { from: midnight, to: next } = dayBounds(day)
        // Its raw fixes are gone (commands/keep-fixes): what they amounted to stays.
        if (fixesBetween(fixes, midnight, next).time.length < (matchedOf.get(day) ?? 0)) continue
        const policy = policies[i] ?? fourHoursThreeKilometres
        const read = readWorkerDay(fixes, day, policy)
        if (read) reads.push(read)
        results.push(matchDay(read, day, grids, town, policy))
      }
    }
    await replaceWorkerDays(open, town.code, worker, results)
    await forgetStaleDays(
      open,
      town.code,
      worker,
      days.map((one) => one.day),
    )
    const matched = results.map(({ day }) => day)
    await keepOwnEvidence(open, town.code, worker, matched, reads, reports, town.evidencePolicyOf)
  })
}

/** Days in runs of at most a month without a longer pause, so that their fixes are read at once and no others. */
function neighbouring(days: readonly StaleDay[]): StaleDay[][] {
  const runs: StaleDay[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    const [first, last] = [run?.[0], run?.at(-1)]
    const near = first && last && daysBetween(last.day, day.day) <= 7 && daysBetween(first.day, day.day) <= 31
    if (near) run?.push(day)
    else runs.push([day])
  }
  return runs
}

function matchDay(
  read: WorkerDay | undefined,
  day: string,
  grids: readonly AssignedGrid[],
  { households, ground }: Pick<Town, 'households' | 'ground'>,
  policy: PatrolPolicy,
): WorkerDayResult {
  const matched = read ? matchReadDay(read, grids, households, policy, { ground }) : []
  const pieces = read ? drawTrace(labelTrace(read, grids, policy)) : []
  return {
    day,
    grids: matched.map((one) => valuesOf(one, pieces)),
    traces: linesOf(pieces),
    drawn: verticesOf(pieces),
    passed: [...new Set(matched.flatMap((one) => one.households.passed))],
    ground: matched.flatMap(groundOf),
  }
}

const groundOf = ({ grid, lanes, places }: PatrolDay): GroundPass[] => [
  ...(lanes?.walked ?? []).map((subject) => ({ grid, kind: 'lane' as const, subject })),
  ...(places?.passed ?? []).map((subject) => ({ grid, kind: 'place' as const, subject })),
]

function valuesOf(day: PatrolDay, pieces: readonly TracePiece[]): PatrolDayValues {
  const stretches = pieces.map(({ label, from, to, reason }) => ({ label, from, to, reason }))
  const result: StoredPatrolDay = { ...day, pieces: stretches }
  return {
    grid: day.grid,
    fixes: day.fixes,
    first: day.first,
    last: day.last,
    seconds: day.seconds,
    metres: { inside: day.metres.inside, outside: day.metres.outside, raw: day.rawMetres },
    rounds: day.rounds,
    hexagonsVisited: day.hexagons.visited.length,
    hexagonsInGrid: day.hexagons.inGrid,
    householdsPassed: day.households.passed.length,
    householdsTotal: day.households.total,
    rulesMet: day.rules.length === 0 ? null : day.rules.every((rule) => rule.met),
    result,
  }
}

/** A piece begins where the one before it ended: that vertex is kept once. */
function verticesOf(pieces: readonly TracePiece[]): DrawnVertex[] {
  const vertices: DrawnVertex[] = []
  for (const { coordinates, times } of pieces)
    for (const [i, [longitude, latitude]] of coordinates.entries()) {
      const time = times[i] ?? 0
      if (vertices.at(-1)?.time !== time) vertices.push({ time, longitude, latitude })
    }
  return vertices
}

function linesOf(pieces: readonly TracePiece[]): TraceLine[] {
  const byLabel = new Map<string, [number, number][][]>()
  for (const { label, coordinates } of pieces) {
    const lines = byLabel.get(label) ?? []
    lines.push(coordinates.map(([x, y]): [number, number] => [x, y]))
    byLabel.set(label, lines)
  }
  return [...byLabel].map(([label, lines]) => ({
    label,
    path: toHexEwkb({ type: 'MultiLineString', coordinates: lines }),
  }))
}
