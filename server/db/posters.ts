/** What posters are made from: the ground of a box, and the team of a grid with its phones. */
import type { MultiLineString } from 'geojson'
import type { PosterGround } from '../core/posters/map-input.ts'
import type { AreaGeometry } from '../core/values.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface TeamRow {
  readonly worker_id: string
  /** Personal, like the phone. */
  readonly name: string
  readonly phone: string | null
  readonly role: string
}

const landQuery = sql<{ land_id: string; kind: 'water' | 'green'; name: string | null; boundary: string }>(
  'posters/list-land',
)
const roadsQuery = sql<{ road_id: string; name: string | null; class: string; path: string }>(
  'posters/list-roads',
)
const buildingsQuery = sql<{ boundary: string }>('posters/list-buildings')
const naturalVillagesQuery = sql<{ village_id: string; name: string; boundary: string }>(
  'posters/list-natural-villages',
)
const placesQuery = sql<{
  place_id: string
  kind: string
  name: string
  longitude: number
  latitude: number
}>('posters/list-places')
const householdsQuery = sql<{ longitude: number; latitude: number }>('posters/list-households')
const villagesQuery = sql<{ area_code: string; name: string; boundary: string }>('posters/list-villages')
const namesQuery = sql<{ name: string }>('posters/list-names')
const findGridsQuery = sql<{ town_id: string; area_code: string }>('posters/find-grids')
const teamQuery = sql<TeamRow>('posters/list-team')

/**
 * Everything on the ground of a box, in the viewer's scope. Households are read only where no building is known.
 * @param box west, south, east, north in degrees
 * @param village code of the village the map is of, left out of the villages around
 */
export async function loadPosterGround(
  db: Scoped,
  box: readonly number[],
  village: string,
): Promise<PosterGround> {
  const land = await db.many(landQuery, [box])
  const roads = await db.many(roadsQuery, [box])
  const buildings = await db.many(buildingsQuery, [box])
  const naturalVillages = await db.many(naturalVillagesQuery, [box])
  const places = await db.many(placesQuery, [box])
  const households = buildings.length > 0 ? [] : await db.many(householdsQuery, [box])
  const villages = await db.many(villagesQuery, [box])
  return {
    land: land.map((row) => ({
      id: row.land_id,
      kind: row.kind,
      name: row.name,
      geometry: shapeOf(row.boundary),
    })),
    roads: roads.map((row) => ({
      id: row.road_id,
      name: row.name,
      class: row.class,
      path: JSON.parse(row.path) as MultiLineString,
    })),
    buildings: buildings.map((row) => shapeOf(row.boundary)),
    naturalVillages: naturalVillages.map((row) => ({
      id: row.village_id,
      name: row.name,
      geometry: shapeOf(row.boundary),
    })),
    places: places.map((row) => ({
      id: row.place_id,
      kind: row.kind,
      name: row.name,
      position: [row.longitude, row.latitude],
    })),
    households: households.map((row) => [row.longitude, row.latitude]),
    villages: villages
      .filter((row) => row.area_code !== village)
      .map((row) => ({ code: row.area_code, name: row.name, geometry: shapeOf(row.boundary) })),
  }
}

/** Names of areas, in the order of the codes. */
export async function listAreaNames(db: Scoped, codes: readonly string[]): Promise<string[]> {
  return (await db.many(namesQuery, [codes])).map((row) => row.name)
}

/** Where the grids of a code lie: one of each town that uses it. @param area one above the grid, null = any */
export const findGridsOfCode = (
  db: Scoped,
  code: string,
  at: number,
  area: string | null,
): Promise<{ town_id: string; area_code: string }[]> => db.many(findGridsQuery, [code, at, area])

/** Leaders first. */
export const listTeamWithPhones = (db: Scoped, town: string, grid: string, at: number): Promise<TeamRow[]> =>
  db.many(teamQuery, [town, grid, at])

const shapeOf = (text: string): AreaGeometry => JSON.parse(text) as AreaGeometry
