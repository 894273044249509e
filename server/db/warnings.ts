/** Early warnings as they are kept. Days are YYYY-MM-DD. */
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export type WarningState = 'draft' | 'confirmed' | 'dismissed'

export interface WarningRow {
  readonly town_id: string
  readonly warning_id: string
  readonly night: string
  readonly category: string
  readonly method: 'scan' | 'emerging'
  readonly longitude: number
  readonly latitude: number
  readonly radius_metres: number
  readonly hexagons: readonly string[]
  readonly grid_code: string | null
  readonly from_day: string
  readonly to_day: string
  readonly observed: number
  readonly expected: number
  readonly p: number
  readonly recurrence_days: number
  readonly state: WarningState
  readonly decided_by: string | null
  readonly decided_at: number | null
  readonly reason: string | null
  /** The hazard case it opened. */
  readonly incident_id: string | null
  readonly followed_days: number | null
  readonly followed_observed: number | null
  readonly followed_expected: number | null
}

/** A draft as a night finds it. */
export type NewWarning = Omit<
  WarningRow,
  | 'grid_code'
  | 'state'
  | 'decided_by'
  | 'decided_at'
  | 'reason'
  | 'incident_id'
  | 'followed_days'
  | 'followed_observed'
  | 'followed_expected'
> & { readonly area_share: number }

export interface AccuracyRow {
  readonly warnings: number
  readonly followed: number
  readonly observed: number
  readonly total: number
  readonly area_share: number | null
}

export type UnmeasuredWarning = Pick<
  WarningRow,
  'warning_id' | 'night' | 'category' | 'hexagons' | 'from_day' | 'observed'
>

const townsQuery = sql<{ town_id: string; lineage: string[] }>('warnings/list-towns')
const insertNightQuery = sql('warnings/insert-night')
const insertWarningsQuery = sql('warnings/insert-warnings')
const listQuery = sql<WarningRow>('warnings/list-warnings')
const accuracyQuery = sql<AccuracyRow>('warnings/sum-accuracy')
const countStatesQuery = sql<Readonly<Record<WarningState, number>>>('warnings/count-states')
const decideQuery = sql('warnings/decide')
const setCaseQuery = sql('warnings/set-case')
const unmeasuredQuery = sql<UnmeasuredWarning>('warnings/list-unmeasured')
const measureQuery = sql('warnings/measure')

/** Townships with incidents since `from` whose night was not looked at yet. */
export const listUnwatchedTowns = (
  db: Scoped,
  night: string,
  from: number,
): Promise<{ town_id: string; lineage: string[] }[]> => db.many(townsQuery, [night, from])

/** Keeps a night with its drafts: all or nothing. @returns how many drafts are new; null when the night was kept before */
export const keepNight = (
  db: Scoped,
  town: string,
  night: string,
  drafts: readonly NewWarning[],
  { quietDays, now }: { readonly quietDays: number; readonly now: number },
): Promise<number | null> =>
  db.transaction(async (open) => {
    if ((await open.none(insertNightQuery, [town, night, drafts.length, now])) === 0) return null
    return drafts.length === 0 ? 0 : open.none(insertWarningsQuery, [JSON.stringify(drafts), quietDays])
  })

/** A page, newest first, after a (night, town, id) key. */
export const listWarnings = (
  db: Scoped,
  area: AreaScope,
  filter: { readonly state: WarningState | null; readonly id: string | null },
  after: readonly string[] | null,
  limit: number,
): Promise<WarningRow[]> =>
  db.many(listQuery, [
    area.towns,
    area.village,
    filter.state,
    filter.id,
    after?.[0] ?? null,
    after?.[1] ?? null,
    after?.[2] ?? null,
    limit,
  ])

export const sumWarningAccuracy = (db: Scoped, area: AreaScope): Promise<AccuracyRow> =>
  db.one(accuracyQuery, [area.towns, area.village])

export const countWarningStates = (
  db: Scoped,
  area: AreaScope,
): Promise<Readonly<Record<WarningState, number>>> => db.one(countStatesQuery, [area.towns, area.village])

/** @returns false when it was decided before */
export const decideWarning = async (
  db: Scoped,
  { town_id, warning_id }: Pick<WarningRow, 'town_id' | 'warning_id'>,
  decision: {
    readonly state: WarningState
    readonly by: string
    readonly at: number
    readonly reason: string
  },
): Promise<boolean> =>
  (await db.none(decideQuery, [
    town_id,
    warning_id,
    decision.state,
    decision.by,
    decision.at,
    decision.reason,
  ])) > 0

/** Which incident it opened. */
export const setCase = (
  db: Scoped,
  { town_id, warning_id }: Pick<WarningRow, 'town_id' | 'warning_id'>,
  incident: string,
): Promise<number> => db.none(setCaseQuery, [town_id, warning_id, incident])

export const listUnmeasuredWarnings = (
  db: Scoped,
  town: string,
  upTo: string,
): Promise<UnmeasuredWarning[]> => db.many(unmeasuredQuery, [town, upTo])

export const measureWarning = (
  db: Scoped,
  town: string,
  id: string,
  followed: {
    readonly days: number
    readonly observed: number
    readonly expected: number
    readonly total: number
  },
): Promise<number> =>
  db.none(measureQuery, [town, id, followed.days, followed.observed, followed.expected, followed.total])
