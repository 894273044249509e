/** Areas as they are read: the tree, and one area as the scope of other queries. */
import type { AreaGeometry, AreaLevel } from '../core/values.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface AreaSummary {
  readonly area_code: string
  readonly parent_code: string | null
  readonly level: AreaLevel
  readonly name: string
  readonly town_id: string | null
  /** Codes from the root down to the area itself. */
  readonly lineage: readonly string[]
  readonly west: number | null
  readonly south: number | null
  readonly east: number | null
  readonly north: number | null
  readonly grids: number
  readonly households: number
  readonly last_patrol_day: string | null
  readonly last_incident_at: number | null
}

/** One area and what of the tables lies in it. */
export interface AreaScope {
  readonly code: string
  readonly level: AreaLevel
  readonly name: string
  readonly lineage: readonly string[]
  readonly towns: readonly string[]
  /** The village, when the area is one. */
  readonly village: string | null
  readonly boundary: AreaGeometry | null
}

const listAreasQuery = sql<AreaSummary>('areas/list-areas')
const listTownsQuery = sql<{ area_code: string }>('areas/list-towns')
const findAreaQuery = sql<{
  area_code: string
  level: AreaLevel
  name: string
  town_id: string | null
  lineage: string[]
  boundary: string | null
  towns: string[]
}>('areas/find-area')

/** The viewer's areas and those above them, roots first, with the grids in force `at`; counties hold the sums of their towns. */
export async function listAreas(db: Scoped, at: number): Promise<AreaSummary[]> {
  const rows = await db.many(listAreasQuery, [at])
  return rows.map((area) => (area.level === 'county' ? withSums(area, rows) : area))
}

function withSums(county: AreaSummary, rows: readonly AreaSummary[]): AreaSummary {
  const towns = rows.filter((one) => one.level === 'township' && one.lineage.includes(county.area_code))
  const sum = (count: (town: AreaSummary) => number): number => towns.reduce((n, town) => n + count(town), 0)
  const boxes = towns.filter((town) => town.west !== null)
  const hull = (pick: (...of: number[]) => number, key: 'west' | 'south' | 'east' | 'north'): number | null =>
    county[key] ?? (boxes.length === 0 ? null : pick(...boxes.map((town) => town[key] as number)))
  return {
    ...county,
    west: hull(Math.min, 'west'),
    south: hull(Math.min, 'south'),
    east: hull(Math.max, 'east'),
    north: hull(Math.max, 'north'),
    grids: sum((town) => town.grids),
    households: sum((town) => town.households),
    last_patrol_day: latest(towns.map((town) => town.last_patrol_day)),
    last_incident_at: latest(towns.map((town) => town.last_incident_at)),
  }
}

const latest = <T extends string | number>(values: readonly (T | null)[]): T | null =>
  values.reduce<T | null>((best, one) => (best === null || (one !== null && one > best) ? one : best), null)

/** Codes of the townships the viewer may see, rising; of these the one asked for, unless it is null. */
export async function listTowns(db: Scoped, asked: string | null): Promise<string[]> {
  return (await db.many(listTownsQuery, [asked])).map((row) => row.area_code)
}

/** The area if the viewer may see it, else undefined. */
export async function findArea(db: Scoped, code: string): Promise<AreaScope | undefined> {
  const row = await db.maybeOne(findAreaQuery, [code])
  return (
    row && {
      code: row.area_code,
      level: row.level,
      name: row.name,
      lineage: row.lineage,
      towns: row.towns,
      village: row.level === 'village' ? row.area_code : null,
      boundary: row.boundary === null ? null : (JSON.parse(row.boundary) as AreaGeometry),
    }
  )
}

const findExtentQuery = sql<{
  west: number | null
  south: number | null
  east: number | null
  north: number | null
}>('areas/find-extent')

/** The box around all areas the viewer may see, degrees; null without any boundary. */
export async function findExtent(db: Scoped): Promise<[number, number, number, number] | null> {
  const { west, south, east, north } = await db.one(findExtentQuery)
  return west === null || south === null || east === null || north === null
    ? null
    : [west, south, east, north]
}
