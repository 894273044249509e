/** Vector tiles, Mapbox Vector Tile 2.1, written with pbf. https://github.com/mapbox/vector-tile-spec/tree/master/2.1 */
import { PbfWriter } from 'pbf'
import { extent } from './tile-frame.ts'
import type { TileGeometry } from './tile-geometry.ts'

export type TileValue = string | number | boolean

export interface TileFeature {
  readonly geometry: TileGeometry
  /** What is null or undefined is left out: a tile has no null. */
  readonly properties: Readonly<Record<string, TileValue | null | undefined>>
}

export interface TileLayer {
  readonly name: string
  readonly features: readonly TileFeature[]
}

/** The bytes of a tile; empty when no layer has a feature. */
export function writeTile(layers: readonly TileLayer[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const layer of layers) if (layer.features.length > 0) pbf.writeMessage(3, writeLayer, layer)
  return pbf.finish()
}

function writeLayer(layer: TileLayer, pbf: PbfWriter): void {
  const keys = new Map<string, number>()
  const values = new Map<TileValue, number>()
  pbf.writeVarintField(15, 2)
  pbf.writeStringField(1, layer.name)
  for (const feature of layer.features) {
    const tags: number[] = []
    for (const [key, value] of Object.entries(feature.properties))
      if (value !== null && value !== undefined) tags.push(indexOf(keys, key), indexOf(values, value))
    pbf.writeMessage(2, writeFeature, { tags, geometry: feature.geometry })
  }
  for (const key of keys.keys()) pbf.writeStringField(3, key)
  for (const value of values.keys()) pbf.writeMessage(4, writeValue, value)
  pbf.writeVarintField(5, extent)
}

function writeFeature({ tags, geometry }: { tags: number[]; geometry: TileGeometry }, pbf: PbfWriter): void {
  pbf.writePackedVarint(2, tags)
  pbf.writeVarintField(3, geometry.type)
  pbf.writePackedVarint(4, geometry.commands as number[])
}

function writeValue(value: TileValue, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value)
  else if (typeof value === 'boolean') pbf.writeBooleanField(7, value)
  else if (Number.isSafeInteger(value)) pbf.writeSVarintField(6, value)
  else pbf.writeDoubleField(3, value)
}

function indexOf<T>(known: Map<T, number>, entry: T): number {
  const found = known.get(entry)
  if (found !== undefined) return found
  known.set(entry, known.size)
  return known.size - 1
}
