/** Patrol days as they leave the server: names masked, instants in ISO, seconds since local midnight in the strip. */
import type { Match } from '../contract/match.ts'
import type { PatrolDayDetail, PatrolDayRow, TracePiece } from '../contract/patrols.ts'
import { maskName } from '../core/policy/mask.ts'
import type { PatrolPolicy } from '../core/policy/patrol-policy.ts'
import { dayBounds } from '../core/trajectories/local-day.ts'
import type { GridHousehold } from '../db/households.ts'
import type { PatrolDayRecord, StoredPatrolDay } from '../db/patrols.ts'
import { isoInstant } from './parse.ts'

export const presentPatrolDayRow = (row: PatrolDayRecord): PatrolDayRow => ({
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
  households: { passed: row.households_passed, total: row.households_total },
  rules: row.rules.map((rule) => ({ ...rule })),
  met: row.rules_met,
  flags: [...row.flags],
  strip: presentStrip(row),
})

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
  /** Of the grids, and those passed elsewhere. */
  readonly households: readonly GridHousehold[]
  readonly policy: PatrolPolicy
  readonly reveal: boolean
}

export function presentDayDetail(detail: DayDetail): PatrolDayDetail {
  const { day, rows, results, stored, households, policy, reveal } = detail
  const name = rows[0]?.name ?? ''
  // Every grid's result carries the same trace: the day's, against all grids together.
  const trace = (stored[0]?.pieces ?? []).map(
    ({ label, from, to, coordinates, reason }): TracePiece => ({
      label,
      from: isoInstant(from),
      to: isoInstant(to),
      coordinates: coordinates.map(([x, y]) => [x, y]),
      reason: reason ?? null,
    }),
  )
  const passed = new Set(stored.flatMap((one) => one.households.passed))
  return {
    worker: rows[0]?.worker_id ?? '',
    name: reveal ? name : maskName(name),
    role: rows[0]?.role ?? '',
    day,
    bbox: bboxOf(trace.flatMap((piece) => piece.coordinates)),
    days: rows.map(presentPatrolDayRow),
    results: [...results],
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
    households_passed: households
      .filter((one) => passed.has(one.id))
      .map(({ id, longitude, latitude }) => ({ id, lon: longitude, lat: latitude })),
    households_missed: households
      .filter((one) => !passed.has(one.id))
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
