import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Fix, HouseholdPoint } from '../values.ts'
import { collapseStays, type Path } from './collapse-stays.ts'
import { countRounds, type Presence, presenceIn } from './count-rounds.ts'
import { cutTrace } from './cut-trace.ts'
import { type AssignedGrid, findInsideSpans, type InsideSpans } from './find-inside-spans.ts'
import { findStays, type Stay } from './find-stays.ts'
import { type JudgedTrace, judgeFixes } from './judge-fixes.ts'
import { judgeRules, type RuleResult } from './judge-rules.ts'
import type { TownLanes } from './lay-lanes.ts'
import { dayBounds, fixesNeededFor } from './local-day.ts'
import { measureMovement } from './measure-movement.ts'
import { measureRaw } from './measure-raw.ts'
import { fixesBetween, type OrderedFixes, orderFixes } from './order-fixes.ts'
import { type HouseholdsPassed, passHouseholds } from './pass-households.ts'
import { type LanesWalked, passLanes } from './pass-lanes.ts'
import { type DayFlag, raiseFlags } from './raise-flags.ts'
import { type Tallies, tallySpans } from './tally-spans.ts'
import { type HexagonsVisited, visitHexagons } from './visit-hexagons.ts'
import { wholeSeconds } from './whole-seconds.ts'

/** A stretch standing still; epoch milliseconds, degrees. */
export interface PatrolStay {
  readonly from: number
  readonly to: number
  readonly longitude: number
  readonly latitude: number
  /** Whether the place counts as inside the grid. */
  readonly inside: boolean
}

/** What one worker's trace of one local day amounts to in one grid. */
export interface PatrolDay extends Tallies {
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly date: string
  readonly grid: string
  /** Fixes of the day, repeats not counted. */
  readonly fixes: number
  /** Epoch milliseconds; a midnight where the trace runs across it. The milliseconds add up to last − first. */
  readonly first: number
  readonly last: number
  /** The milliseconds as whole seconds that add up to the rounded whole. */
  readonly seconds: Tallies['milliseconds']
  /** What summing the distances of consecutive fixes would give: jitter, jumps and silences included. Metres. */
  readonly rawMetres: number
  readonly stays: readonly PatrolStay[]
  readonly rounds: number
  readonly hexagons: HexagonsVisited
  readonly households: HouseholdsPassed
  readonly flags: readonly DayFlag[]
  readonly rules: readonly RuleResult[]
  /** When the worker was there. */
  readonly presence: readonly Presence[]
  /** Absent where the ground was not given. */
  readonly lanes?: LanesWalked
  readonly places?: HouseholdsPassed
}

/** What else of a town can be reached on foot. The same objects again for the same town: they are indexed once. */
export interface TownGround {
  readonly lanes: TownLanes
  readonly places: readonly HouseholdPoint[]
}

/** A day's trace, read as far as that goes without knowing any grid. */
export interface WorkerDay {
  readonly date: string
  readonly fixes: OrderedFixes
  /** The day's part of the judged trace. */
  readonly path: Path
  readonly stays: readonly { readonly from: number; readonly to: number; readonly place: Stay }[]
  /** Metres of movement, a segment of the path. */
  readonly metres: Float64Array
  readonly rawMetres: number
  readonly flags: readonly DayFlag[]
}

/**
 * Matches one worker's fixes of one local day to the grids they answer for: one result a grid, in the order of the codes,
 * none when there is no fix on that day. A function of the *set* of fixes; those outside `fixesNeededFor(day)` make no difference.
 *
 * Observed time is inside a grid where the path runs within it while an entry of that code is in force; all other observed time is
 * outside. Geometries and the array of households are indexed once for each object, so pass the same ones again.
 */
export function matchWorkerDay(
  fixes: readonly Fix[],
  day: string,
  grids: readonly AssignedGrid[],
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
): PatrolDay[] {
  const read = readWorkerDay(orderFixes(fixes), day, policy)
  return read ? matchReadDay(read, grids, households, policy) : []
}

/** Order, judge, cut at midnight, find and collapse stays, measure. Undefined when the day has no fix. */
export function readWorkerDay(
  ordered: OrderedFixes,
  day: string,
  policy: PatrolPolicy,
): WorkerDay | undefined {
  const { from, to } = dayBounds(day)
  const needed = fixesNeededFor(day, policy)
  const fixes = fixesBetween(ordered, from, to)
  if (fixes.time.length === 0) return undefined
  const judged: JudgedTrace = judgeFixes(fixesBetween(ordered, needed.from, needed.to), policy)
  const trace = cutTrace(judged.trace, from, to)
  const stays = findStays(trace, policy)
  const path = collapseStays(trace, stays)
  return {
    date: day,
    fixes,
    path,
    stays: stays.map((place) => ({ from: trace.time[place.first]!, to: trace.time[place.last]!, place })),
    metres: measureMovement(path, policy),
    rawMetres: measureRaw(fixes),
    flags: raiseFlags(trace, judged.jumps, fixes.conflicts),
  }
}

/** The results of a day that was read, for every grid in force on some part of it. */
export function matchReadDay(
  read: WorkerDay,
  grids: readonly AssignedGrid[],
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
  ground?: TownGround,
): PatrolDay[] {
  const { from, to } = dayBounds(read.date)
  const inForce = grids.filter((grid) => (grid.from ?? from) < to && (grid.to ?? to) > from)
  return findInsideSpans(read.path, inForce).map((inside) =>
    describe(read, inside, households, policy, ground),
  )
}

function describe(
  read: WorkerDay,
  inside: InsideSpans,
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
  ground: TownGround | undefined,
): PatrolDay {
  const { path } = read
  const tallies = tallySpans(path, read.metres, inside.spans)
  const rounds = countRounds(path, inside.spans, policy)
  const stayIsInside = new Uint8Array(read.stays.length)
  const { count, segment } = inside.spans
  for (let i = 0; i < count; i++) {
    const stay = path.stay[segment[i]!]!
    if (stay >= 0) stayIsInside[stay] = 1
  }
  return {
    date: read.date,
    grid: inside.code,
    fixes: read.fixes.time.length,
    first: path.time[0]!,
    last: path.time.at(-1)!,
    ...tallies,
    seconds: wholeSeconds(tallies.milliseconds),
    rawMetres: read.rawMetres,
    stays: read.stays.map(({ from, to, place }, number) => ({
      from,
      to,
      longitude: place.longitude,
      latitude: place.latitude,
      inside: stayIsInside[number] === 1,
    })),
    rounds,
    hexagons: visitHexagons(path, inside, policy),
    households: passHouseholds(path, inside, households, policy),
    flags: read.flags,
    rules: judgeRules(policy.rules, {
      insideMilliseconds: tallies.milliseconds.inside,
      insideMetres: tallies.metres.inside,
      rounds,
    }),
    presence: presenceIn(path, inside.spans, policy),
    ...(ground && {
      lanes: passLanes(path, inside, ground.lanes, policy),
      places: passHouseholds(path, inside, ground.places, policy),
    }),
  }
}
