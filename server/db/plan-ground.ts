/** The ground a plan divides: villages, lines on the ground, sites, households, and the division in force. */
import type { MultiLineString } from 'geojson'
import type { RoadLine, WaterBody } from '../core/planning/barrier-rank.ts'
import type { PlanHousehold, Site } from '../core/planning/values.ts'
import type { AreaGeometry, GridKind } from '../core/values.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

/** The part of a town that a plan is about. */
export interface PlanGround {
  readonly town: string
  /** Code of the village or township. */
  readonly area: string
  /** The village, or null for all of the township. */
  readonly village: string | null
}

/** A grid in force. */
export interface StandingGrid {
  readonly code: string
  readonly name: string | null
  readonly kind: GridKind
  readonly village: string | null
  readonly parent: string | null
  readonly geometry: AreaGeometry
  /** Another one as soon as anything of the version differs. */
  readonly mark: string
}

interface ShapeRow {
  readonly name: string | null
  readonly boundary: string
}

const areasQuery = sql<{ area_code: string; boundary: string | null }>('plans/list-areas')
const roadsQuery = sql<{ road_id: string; name: string | null; class: string; path: string }>(
  'plans/list-roads',
)
const waterQuery = sql<ShapeRow & { land_id: string }>('plans/list-water')
const naturalVillagesQuery = sql<ShapeRow & { village_id: string }>('plans/list-natural-villages')
const buildingsQuery = sql<ShapeRow & { building_id: string }>('plans/list-buildings')
const householdsQuery = sql<{
  household_id: string
  longitude: number
  latitude: number
  persons: number
  must_visit: boolean
}>('plans/list-households')
const divisionQuery = sql<{
  grid_code: string
  name: string | null
  kind: GridKind
  village_code: string | null
  parent_code: string | null
  boundary: string
  mark: string
}>('plans/list-division')

/** Administrative villages with an outline; those without one cannot be divided. */
export async function listPlanVillages(
  db: Scoped,
  ground: PlanGround,
): Promise<{ code: string; boundary: AreaGeometry | null }[]> {
  const rows = await db.many(areasQuery, [ground.town, ground.village])
  return rows.map((row) => ({
    code: row.area_code,
    boundary: row.boundary === null ? null : shapeOf(row.boundary),
  }))
}

export async function listRoadLines(db: Scoped, ground: PlanGround): Promise<RoadLine[]> {
  const rows = await db.many(roadsQuery, [ground.town, ground.area])
  return rows.map((row) => ({
    id: row.road_id,
    name: row.name,
    class: row.class,
    path: JSON.parse(row.path) as MultiLineString,
  }))
}

export async function listWaterBodies(db: Scoped, ground: PlanGround): Promise<WaterBody[]> {
  const rows = await db.many(waterQuery, [ground.town, ground.area])
  return rows.map((row) => ({ id: row.land_id, name: row.name, boundary: shapeOf(row.boundary) }))
}

export async function listNaturalVillages(db: Scoped, ground: PlanGround): Promise<Site[]> {
  const rows = await db.many(naturalVillagesQuery, [ground.town, ground.area])
  return rows.map((row) => ({ id: row.village_id, name: row.name, geometry: shapeOf(row.boundary) }))
}

export async function listPlanBuildings(db: Scoped, ground: PlanGround): Promise<Site[]> {
  const rows = await db.many(buildingsQuery, [ground.town, ground.area])
  return rows.map((row) => ({ id: row.building_id, name: row.name, geometry: shapeOf(row.boundary) }))
}

export async function listPlanHouseholds(db: Scoped, ground: PlanGround): Promise<PlanHousehold[]> {
  const rows = await db.many(householdsQuery, [ground.town, ground.village])
  return rows.map((row) => ({
    id: row.household_id,
    longitude: row.longitude,
    latitude: row.latitude,
    persons: row.persons,
    mustVisit: row.must_visit,
  }))
}

/** The division in force at a moment, by code. */
export async function listStanding(db: Scoped, ground: PlanGround, at: number): Promise<StandingGrid[]> {
  const rows = await db.many(divisionQuery, [ground.town, ground.village, at])
  return rows.map((row) => ({
    code: row.grid_code,
    name: row.name,
    kind: row.kind,
    village: row.village_code,
    parent: row.parent_code,
    geometry: shapeOf(row.boundary),
    mark: row.mark,
  }))
}

const shapeOf = (text: string): AreaGeometry => JSON.parse(text) as AreaGeometry
