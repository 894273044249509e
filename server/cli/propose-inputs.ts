/** What `wangge propose` reads: areas, barriers, households, and what a proposal keeps whole. */
import type { Position } from 'geojson'
import { areaSquareMetres } from '../core/geometry/area-square-metres.ts'
import { largestInscribedCircle } from '../core/geometry/inscribed-circle.ts'
import {
  eastMetres,
  latitudeAt,
  localMetricFrame,
  longitudeAt,
  northMetres,
} from '../core/geometry/local-metric-frame.ts'
import type { AtomInput, PlanVillage } from '../core/planning/atoms/input.ts'
import { barriersOfRoads } from '../core/planning/barrier-rank.ts'
import type { PlanHousehold, Site } from '../core/planning/values.ts'
import type { AreaGeometry, Flaw } from '../core/values.ts'
import { chooseLabels } from '../formats/choose-label.ts'
import { flaw } from '../formats/flaw-codes.ts'
import { fileAt } from '../formats/input-file.ts'
import { areas as areaRows } from '../formats/kinds/areas.ts'
import { defineKind, present } from '../formats/kinds/fields.ts'
import { households as householdRows } from '../formats/kinds/people.ts'
import { type FeatureRecord, readFeatureBatches } from '../formats/read-features.ts'
import { type Kind, type RowOf, readRows } from '../formats/read-rows.ts'
import type { ReadOptions } from '../formats/records.ts'

export interface ProposeFiles {
  readonly within: string
  readonly roads: string
  readonly households: string
  readonly villages: string | undefined
  readonly dedicated: string | undefined
  readonly buildings: string | undefined
}

/** What was read, with what was left out of it; or why nothing can be proposed. */
export type ProposeInputs =
  | {
      readonly input: AtomInput
      readonly refusals: readonly Flaw[]
      /** False where no household says how many live there: then persons are not known, which is not none. */
      readonly personsKnown: boolean
    }
  | { readonly flaws: readonly Flaw[] }

/**
 * Reads all files. An area or a dedicated site that cannot be read refuses all, since without it every grid would be
 * another; a road, household, natural village or building that cannot be read is left out and told.
 */
export async function readProposeInputs(files: ProposeFiles, options: ReadOptions): Promise<ProposeInputs> {
  const areas = await readSites(files.within, options)
  const dedicated = files.dedicated === undefined ? { sites: [] } : await readSites(files.dedicated, options)
  const roads = await collectRows(files.roads, 'roads', options)
  const villages = await collectRows(files.villages, 'villages', options)
  const buildings = await collectRows(files.buildings, 'buildings', options)
  const households = await readDwellings(files.households, options)
  const all = [areas, dedicated, roads, villages, buildings, households]
  const flaws = all.flatMap((one) => ('flaws' in one ? one.flaws : []))
  if (
    'flaws' in areas ||
    'flaws' in dedicated ||
    'flaws' in roads ||
    'flaws' in villages ||
    'flaws' in buildings ||
    'flaws' in households
  )
    return { flaws }
  return {
    input: {
      villages: areas.sites.map(({ id, geometry }): PlanVillage => ({ code: id, boundary: geometry })),
      barriers: barriersOfRoads(roads.rows),
      sites: dedicated.sites,
      naturalVillages: villages.rows.map(({ id, name, boundary }) => ({ id, name, geometry: boundary })),
      buildings: buildings.rows.map(({ id, name = null, boundary }) => ({ id, name, geometry: boundary })),
      households: households.points,
    },
    refusals: [roads, villages, buildings, households].flatMap(({ refusals }) => refusals),
    personsKnown: households.personsKnown,
  }
}

/** The area that another says it belongs to. */
const parentReader = defineKind<{ readonly parent?: string }>(
  'areas',
  areaRows.fields.filter(({ name }) => name === 'parent_code'),
  (values) => present({ parent: values.code('parent_code') }),
)

/**
 * The polygons of a file with what they are called; several of one code are parts of one area. Of areas with their upper
 * levels, as a township with its villages, only the lowest count: a township is its villages.
 */
async function readSites(
  path: string,
  options: ReadOptions,
): Promise<{ readonly sites: readonly Site[] } | { readonly flaws: readonly Flaw[] }> {
  const records: FeatureRecord[] = []
  const flaws: Flaw[] = []
  for await (const batch of readFeatureBatches(fileAt(path), options)) {
    for (const read of batch) {
      if ('flaws' in read) flaws.push(...read.flaws)
      else if (read.record.geometry?.type === 'Polygon' || read.record.geometry?.type === 'MultiPolygon')
        records.push(read.record)
      // Lists of areas have entries of upper levels without a geometry.
      else if (read.record.geometry !== null)
        flaws.push(
          flaw('geometry_wrong_type', read.record.place, {
            wanted: 'Polygon',
            found: read.record.geometry.type,
          }),
        )
    }
  }
  if (records.length === 0 && flaws.length === 0) flaws.push(flaw('geometry_missing', { file: path }, {}))
  if (flaws.length > 0) return { flaws }
  const { labels } = chooseLabels(records, options.map)
  const parents = new Set(
    records.map((record) => {
      const parsed = parentReader.parse(record)
      return 'record' in parsed ? parsed.record.parent : undefined
    }),
  )
  return {
    sites: records.flatMap(({ geometry, properties }, i) => {
      const id = labels[i]!
      const name = properties['name'] ?? properties['名称']
      if (parents.has(id)) return []
      return [{ id, name: typeof name === 'string' ? name : null, geometry: geometry as AreaGeometry }]
    }),
  }
}

interface Rows<Row> {
  readonly rows: readonly Row[]
  readonly refusals: readonly Flaw[]
}

/** All rows of a kind; none where there is no file. */
async function collectRows<K extends Kind>(
  path: string | undefined,
  kind: K,
  options: ReadOptions,
): Promise<Rows<RowOf<K>> | { readonly flaws: readonly Flaw[] }> {
  const rows: RowOf<K>[] = []
  const refusals: Flaw[] = []
  if (path === undefined) return { rows, refusals }
  for await (const batch of readRows(fileAt(path), kind, options)) {
    for (const read of batch) {
      if ('record' in read) rows.push(read.record.row)
      else if (read.flaws[0]!.place.record === undefined) return { flaws: read.flaws }
      else refusals.push(...read.flaws)
    }
  }
  return { rows, refusals }
}

/** Households as points, or as the houses they live in: then a point well inside the house, and its number where it has none. */
async function readDwellings(
  path: string,
  options: ReadOptions,
): Promise<
  | {
      readonly points: readonly PlanHousehold[]
      readonly refusals: readonly Flaw[]
      readonly personsKnown: boolean
    }
  | { readonly flaws: readonly Flaw[] }
> {
  const points: PlanHousehold[] = []
  const refusals: Flaw[] = []
  let personsKnown = false
  for await (const batch of readFeatureBatches(fileAt(path), options)) {
    for (const read of batch) {
      const parsed = 'flaws' in read ? read : householdRows.parse(asPoint(read.record))
      if ('record' in parsed) {
        const { id, longitude, latitude, members, mustVisit } = parsed.record
        points.push({ id, longitude, latitude, persons: members ?? 0, mustVisit })
        personsKnown ||= members !== undefined
      } else if (parsed.flaws[0]!.place.record === undefined) return { flaws: parsed.flaws }
      else refusals.push(...parsed.flaws)
    }
  }
  return { points, refusals, personsKnown }
}

function asPoint(record: FeatureRecord): FeatureRecord {
  const { geometry, properties, place } = record
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return record
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const size = (coordinates: Position[][]): number => areaSquareMetres({ type: 'Polygon', coordinates })
  const largest = polygons.toSorted((p, q) => size(q) - size(p))[0] ?? []
  return {
    ...record,
    geometry: { type: 'Point', coordinates: pointInside(largest) },
    properties: { id: place.id ?? `#${place.record ?? 0}`, ...properties },
  }
}

/** The middle of the largest circle inside. */
function pointInside(rings: readonly Position[][]): Position {
  const [longitude = 0, latitude = 0] = rings[0]?.[0] ?? []
  const frame = localMetricFrame(longitude, latitude)
  const { x, y } = largestInscribedCircle(
    rings.map((ring) =>
      ring.map(([lon, lat]) => [eastMetres(frame, lon!), northMetres(frame, lat!)] as const),
    ),
  )
  return [longitudeAt(frame, x), latitudeAt(frame, y)]
}
