/** Patrol days as they leave the server: names masked, instants in ISO, seconds since local midnight in the strip. */
import { type Match, presentVerdict } from '../contract/match.ts'
import type { PatrolDayDetail, PatrolDayRow, TracePiece } from '../contract/patrols.ts'
import { maskName } from '../core/policy/mask.ts'
import type { PatrolPolicy } from '../core/policy/patrol-policy.ts'
import type { RuleResult } from '../core/trajectories/judge-rules.ts'
import type { TracePiece as CorePiece } from '../core/trajectories/label-trace.ts'
import { dayBounds } from '../core/trajectories/local-day.ts'
import { type ErrorVerdict, isAllWithinError } from '../core/trajectories/within-error.ts'
import type { GridHousehold } from '../db/households.ts'
import type { DrawnVertex } from '../db/matching.ts'
import type { PatrolDayRecord, StoredPatrolDay } from '../db/patrols.ts'
import { isoInstant } from './parse.ts'

/** @param seesHouseholds false: their numbers are kept back */
export const presentPatrolDayRow = (row: PatrolDayRecord, seesHouseholds: boolean): PatrolDayRow => ({
  worker: row.worker_id,
  name: maskName(row.name),
  role: row.role,
  day: row.day,
  grid: row.grid_code,
  fixes: row.fixes,
  first: isoInstant(row.first_at),
  last: isoInstant(row.last_at),
  seconds: {
    inside: row.seconds_inside,
    outside: row.seconds_outside,
    unobserved: row.seconds_unobserved,
    unreliable: row.seconds_unreliable,
  },
  metres: {
    inside: tenths(row.metres_inside),
    outside: tenths(row.metres_outside),
    raw: tenths(row.metres_raw),
  },
  rounds: row.rounds,
  hexagons: { visited: row.hexagons_visited, in_grid: row.hexagons_in_grid },
  households: seesHouseholds ? { passed: row.households_passed, total: row.households_total } : keptBack,
  rules: row.rules.map(presentVerdict),
  met: row.rules_met,
  within_error: row.rules_met === null ? null : isAllWithinError(row.rules.map(errorVerdict)),
  flags: [...row.flags],
  strip: presentStrip(row),
})

/** Of a day matched before errors were kept the field is missing. */
const errorVerdict = ({ met, withinError }: RuleResult): ErrorVerdict => ({
  met,
  withinError: withinError ?? null,
})

const keptBack = { passed: null, total: null }

function presentStrip({ day, strip }: PatrolDayRecord): PatrolDayRow['strip'] {
  const midnight = dayBounds(day).from
  const seconds = (time: number): number => Math.round((time - midnight) / 1000)
  return (strip ?? []).map(([label, from, to]) => ({ label, from: seconds(from), to: seconds(to) }))
}

export interface DayDetail {
  readonly day: string
  /** The same day in each grid. */
  readonly rows: readonly PatrolDayRecord[]
  readonly results: readonly Match[]
  readonly stored: readonly StoredPatrolDay[]
  readonly drawn: readonly DrawnVertex[]
  /** Of the grids, and those passed elsewhere; null: the viewer sees neither them nor how many they are. */
  readonly households: readonly GridHousehold[] | null
  /** Households entered as visited that day: no trace need tell of them. */
  readonly visited: ReadonlySet<string>
  readonly policy: PatrolPolicy
  readonly reveal: boolean
}

export function presentDayDetail(detail: DayDetail): PatrolDayDetail {
  const { day, rows, results, stored, drawn, households, visited, policy, reveal } = detail
  const name = rows[0]?.name ?? ''
  // Every grid's result carries the same trace: the day's, against all grids together.
  const trace = tracePieces(stored[0]?.pieces ?? [], drawn)
  const passed = new Set(stored.flatMap((one) => one.households.passed))
  return {
    worker: rows[0]?.worker_id ?? '',
    name: reveal ? name : maskName(name),
    role: rows[0]?.role ?? '',
    day,
    bbox: bboxOf(trace.flatMap((piece) => piece.coordinates)),
    days: rows.map((row) => presentPatrolDayRow(row, households !== null)),
    results: households === null ? results.map((one) => ({ ...one, households: keptBack })) : [...results],
    margins: results.map(({ grid, metres, boundary_seconds, tolerant, judged: by }) => ({
      grid,
      inside_error: metres.inside_error,
      boundary_seconds,
      tolerant,
      judged: by,
    })),
    trace,
    stays: staysOf(results),
    hexagons: [...new Set(stored.flatMap((one) => one.hexagons.visited))].sort(),
    households_passed: (households ?? [])
      .filter((one) => passed.has(one.id))
      .map(({ id, longitude, latitude }) => ({ id, lon: longitude, lat: latitude })),
    households_missed: (households ?? [])
      .filter((one) => !passed.has(one.id) && !visited.has(one.id))
      .map(({ id, longitude, latitude, mustVisit }) => ({
        id,
        lon: longitude,
        lat: latitude,
        must_visit: mustVisit,
      })),
    policy: Object.fromEntries(
      Object.entries(policy).map(([key, value]) => [
        key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      ]),
    ),
  }
}

/** The stretches of a day with where they run: the vertices from the end of one to the end of the next. */
function tracePieces(stretches: StoredPatrolDay['pieces'], vertices: readonly DrawnVertex[]): TracePiece[] {
  let next = 0
  return stretches.map(({ label, from, to, reason }) => {
    const own: DrawnVertex[] = []
    while (next < vertices.length && vertices[next]!.time <= to) {
      const vertex = vertices[next++]!
      if (vertex.time >= from) own.push(vertex)
    }
    if (own.at(-1)?.time === to) next-- // where the next one begins
    return presentPiece({
      label,
      from,
      to,
      reason,
      coordinates: own.map(({ longitude, latitude }) => [longitude, latitude]),
      times: own.map(({ time }) => time),
    })
  })
}

export const presentPiece = (piece: CorePiece): TracePiece => ({
  label: piece.label,
  from: isoInstant(piece.from),
  to: isoInstant(piece.to),
  coordinates: piece.coordinates.map(([x, y]) => [x, y]),
  seconds: piece.times.map((time) => (time - piece.from) / 1000),
  reason: piece.reason ?? null,
})

/** A stay is one, however many grids it is looked at from; inside when it is inside any of them. */
function staysOf(results: readonly Match[]): PatrolDayDetail['stays'] {
  const stays = new Map<string, PatrolDayDetail['stays'][number]>()
  for (const stay of results.flatMap((one) => one.stays)) {
    const known = stays.get(stay.from)
    stays.set(stay.from, { ...stay, inside: stay.inside || known?.inside === true })
  }
  return [...stays.values()]
}

function bboxOf(coordinates: readonly (readonly [number, number])[]): PatrolDayDetail['bbox'] {
  if (coordinates.length === 0) return null
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of coordinates) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

const tenths = (metres: number): number => Math.round(metres * 10) / 10
