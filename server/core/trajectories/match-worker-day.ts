import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Fix, HouseholdPoint } from '../values.ts'
import { boundMetresInside, timeAtBoundary } from './bound-error.ts'
import { collapseStays, type Path } from './collapse-stays.ts'
import { countRounds, type Presence, presenceIn } from './count-rounds.ts'
import { cutTrace } from './cut-trace.ts'
import { estimateErrors } from './estimate-errors.ts'
import { type AssignedGrid, findInsideSpans, type InsideSpans } from './find-inside-spans.ts'
import { findStays } from './find-stays.ts'
import { findToleratedSpans } from './find-tolerated-spans.ts'
import { type JudgedTrace, judgeFixes } from './judge-fixes.ts'
import { judgeRules, type RuleResult } from './judge-rules.ts'
import type { TownLanes } from './lay-lanes.ts'
import { dayBounds, fixesNeededFor } from './local-day.ts'
import { type Movement, measureMovement } from './measure-movement.ts'
import { measureRaw } from './measure-raw.ts'
import { fixesBetween, type OrderedFixes, orderFixes } from './order-fixes.ts'
import { type HouseholdsPassed, passHouseholds } from './pass-households.ts'
import { type LanesWalked, passLanes } from './pass-lanes.ts'
import { type DayFlag, raiseFlags } from './raise-flags.ts'
import type { Spans } from './spans.ts'
import type { Stay } from './stay-core.ts'
import { sumSpans, type Tallies, tallySpans } from './tally-spans.ts'
import type { Trace } from './trace.ts'
import { trimStays } from './trim-stays.ts'
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
  /** 95 % bound of the error of `metres.inside`, from the accuracies (`boundMetresInside`). */
  readonly insideErrorMetres: number
  /** Milliseconds inside that hang on fixes nearer to the boundary than their error radius. */
  readonly boundaryMilliseconds: number
  /**
   * Time and movement inside with the boundary's tolerance (`findToleratedSpans`), never less than strictly; null where nobody is assigned.
   */
  readonly tolerant: { readonly milliseconds: number; readonly metres: number } | null
  /** Which figures inside the rules judged. */
  readonly judged: PatrolPolicy['boundary']
  /** When the worker was there. */
  readonly presence: readonly Presence[]
  /** Absent where the ground was not given. */
  readonly lanes?: LanesWalked
  readonly places?: HouseholdsPassed
}

/** What of a town can be reached on foot. The same objects again for the same town: they are indexed once. */
export interface TownGround {
  readonly lanes: TownLanes
  readonly places: readonly HouseholdPoint[]
}

/** A day's trace, read as far as that goes without knowing any grid. */
export interface WorkerDay {
  readonly date: string
  readonly fixes: OrderedFixes
  /** The day's part of the judged trace … */
  readonly trace: Trace
  /** … and what was walked of it: only what stands still of its stays stands at one place. */
  readonly path: Path
  readonly stays: readonly { readonly from: number; readonly to: number; readonly place: Stay }[]
  /** For each part of a stay that the path numbers (`Path.stay`), the number of the stay. */
  readonly stayOfPart: readonly number[]
  readonly movement: Movement
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
  const stated = cutTrace(judged.trace, from, to)
  const errors = estimateErrors(stated, policy)
  const { trace, memory } = errors
  const stays = findStays(trace, policy)
  const { parts, unrest, stayOfPart } = trimStays(stated, errors, stays, policy)
  const path = collapseStays(trace, parts)
  return {
    date: day,
    fixes,
    trace,
    path,
    stays: stays.map((place) => ({ from: trace.time[place.first]!, to: trace.time[place.last]!, place })),
    stayOfPart,
    movement: measureMovement(path, memory, unrest, policy),
    rawMetres: measureRaw(fixes),
    flags: raiseFlags(stated, judged.jumps, fixes.conflicts),
  }
}

/** The results of a day that was read, for every grid in force on some part of it. @param areAssigned whether the worker answers for them. */
export function matchReadDay(
  read: WorkerDay,
  grids: readonly AssignedGrid[],
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
  { areAssigned = true, ground }: MatchReadOptions = {},
): PatrolDay[] {
  const { from, to } = dayBounds(read.date)
  const inForce = grids.filter((grid) => (grid.from ?? from) < to && (grid.to ?? to) > from)
  const insides = findInsideSpans(read.path, inForce)
  const tolerated = areAssigned ? findToleratedSpans(read.path, inForce, insides, policy) : []
  return insides.map((inside, k) =>
    describe(read, { inside, tolerated: tolerated[k], inForce, households, ground }, policy),
  )
}

export interface MatchReadOptions {
  /** False where nobody is assigned: then no tolerance counts. Default: true. */
  readonly areAssigned?: boolean
  /** Absent: lanes and places are not looked at. */
  readonly ground?: TownGround | undefined
}

/** A grid as seen from a day's path. */
interface GridView {
  readonly inside: InsideSpans
  /** Undefined where nobody is assigned. */
  readonly tolerated: Spans | undefined
  readonly inForce: readonly AssignedGrid[]
  readonly households: readonly HouseholdPoint[]
  readonly ground: TownGround | undefined
}

function describe(read: WorkerDay, view: GridView, policy: PatrolPolicy): PatrolDay {
  const { path, movement } = read
  const { inside, tolerated, inForce, households, ground } = view
  const tallies = tallySpans(path, movement.metres, inside.spans)
  const added = tolerated && sumSpans(path, movement.metres, tolerated)
  const tolerant = added && {
    milliseconds: tallies.milliseconds.inside + added.milliseconds,
    metres: tallies.metres.inside + added.metres,
  }
  const judged = policy.boundary === 'tolerant' && tolerant
  const rounds = countRounds(path, inside.spans, policy)
  const stayIsInside = staysInside(read, inside.spans)
  const insideErrorMetres = boundMetresInside(path, movement, inside.spans, policy)
  const boundaryMilliseconds = timeAtBoundary(
    path,
    inForce.filter(({ code }) => code === inside.code),
    inside.spans,
    policy,
  )
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
      inside: stayIsInside[number]!,
    })),
    rounds,
    hexagons: visitHexagons(path, inside, policy),
    households: passHouseholds(path, inside, households, policy),
    flags: read.flags,
    rules: judgeRules(policy.rules, {
      insideMilliseconds: judged ? judged.milliseconds : tallies.milliseconds.inside,
      insideMetres: judged ? judged.metres : tallies.metres.inside,
      rounds,
      boundaryMilliseconds,
      insideErrorMetres,
    }),
    insideErrorMetres,
    boundaryMilliseconds,
    tolerant: tolerant ?? null,
    judged: judged ? 'tolerant' : 'strict',
    presence: presenceIn(path, inside.spans, policy),
    ...(ground && {
      lanes: passLanes(path, inside, ground.lanes, policy),
      places: passHouseholds(path, inside, ground.places, policy),
    }),
  }
}

/** Whether each stay is inside: some part of it that stood still or, of one that has none, the path in the middle of its time. */
function staysInside({ path, stays, stayOfPart }: WorkerDay, spans: Spans): boolean[] {
  const hasPart = new Set(stayOfPart)
  const isInside = stays.map(() => false)
  const { count, segment, from, to } = spans
  for (let i = 0; i < count; i++) {
    const part = path.stay[segment[i]!]!
    if (part >= 0) isInside[stayOfPart[part]!] = true
  }
  stays.forEach((stay, number) => {
    if (hasPart.has(number)) return
    const middle = (stay.from + stay.to) / 2
    for (let i = 0; i < count; i++) {
      const start = path.time[segment[i]!]!
      const share = (middle - start) / (path.time[segment[i]! + 1]! - start)
      if (from[i]! <= share && share <= to[i]!) isInside[number] = true
    }
  })
  return isInside
}
