/**
 * The nightly watch: for each township and category, clusters of the weeks before the night that chance alone would seldom show become
 * drafts of a hazard case, and earlier warnings are measured by what came after. A night is looked at once.
 */
import { daysOfNight, type FoundWarning, type WarningInput } from '../../core/analysis/find-warnings.ts'
import { tableOf } from '../../core/analysis/records.ts'
import { pointToHexagon } from '../../core/hexagons/hexagon.ts'
import { hexagonsCovering } from '../../core/hexagons/study-area.ts'
import { usualWarnings, type WarningPolicy, warningPolicyOf } from '../../core/policy/warning-policy.ts'
import { addDays, dayBounds, daysBetween, localDayOf } from '../../core/trajectories/local-day.ts'
import { type AreaScope, findArea } from '../../db/areas.ts'
import type { Database } from '../../db/database.ts'
import { listIncidentRecords } from '../../db/incidents.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'
import {
  keepNight,
  listUnmeasuredWarnings,
  listUnwatchedTowns,
  measureWarning,
  type NewWarning,
} from '../../db/warnings.ts'

export interface WatchOptions {
  /** Epoch milliseconds. */
  readonly now: number
  readonly signal: AbortSignal
  /** The pure work, in a thread of the service or here. */
  readonly find: (input: WarningInput, signal: AbortSignal) => Promise<readonly FoundWarning[]>
}

export interface Watched {
  readonly towns: number
  readonly warnings: number
}

/** From midnight on, in milliseconds: a night's incidents are in by two o'clock. */
export const startOfNight = 2 * 3_600_000
/** Hexagons of a township that its share of warned ground is counted of, at most. */
const mostHexagons = 200_000

/** Each township in a transaction of its own: it can be ended at any moment. @throws DatabaseError; the reason of the signal */
export async function watchTowns(db: Database, options: WatchOptions): Promise<Watched> {
  const { now, signal } = options
  const system = db.system({ signal })
  const night = localDayOf(now - startOfNight)
  const since = dayBounds(daysOfNight(night, usualWarnings).from).from
  const watched = { towns: 0, warnings: 0 }
  for (const { town_id: town } of await listUnwatchedTowns(system, night, since)) {
    signal.throwIfAborted()
    const area = await findArea(system, town)
    if (!area) continue
    watched.warnings += (await watchTown(system, area, night, options)) ?? 0
    watched.towns++
  }
  return watched
}

/** @returns drafts that are new; null when another service kept the night at the same time */
async function watchTown(
  db: Scoped,
  area: AreaScope,
  night: string,
  { now, signal, find }: WatchOptions,
): Promise<number | null> {
  const policy = await warningPolicyFor(db, area, night)
  const days = daysOfNight(night, policy)
  const records = await listIncidentRecords(db, area, dayBounds(days.from).from, dayBounds(night).from)
  const found = await find({ table: tableOf(records), studyArea: area.boundary, night, policy }, signal)
  await measureWarnings(db, area, night, policy)
  const hexagons = area.boundary
    ? hexagonsCovering(area.boundary, policy.resolution, mostHexagons).length
    : Number.NaN
  const drafts = found.map((one, i) => draftOf(one, i, area.code, night, hexagons))
  return keepNight(db, area.code, night, drafts, { quietDays: policy.quietDays, now })
}

export async function warningPolicyFor(
  db: Scoped,
  area: Pick<AreaScope, 'lineage'>,
  day: string,
): Promise<WarningPolicy> {
  const policy = await findPolicy(db, area, 'warning', day)
  return warningPolicyOf((policy?.rules ?? {}) as Readonly<Record<string, unknown>>)
}

const draftOf = (
  one: FoundWarning,
  index: number,
  town: string,
  night: string,
  hexagons: number,
): NewWarning => ({
  town_id: town,
  warning_id: `${town}-${night}-${index + 1}`,
  night,
  category: one.category,
  method: one.method,
  longitude: one.centre[0],
  latitude: one.centre[1],
  radius_metres: one.radiusMetres,
  hexagons: one.hexagons,
  from_day: one.from,
  to_day: one.to,
  observed: one.observed,
  expected: one.expected,
  p: one.p,
  recurrence_days: one.recurrenceDays,
  // Without a boundary the warned hexagons are all the ground that is known.
  area_share: hexagons > 0 ? Math.min(1, one.hexagons.length / hexagons) : 1,
})

/** What happened on the warned ground in the days after, against what the weeks before the cluster give. */
async function measureWarnings(
  db: Scoped,
  area: AreaScope,
  night: string,
  policy: WarningPolicy,
): Promise<void> {
  const { followDays } = policy
  for (const one of await listUnmeasuredWarnings(db, area.code, addDays(night, -followDays))) {
    const before = daysOfNight(one.night, policy).from
    const end = addDays(one.night, followDays)
    const records = await listIncidentRecords(db, area, dayBounds(before).from, dayBounds(end).from)
    const hexagons = new Set(one.hexagons)
    const [cluster, start] = [dayBounds(one.from_day).from, dayBounds(one.night).from]
    let [observed, usual, total] = [0, 0, 0]
    for (const { category, occurredAt, longitude, latitude } of records) {
      if (category !== one.category || longitude === null || latitude === null) continue
      const isInside = hexagons.has(pointToHexagon(longitude, latitude, policy.resolution))
      if (occurredAt >= start) {
        total++
        if (isInside) observed++
      } else if (occurredAt < cluster && isInside) usual++
    }
    const expected = (usual / daysBetween(before, one.from_day)) * followDays
    await measureWarning(db, area.code, one.warning_id, { days: followDays, observed, expected, total })
  }
}
