/** What has a position and nothing else to be checked: natural villages, buildings, roads, land, households, places, incidents. */
import type { Position } from 'geojson'
import { isOver, stateOfStatus } from '../core/incidents/life.ts'
import type { Flaw, Place } from '../core/values.ts'
import { toHexEwkb } from '../db/ewkb.ts'
import { markDaysAround, type ReachedKind, reachedKinds } from '../db/ground-changes.ts'
import { upsertRows } from '../db/imports.ts'
import type { RowOf } from '../formats/read-rows.ts'
import { type ImportContext, interiorPosition } from './import-context.ts'
import { importFlaw } from './import-flaws.ts'
import {
  count,
  distinct,
  type Found,
  type ImportRun,
  isoOrNull,
  readAll,
  refuse,
  reportWriting,
} from './import-run.ts'

export type GroundKind = 'villages' | 'buildings' | 'roads' | 'land' | 'households' | 'places' | 'incidents'

interface GroundWriter<Row> {
  /** A position that decides the town; null when the record has none. */
  position(row: Row): Position | null
  columns(row: Row, town: string, context: ImportContext): object & { readonly town_id: string }
  /** What the context says against a record. */
  refusal?(row: Row, place: Place, context: ImportContext): Flaw | undefined
}

const pointOf = (row: { readonly longitude: number; readonly latitude: number }): Position => [
  row.longitude,
  row.latitude,
]
const pointEwkb = (position: Position): string => toHexEwkb({ type: 'Point', coordinates: position })

const writers: { readonly [K in GroundKind]: GroundWriter<RowOf<K>> } = {
  villages: {
    position: (row) => interiorPosition(row.boundary),
    columns: (row, town, context) => ({
      town_id: town,
      village_id: row.id,
      village_code: context.villageAt(town, interiorPosition(row.boundary)),
      name: row.name,
      boundary: toHexEwkb(row.boundary),
    }),
  },
  buildings: {
    position: (row) => interiorPosition(row.boundary),
    columns: (row, town) => ({
      town_id: town,
      building_id: row.id,
      name: row.name ?? null,
      floors: row.floors ?? null,
      boundary: toHexEwkb(row.boundary),
    }),
  },
  roads: {
    position: (row) => middleOf(row.path.coordinates),
    columns: (row, town) => ({
      town_id: town,
      road_id: row.id,
      name: row.name ?? null,
      class: row.class ?? 'unclassified',
      path: toHexEwkb(row.path),
    }),
  },
  land: {
    position: (row) => interiorPosition(row.boundary),
    columns: (row, town) => ({
      town_id: town,
      land_id: row.id,
      kind: row.kind,
      name: row.name ?? null,
      boundary: toHexEwkb(row.boundary),
    }),
  },
  households: {
    refusal: (row, place, context) =>
      row.villageCode === undefined || context.villages.has(row.villageCode)
        ? undefined
        : importFlaw('village_unknown', place, undefined, row.villageCode),
    position: pointOf,
    columns: (row, town, context) => ({
      town_id: town,
      household_id: row.id,
      village_code: row.villageCode ?? context.villageAt(town, pointOf(row)),
      address: row.address ?? null,
      head: row.head ?? null,
      phone: row.phone ?? null,
      members: row.members ?? null,
      categories: row.categories,
      must_visit: row.mustVisit,
      position: pointEwkb(pointOf(row)),
    }),
  },
  places: {
    position: pointOf,
    columns: (row, town) => ({
      town_id: town,
      place_id: row.id,
      kind: row.kind,
      name: row.name,
      address: row.address ?? null,
      is_key: row.key,
      position: pointEwkb(pointOf(row)),
    }),
  },
  incidents: {
    position: (row) =>
      row.longitude === null || row.latitude === null ? null : [row.longitude, row.latitude],
    columns: (row, town) => ({
      town_id: town,
      incident_id: row.id,
      category: row.category,
      severity: row.severity ?? null,
      occurred_at: isoOrNull(row.occurredAt),
      status: statusOf(row.status),
      description: row.description ?? null,
      declared_grid_code: row.gridCode ?? null,
      position:
        row.longitude === null || row.latitude === null ? null : pointEwkb([row.longitude, row.latitude]),
      reported_at: row.reportedAt === undefined ? null : isoOrNull(row.reportedAt),
      urgency: row.urgency ?? 'ordinary',
      level: row.level ?? null,
      reporter: row.reporter ?? null,
      reporter_contact: row.reporterContact ?? null,
      household_id: row.household ?? null,
      place_id: row.place ?? null,
    }),
  },
}

/** The importer of each kind. */
export const groundImporters: { readonly [K in GroundKind]: (run: ImportRun) => Promise<void> } = {
  villages: async (run) => writeGround(run, 'villages', await readAll(run, 'villages'), writers.villages),
  buildings: async (run) => writeGround(run, 'buildings', await readAll(run, 'buildings'), writers.buildings),
  roads: async (run) => writeGround(run, 'roads', await readAll(run, 'roads'), writers.roads),
  land: async (run) => writeGround(run, 'land', await readAll(run, 'land'), writers.land),
  households: async (run) =>
    writeGround(run, 'households', await readAll(run, 'households'), writers.households),
  places: async (run) => writeGround(run, 'places', await readAll(run, 'places'), writers.places),
  incidents: async (run) => writeGround(run, 'incidents', await readAll(run, 'incidents'), writers.incidents),
}

async function writeGround<Row extends { readonly id: string }>(
  run: ImportRun,
  kind: GroundKind,
  found: readonly Found<Row>[],
  writer: GroundWriter<Row>,
): Promise<void> {
  const rows: (object & { readonly town_id: string })[] = []
  for (const { row, place } of distinct(run, found, (one) => one.id)) {
    const position = writer.position(row)
    const town = position === null ? onlyTown(run.context) : run.context.townAt(position)
    const flaw =
      writer.refusal?.(row, place, run.context) ??
      (town === null
        ? importFlaw('town_not_found', place, { area: run.context.area.code }, row.id)
        : undefined)
    if (flaw) refuse(run, [flaw])
    else if (town !== null) rows.push(writer.columns(row, town, run.context))
  }
  // What stands there is compared with what comes, so before it is written.
  if (isReached(kind)) await markDaysAround(run.db, kind, rows)
  count(run, rows.length, await upsertRows(run.db, kind, rows, reportWriting(run, rows.length)))
}

const isReached = (kind: GroundKind): kind is ReachedKind =>
  (reachedKinds as readonly string[]).includes(kind)

/** A word that says filed becomes the one that lists go by; any other stays as the file has it. */
const statusOf = (word = 'reported'): string => (isOver(stateOfStatus(word)) ? 'closed' : word)

const onlyTown = (context: ImportContext): string | null =>
  context.townIds.length === 1 ? (context.townIds[0] ?? null) : null

/** The middle vertex of the longest line. */
function middleOf(lines: readonly Position[][]): Position | null {
  const longest = lines.reduce<readonly Position[]>(
    (best, line) => (line.length > best.length ? line : best),
    [],
  )
  return longest[longest.length >> 1] ?? null
}
