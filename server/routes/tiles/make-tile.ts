/** The layers of a tile, from rows of the database: one path for both engines. */
import type { LayerName } from '../../contract/tiles.ts'
import { exactTowns } from '../../db/privacy.ts'
import type { Scoped } from '../../db/scoped.ts'
import { listTileRows, type TileRow } from '../../db/tiles.ts'
import { isInside, type TileAddress, type TileFrame } from '../../formats/mvt/tile-frame.ts'
import { geometryFromWkb } from '../../formats/mvt/tile-geometry.ts'
import type { TileFeature, TileLayer, TileValue } from '../../formats/mvt/write-tile.ts'

/** From this zoom a household is a point of its own; below, points would be too many to mean anything. */
const householdZoom = 13

/** Smallest zoom of each class of road; what is not named comes with the last. */
const roadZooms: readonly (readonly [zoom: number, classes: readonly string[]])[] = [
  [0, ['motorway', 'trunk', 'primary', 'rail']],
  [10, ['secondary', 'motorway_link', 'trunk_link', 'primary_link']],
  [12, ['tertiary', 'secondary_link']],
  [13, ['unclassified', 'residential', 'living_street', 'tertiary_link', 'road', 'pedestrian']],
]
const allRoadsZoom = 14

/** What a stored layer may be asked; the moment is epoch milliseconds. */
export interface TileQuestion {
  readonly at: number
  readonly day?: string | undefined
  readonly worker: string | null
}

export type StoredLayer = Exclude<LayerName, 'hazard'>

export async function makeTile(
  db: Scoped,
  layer: StoredLayer,
  { z }: TileAddress,
  frame: TileFrame,
  { at, day, worker }: TileQuestion,
): Promise<TileLayer[]> {
  switch (layer) {
    case 'areas':
    case 'villages':
      return withLabels(layer, await listTileRows(db, layer, frame))
    case 'grids':
      return withLabels(layer, await listTileRows(db, layer, frame, [at]))
    case 'households':
      return z >= householdZoom
        ? [plain('households', await listTileRows(db, 'households', frame, [await exactTowns(db)]))]
        : [inside('household-counts', await householdCounts(db, frame, at))]
    case 'roads':
      return [plain(layer, await listTileRows(db, layer, frame, [roadClasses(z)]))]
    case 'buildings':
    case 'land':
      return [plain(layer, await listTileRows(db, layer, frame))]
    default:
      layer satisfies 'traces'
      return [plain(layer, await listTileRows(db, layer, frame, [day, worker]))]
  }
}

/** Of each grid. Who may not see single households reads them in the ledger, which keeps small ones back. */
const householdCounts = async (db: Scoped, frame: TileFrame, at: number): Promise<TileRow[]> =>
  (await exactTowns(db)) === null ? listTileRows(db, 'householdCounts', frame, [at]) : []

/** Classes drawn at a zoom; null: all. */
const roadClasses = (z: number): string[] | null =>
  z >= allRoadsZoom ? null : roadZooms.flatMap(([zoom, classes]) => (z >= zoom ? [...classes] : []))

const plain = (name: string, rows: readonly TileRow[]): TileLayer => ({
  name,
  features: featuresOf(rows, 'shape'),
})

/** The shapes, and a layer of label points: one a feature, in the one tile its point lies in. */
const withLabels = (name: string, rows: readonly TileRow[]): TileLayer[] => [
  plain(name, rows),
  { name: `${name}-label`, features: featuresOf(rows, 'label_shape').filter(isOwnPoint) },
]

/** Points that must be counted once: those in the tile itself, not in its buffer. */
const inside = (name: string, rows: readonly TileRow[]): TileLayer => ({
  name,
  features: featuresOf(rows, 'shape').filter(isOwnPoint),
})

function featuresOf(rows: readonly TileRow[], column: 'shape' | 'label_shape'): TileFeature[] {
  return rows.flatMap((row) => {
    const { shape, label_shape, ...properties } = row
    const wkb = column === 'shape' ? shape : label_shape
    const geometry = wkb instanceof Uint8Array ? geometryFromWkb(wkb) : null
    return geometry ? [{ geometry, properties: properties as Record<string, TileValue | null> }] : []
  })
}

/** A point is one move and two zigzag numbers. */
function isOwnPoint({ geometry }: TileFeature): boolean {
  const [, x = -1, y = -1] = geometry.commands
  return isInside((x >>> 1) ^ -(x & 1), (y >>> 1) ^ -(y & 1))
}
