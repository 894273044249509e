/** What is done to a MapLibre map and asked of it, one function each; used by its owner only (create-map.ts). */
import type { GeoJSONSource, Map as MapLibreMap, Point, PointLike } from 'maplibre-gl'
import type { Target } from '../address.ts'
import type { Slot, StyleLayer } from './layer.ts'
import { type Change, layerSpecification, type Picture, sourceSpecification } from './reconcile.ts'

export function applyChange(map: MapLibreMap, change: Change): void {
  switch (change.do) {
    case 'remove-layer':
      map.removeLayer(change.id)
      break
    case 'remove-source':
      map.removeSource(change.id)
      break
    case 'add-source':
      map.addSource(change.source.id, sourceSpecification(change.source))
      break
    case 'set-data':
      if (change.source.described.type === 'geojson')
        void map.getSource<GeoJSONSource>(change.source.id)?.setData(change.source.described.data)
      break
    case 'add-layer':
      map.addLayer(layerSpecification(change.layer), change.before)
      break
    case 'set-layer':
      restyle(map, change.was.described, change.layer.described)
      break
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Sets what differs between two descriptions of one layer; a property no longer named goes back to its default. */
function restyle(map: MapLibreMap, was: StyleLayer, now: StyleLayer): void {
  for (const part of ['paint', 'layout'] as const) {
    const before = (was[part] ?? {}) as Record<string, unknown>
    const after = (now[part] ?? {}) as Record<string, unknown>
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (same(before[name], after[name])) continue
      // The names come from descriptions of this very layer; MapLibre's types want to know which.
      if (part === 'paint') map.setPaintProperty(now.id, name as 'fill-color', after[name] as string)
      else map.setLayoutProperty(now.id, name as 'visibility', after[name] as 'visible')
    }
  }
  if (!same(was.filter, now.filter)) map.setFilter(now.id, now.filter ?? null)
  if (was.minzoom !== now.minzoom || was.maxzoom !== now.maxzoom)
    map.setLayerZoomRange(now.id, now.minzoom ?? 0, now.maxzoom ?? 24)
}

/** Sets or clears a feature state of a target in every layer that draws its kind. */
export function lightFeatures(
  map: MapLibreMap,
  picture: Picture,
  target: Target | null,
  state: 'hover' | 'selected',
  on: boolean,
): void {
  if (!target) return
  const done = new Set<string>()
  for (const { source, sourceLayer, pick } of picture.layers) {
    const key = `${source}/${sourceLayer ?? ''}`
    if (pick?.kind !== target.kind || done.has(key)) continue
    done.add(key)
    map.setFeatureState({ source, ...(sourceLayer && { sourceLayer }), id: target.id }, { [state]: on })
  }
}

/** Pixels around the pointer within which a line or a dot counts as hit; areas must be hit themselves. */
const reach = 4

/** The uppermost thing under the pointer among the layers that answer it. */
export function featureUnder(
  map: MapLibreMap,
  picture: Picture,
  { x, y }: Point,
): { readonly target: Target; readonly slot: Slot } | null {
  const pickable = new Map(
    picture.layers.filter((layer) => layer.pick && map.getLayer(layer.id)).map((layer) => [layer.id, layer]),
  )
  if (pickable.size === 0) return null
  const layers = [...pickable.keys()]
  const around: [PointLike, PointLike] = [
    [x - reach, y - reach],
    [x + reach, y + reach],
  ]
  const near = map
    .queryRenderedFeatures(around, { layers })
    .filter((feature) => feature.layer.type !== 'fill')
  for (const feature of [...near, ...map.queryRenderedFeatures([x, y], { layers })]) {
    const layer = pickable.get(feature.layer.id)
    const id: unknown = layer?.pick && feature.properties[layer.pick.property]
    if (layer?.pick && (typeof id === 'string' || typeof id === 'number'))
      return { target: { kind: layer.pick.kind, id: String(id) }, slot: layer.slot }
  }
  return null
}
