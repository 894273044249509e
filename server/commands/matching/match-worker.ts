/** What the fixes of a worker's days amount to, ready to be written: pure work, here or on another thread. Everything in it is cloneable. */
import type { MultiPolygon } from 'geojson'
import { judgeDay } from '../../core/evidence/judge-day.ts'
import { reportFactsOf } from '../../core/evidence/report-facts.ts'
import { type DaySketch, sketchOf } from '../../core/evidence/sketch.ts'
import { trackOf } from '../../core/evidence/track.ts'
import type { Evidence } from '../../core/evidence/values.ts'
import type { EvidencePolicy } from '../../core/policy/evidence-policy.ts'
import type { PatrolPolicy } from '../../core/policy/patrol-policy.ts'
import { drawTrace } from '../../core/trajectories/draw-trace.ts'
import type { AssignedGrid } from '../../core/trajectories/find-inside-spans.ts'
import { labelTrace, type TracePiece } from '../../core/trajectories/label-trace.ts'
import { dayBounds } from '../../core/trajectories/local-day.ts'
import {
  matchReadDay,
  type PatrolDay,
  readWorkerDay,
  type TownGround,
  type WorkerDay,
} from '../../core/trajectories/match-worker-day.ts'
import { fixesBetween } from '../../core/trajectories/order-fixes.ts'
import type { HouseholdPoint } from '../../core/values.ts'
import { toHexEwkb } from '../../db/ewkb.ts'
import type {
  AssignedVersion,
  GroundPass,
  PatrolDayValues,
  TraceLine,
  WorkerDayResult,
} from '../../db/matching.ts'
import { packPlaces } from '../../db/pack-fixes.ts'
import type { StoredPatrolDay } from '../../db/patrols.ts'
import { orderStoredFixes, type StoredFixes } from '../../db/stored-fixes.ts'

/** What all workers of a town share; the same objects for all of them, so that their indexes are built once. */
export interface SharedGround {
  readonly households: readonly HouseholdPoint[]
  readonly ground: TownGround
  /** By `code@version`. */
  readonly boundaries: ReadonlyMap<string, MultiPolygon>
}

/** Days of a worker to be matched. */
export interface WorkerTask {
  readonly worker: string
  readonly versions: readonly Omit<AssignedVersion, 'worker'>[]
  /** Days near to each other: their fixes were read at once. */
  readonly runs: readonly RunTask[]
}

export interface RunTask {
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly stored: StoredFixes
  readonly days: readonly DayTask[]
}

export interface DayTask {
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly day: string
  /** Of how many fixes it was matched before; 0: never. */
  readonly fixesMatched: number
  readonly policy: PatrolPolicy
  readonly evidencePolicy: EvidencePolicy
}

export interface MatchedDay {
  readonly result: WorkerDayResult
  /** Null where the day has no fixes. */
  readonly sketch: DaySketch | null
  /** What the day gives by itself. */
  readonly evidence: readonly Evidence[]
}

/** The days that have the fixes they were matched from before; what the others amounted to stays (commands/keep-fixes). */
export function matchWorker(town: SharedGround, { worker, versions, runs }: WorkerTask): MatchedDay[] {
  const grids = versions.flatMap((one): AssignedGrid[] => {
    const geometry = town.boundaries.get(`${one.grid}@${one.version}`)
    return geometry ? [{ code: one.grid, geometry, from: one.from, to: one.to }] : []
  })
  return runs.flatMap((run) => {
    const fixes = orderStoredFixes(run.stored, run)
    return run.days.flatMap(({ day, fixesMatched, policy, evidencePolicy }) => {
      const { from, to } = dayBounds(day)
      if (fixesBetween(fixes, from, to).time.length < fixesMatched) return []
      const read = readWorkerDay(fixes, day, policy)
      const result = resultOf(worker, day, read, grids, town, policy)
      if (!read) return { result, sketch: null, evidence: [] }
      const track = trackOf(worker, read, evidencePolicy)
      const facts = reportFactsOf(fixes, day, evidencePolicy.skewSeconds)
      return {
        result,
        sketch: sketchOf(track, evidencePolicy),
        evidence: judgeDay(read, track, facts, evidencePolicy),
      }
    })
  })
}

function resultOf(
  worker: string,
  day: string,
  read: WorkerDay | undefined,
  grids: readonly AssignedGrid[],
  { households, ground }: SharedGround,
  policy: PatrolPolicy,
): WorkerDayResult {
  const matched = read ? matchReadDay(read, grids, households, policy, { ground }) : []
  const pieces = read ? drawTrace(labelTrace(read, grids, policy)) : []
  return {
    worker,
    day,
    grids: matched.map((one) => valuesOf(one, pieces)),
    traces: linesOf(pieces),
    drawn: drawnOf(pieces),
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
    result: JSON.stringify(result),
  }
}

/** A piece begins where the one before it ended: that vertex is kept once. */
function drawnOf(pieces: readonly TracePiece[]): Uint8Array | null {
  const most = pieces.reduce((n, piece) => n + piece.times.length, 0)
  if (most === 0) return null
  const time = new Float64Array(most)
  const longitude = new Float64Array(most)
  const latitude = new Float64Array(most)
  let n = 0
  for (const { coordinates, times } of pieces)
    for (let i = 0; i < times.length; i++) {
      if (n > 0 && time[n - 1] === times[i]) continue
      const [x, y] = coordinates[i]!
      time[n] = times[i]!
      longitude[n] = x
      latitude[n++] = y
    }
  // A buffer may be a view of a larger one, all of which would go along to another thread.
  return new Uint8Array(packPlaces(time.subarray(0, n), longitude.subarray(0, n), latitude.subarray(0, n)))
}

function linesOf(pieces: readonly TracePiece[]): TraceLine[] {
  const byLabel = new Map<string, [number, number][][]>()
  for (const { label, coordinates } of pieces) {
    const lines = byLabel.get(label) ?? []
    lines.push(coordinates as [number, number][])
    byLabel.set(label, lines)
  }
  return [...byLabel].map(([label, lines]) => ({
    label,
    path: toHexEwkb({ type: 'MultiLineString', coordinates: lines }),
  }))
}
