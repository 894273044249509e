/** The demo township's files as a poster gets them from the database. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Feature, FeatureCollection, MultiLineString, Polygon } from 'geojson'
import { polygonsOf } from '../../../server/core/coverage/ring-table.ts'
import type { PosterGround } from '../../../server/core/posters/map-input.ts'
import type { PosterGrid } from '../../../server/core/posters/village-poster.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'

type Row = Readonly<Record<string, string>>
type Shape = Feature<AreaGeometry, Row>

const bytes = (name: string): Buffer => readFileSync(new URL(`../../../data/demo/${name}`, import.meta.url))
const features = <T>(name: string): T[] =>
  (JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes(name)) : bytes(name)).toString()) as FeatureCollection)
    .features as unknown as T[]
const rows = (text: string): Row[] => {
  const [head = '', ...lines] = text.trim().split('\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i]!, value])))
}

const areas = features<Shape>('areas.geojson')

export interface DemoVillage {
  readonly code: string
  readonly name: string
  readonly outline: AreaGeometry
  readonly grids: PosterGrid[]
}

export const demoVillages: readonly DemoVillage[] = areas
  .filter((area) => area.properties['level'] === 'village')
  .map(({ properties: { code = '', name = '' }, geometry }) => ({
    code,
    name,
    outline: geometry,
    grids: features<Shape>('grids.geojson')
      .filter((grid) => grid.properties['village_code'] === code && !grid.properties['valid_to'])
      .map((grid) => ({
        code: grid.properties['code']!,
        name: grid.properties['name']!,
        kind: grid.properties['kind'] as PosterGrid['kind'],
        geometry: grid.geometry,
        // Counted by the database; any number does for a drawing.
        households: 300 + Number(grid.properties['code']!.slice(-3)),
        persons: 900,
      })),
  }))

/** Read once: the houses alone are thousands. */
const township: Omit<PosterGround, 'villages'> = {
  land: features<Shape>('land.geojson').map(({ properties, geometry }) => ({
    id: properties['id']!,
    kind: properties['kind'] as 'water' | 'green',
    name: properties['name'] ?? null,
    geometry,
  })),
  roads: features<Feature<{ type: 'LineString'; coordinates: [number, number][] }, Row>>('roads.geojson').map(
    ({ properties, geometry }) => ({
      id: properties['id']!,
      name: properties['name'] ?? null,
      class: properties['class']!,
      path: { type: 'MultiLineString', coordinates: [geometry.coordinates] } satisfies MultiLineString,
    }),
  ),
  buildings: features<Feature<Polygon>>('buildings.geojson.gz').map(({ geometry }) => geometry),
  naturalVillages: features<Shape>('villages.geojson').map(({ properties, geometry }) => ({
    id: properties['id']!,
    name: properties['name']!,
    geometry,
  })),
  places: rows(bytes('places.csv').toString()).map((row) => ({
    id: row['id']!,
    kind: row['kind']!,
    name: row['name']!,
    position: [Number(row['lon']), Number(row['lat'])],
  })),
  households: [],
}

/** All of the township: what lies outside the frame is cut off by it. */
export const demoGround = (village: string): PosterGround => ({
  ...township,
  villages: areas
    .filter((area) => area.properties['level'] === 'village' && area.properties['code'] !== village)
    .map(({ properties, geometry }) => ({ code: properties['code']!, name: properties['name']!, geometry })),
})

/** Whether two areas have a stretch of boundary in common, by their vertices. */
export const shareVertices = (p: AreaGeometry, q: AreaGeometry): number => {
  const keys = new Set(polygonsOf(p).flat(2).map(String))
  return polygonsOf(q)
    .flat(2)
    .filter((position) => keys.has(String(position))).length
}
