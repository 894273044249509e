/** What OGC API – Features answers with, as plain values. */
import {
  type Collection,
  type CollectionName,
  collections,
  type Feature,
  type Link,
} from '../../contract/ogc.ts'
import { crs84, offeredCrs } from '../../contract/ogc-crs.ts'
import { queryablesRelation } from '../../contract/ogc-queryables.ts'
import { tiledCollections, tilesetsRelation } from '../../contract/ogc-tiles.ts'
import { maskHousehold, maskName } from '../../core/policy/mask.ts'
import type { FeatureRecord } from '../../db/features.ts'
import { inSystem, type System } from './crs.ts'
import { idOf } from './query.ts'

export const json = 'application/json'
export const geoJson = 'application/geo+json'
export const schemaJson = 'application/schema+json'
export const openApi = 'application/vnd.oai.openapi+json;version=3.0'

export const link = (href: string, rel: string, type: string, title?: string): Link => ({
  href,
  rel,
  type,
  ...(title !== undefined && { title }),
})

const isTiled = (name: CollectionName): boolean => tiledCollections.some((one) => one === name)

export function presentCollection(
  name: CollectionName,
  base: string,
  extent: readonly number[] | null,
): Collection {
  const { title, description } = collections[name]
  const self = `${base}/collections/${name}`
  return {
    id: name,
    title,
    description,
    itemType: 'feature',
    crs: [...offeredCrs],
    storageCrs: crs84,
    ...(extent && { extent: { spatial: { bbox: [[...extent]], crs: crs84 } } }),
    links: [
      link(self, 'self', json, 'This document'),
      link(`${self}/items`, 'items', geoJson, title),
      link(`${self}/queryables`, queryablesRelation, schemaJson, 'What features may be asked for by'),
      ...(isTiled(name) ? [link(`${self}/tiles`, tilesetsRelation, json, 'Vector tiles')] : []),
    ],
  }
}

/** A feature as it leaves the server: in the system asked for, personal data masked. */
export function presentFeature(
  name: CollectionName,
  { key, properties, geometry }: FeatureRecord,
  system: System,
): Feature {
  return {
    type: 'Feature',
    id: idOf(key),
    geometry: geometry && { ...inSystem(geometry, system) },
    properties: masked(name, properties),
  }
}

function masked(
  noun: CollectionName,
  properties: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (noun === 'households') return maskHousehold(properties)
  const { name } = properties
  return noun === 'patrol-days' && typeof name === 'string'
    ? { ...properties, name: maskName(name) }
    : { ...properties }
}
