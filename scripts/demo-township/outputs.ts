/** The township as files: what each holds is told in data/README.md. Same township, same bytes. */
import { gzipSync, strToU8 } from 'fflate'
import type { Feature, Geometry } from 'geojson'
import { countyCode, countyName, townshipCode, townshipName } from './division.ts'
import { closedRing, toDegrees } from './frame.ts'
import { isInside, type Line, type Point, signedArea } from './plane.ts'
import {
  assessmentPolicy,
  divisionPolicy,
  obligationPolicy,
  patrolPolicy,
  retentionPolicy,
} from './policies.ts'
import { changeDay, type Township } from './township.ts'
import { truthsOf } from './truths.ts'
import { firstDay } from './workers.ts'

type Properties = Record<string, string | number | boolean | undefined>

/** Rings of one area as a polygon (or several): each hole goes to the outer ring it lies in. */
export function areaGeometry(rings: readonly Line[]): Geometry {
  const outer = rings.filter((ring) => signedArea(ring) > 0)
  const polygons = outer.map((ring) => [
    closedRing(ring),
    ...rings.filter((hole) => signedArea(hole) < 0 && isInside(hole[0]!, ring)).map(closedRing),
  ])
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0]! }
    : { type: 'MultiPolygon', coordinates: polygons }
}
const feature = (geometry: Geometry | null, properties: Properties): Feature<Geometry | null> => ({
  type: 'Feature',
  properties,
  geometry,
})
const polygon = (ring: Line, properties: Properties): Feature<Geometry | null> =>
  feature(areaGeometry([signedArea(ring) > 0 ? ring : [...ring].reverse()]), properties)

/** One feature a line, so that a change reads well in a diff. */
const collection = (features: readonly Feature<Geometry | null>[]): string =>
  `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`

const cell = (value: string | number | boolean | undefined): string => {
  const text = value === undefined ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const table = (
  columns: readonly string[],
  rows: Iterable<readonly (string | number | boolean | undefined)[]>,
): string => {
  const lines = [columns.join(',')]
  for (const row of rows) lines.push(row.map(cell).join(','))
  return `${lines.join('\n')}\n`
}

/** 2026-10-08T08:31:22+08:00 */
export const localTime = (milliseconds: number): string =>
  `${new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
const twoDigits = (value: number): string => String(value).padStart(2, '0')
/** The time so many seconds after local midnight; days end before the next. */
function atSecond(day: string, second: number): string {
  const whole = Math.round(second)
  const [hour, minute] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return `${day}T${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(whole % 60)}+08:00`
}
const position = (p: Point): [number, number] => toDegrees(p, 6)

function areas({ division, partition }: Township): Feature<Geometry | null>[] {
  const all = new Set(partition.blocks.map(({ id }) => id))
  return [
    feature(null, { code: countyCode, level: 'county', name: countyName }),
    feature(areaGeometry(partition.outlineOf(all)), {
      code: townshipCode,
      parent_code: countyCode,
      level: 'township',
      name: townshipName,
    }),
    ...division.villages.map(({ code, name, blocks }) =>
      feature(areaGeometry(partition.outlineOf(blocks)), {
        code,
        parent_code: townshipCode,
        level: 'village',
        name,
      }),
    ),
  ]
}

function grids({ division, outlines, laterOutlines }: Township): Feature<Geometry | null>[] {
  const isChanged = (code: string): boolean => laterOutlines.some((later) => later.code === code)
  return [...outlines, ...laterOutlines].map((outline, i) => {
    const { code, name, kind, village } = division.grids.find((grid) => grid.code === outline.code)!
    const isLater = i >= outlines.length
    return feature(areaGeometry(outline.rings), {
      code,
      name,
      kind,
      village_code: village,
      valid_from: isLater ? changeDay : firstDay,
      valid_to: !isLater && isChanged(code) ? changeDay : undefined,
    })
  })
}

/** File name → bytes. */
export function filesOf(t: Township): Map<string, Uint8Array> {
  const number = (prefix: string, i: number): string => `${prefix}${String(i + 1).padStart(4, '0')}`
  const texts: Record<string, string> = {
    'areas.geojson': collection(areas(t)),
    'grids.geojson': collection(grids(t)),
    'villages.geojson': collection(
      t.hamlets.map(({ name, village, ring }, i) =>
        polygon(ring, { id: number('V', i), name, village_code: village }),
      ),
    ),
    'land.geojson': collection(
      t.land.map(({ kind, use, name, ring }, i) => polygon(ring, { id: number('L', i), kind, name, use })),
    ),
    'roads.geojson': collection(
      t.roads.map(({ class: roadClass, name, line }, i) =>
        feature(
          { type: 'LineString', coordinates: line.map((p) => toDegrees(p)) },
          { id: number('R', i), name, class: roadClass },
        ),
      ),
    ),
    'buildings.geojson.gz': collection(
      t.buildings.map(({ id, floors, use, corners }) => polygon(corners, { id, floors, use })),
    ),
    'households.csv.gz': table(
      ['id', 'village_code', 'address', 'head', 'members', 'categories', 'must_visit', 'lon', 'lat'],
      t.households.map((h) => [
        h.id,
        h.villageCode,
        h.address,
        h.head,
        h.members,
        h.categories.join(';'),
        h.mustVisit,
        ...position(h.at),
      ]),
    ),
    'places.csv': table(
      ['id', 'kind', 'name', 'address', 'key', 'lon', 'lat'],
      t.places.map((p) => [p.id, p.kind, p.name, p.address, p.isKey, ...position(p.at)]),
    ),
    'workers.csv': table(
      ['id', 'name', 'role'],
      t.teams.workers.map(({ id, name, role }) => [id, name, role]),
    ),
    'assignments.csv': table(
      ['worker', 'grid', 'role', 'from', 'to'],
      t.teams.assignments.map((a) => [a.worker, a.grid, a.role, a.from, a.to]),
    ),
    'roster.csv.gz': table(
      ['household', 'worker', 'from'],
      t.teams.roster.map(({ household, worker }) => [household, worker, firstDay]),
    ),
    'visits.csv.gz': table(
      ['id', 'worker', 'household', 'from', 'to', 'evidence'],
      t.days.flatMap(({ worker, date, visits }) =>
        visits.map(({ household, from, to }, i) => [
          `${worker}-${date}-${i + 1}`,
          worker,
          household,
          atSecond(date, from),
          atSecond(date, to),
          'check_in',
        ]),
      ),
    ),
    'incidents.csv.gz': table(
      ['id', 'category', 'severity', 'occurred_at', 'status', 'description', 'grid', 'lon', 'lat'],
      t.incidents.map((e) => [
        e.id,
        e.category,
        e.severity,
        localTime(e.time),
        e.status,
        e.description,
        e.grid,
        ...position(e.at),
      ]),
    ),
    'traces.csv.gz': table(
      ['worker', 'time', 'lon', 'lat', 'accuracy', 'speed'],
      t.days.flatMap(({ worker, date, fixes }) =>
        fixes.map(({ second, at, accuracyMetres, metresPerSecond }) => [
          worker,
          atSecond(date, second),
          ...position(at),
          accuracyMetres,
          metresPerSecond.toFixed(1),
        ]),
      ),
    ),
    'policy.json': `${JSON.stringify({ policies: [divisionPolicy, patrolPolicy, assessmentPolicy, retentionPolicy, obligationPolicy] }, null, 2)}\n`,
    'truths.json': `${JSON.stringify(truthsOf(t), null, 1)}\n`,
  }
  return new Map(
    Object.entries(texts).map(([name, text]) => [
      name,
      name.endsWith('.gz') ? gzipSync(strToU8(text), { level: 9, mtime: 0 }) : strToU8(text),
    ]),
  )
}
