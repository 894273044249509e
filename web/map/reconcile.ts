/**
 * From descriptions to what the map holds, and from one picture to the next by the fewest changes: pure. Only what differs is
 * touched, so the picture before stays until the next has come, and large data are compared by identity, never walked.
 */
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'
import type {
  LayerDescription,
  MapLibreDescription,
  Pick,
  Slot,
  SourceDescription,
  StyleLayer,
} from './layer.ts'
import { slotId, tileAddress } from './style.ts'

export interface PlacedLayer {
  readonly id: string
  readonly slot: Slot
  readonly source: string
  readonly sourceLayer: string | undefined
  readonly pick: Pick | undefined
  /** What was described: identity tells whether it changed. */
  readonly described: StyleLayer
}

export interface PlacedSource {
  readonly id: string
  readonly described: SourceDescription
  readonly promoteId: string | undefined
}

/** What the map should hold: sources by id, layers from bottom to top. */
export interface Picture {
  readonly sources: ReadonlyMap<string, PlacedSource>
  readonly layers: readonly PlacedLayer[]
}

export const emptyPicture: Picture = { sources: new Map(), layers: [] }

export type Change =
  | { readonly do: 'remove-layer'; readonly id: string }
  | { readonly do: 'remove-source'; readonly id: string }
  | { readonly do: 'add-source'; readonly source: PlacedSource }
  | { readonly do: 'set-data'; readonly source: PlacedSource }
  | { readonly do: 'add-layer'; readonly layer: PlacedLayer; readonly before: string }
  | { readonly do: 'set-layer'; readonly layer: PlacedLayer; readonly was: PlacedLayer }

const slots: readonly Slot[] = ['fill', 'line', 'top']

/** The picture of the MapLibre layers among the descriptions (deck.gl layers are drawn by its overlay). */
export function pictureOf(descriptions: readonly LayerDescription[]): Picture {
  const sources = new Map<string, PlacedSource>()
  const layers: PlacedLayer[] = []
  for (const description of descriptions) {
    if (description.kind !== 'maplibre') continue
    const source = sourceOf(description)
    sources.set(source.id, source)
    for (const described of description.layers)
      layers.push({
        id: described.id,
        slot: described.slot,
        source: source.id,
        sourceLayer: description.source.type === 'tiles' ? described['source-layer'] : undefined,
        pick: description.pick,
        described,
      })
  }
  return {
    sources,
    layers: slots.flatMap((slot) => layers.filter((layer) => layer.slot === slot)),
  }
}

/** Descriptions that show the same tiles share one source. */
function sourceOf(description: MapLibreDescription): PlacedSource {
  const { source, pick } = description
  const id =
    source.type === 'geojson'
      ? description.id
      : ['tiles', source.layer, source.query ?? '', pick?.property ?? ''].join(':')
  return { id, described: source, promoteId: pick?.property }
}

/** The changes, in an order the map accepts: layers before the sources they use, each layer under one that is there. */
export function changesBetween(before: Picture, after: Picture): Change[] {
  const kept = keptLayers(before, after)
  const changes: Change[] = []
  for (const layer of before.layers)
    if (!kept.has(layer.id)) changes.push({ do: 'remove-layer', id: layer.id })
  for (const source of before.sources.values()) {
    const next = after.sources.get(source.id)
    if (next === undefined || !sameSource(source, next)) changes.push({ do: 'remove-source', id: source.id })
  }
  for (const source of after.sources.values()) {
    const was = before.sources.get(source.id)
    if (was === undefined || !sameSource(was, source)) changes.push({ do: 'add-source', source })
    else if (dataOf(was) !== dataOf(source)) changes.push({ do: 'set-data', source })
  }
  // From the top down, so that the layer each goes under is already there.
  for (const [index, layer] of [...after.layers.entries()].toReversed()) {
    const was = kept.get(layer.id)
    const above = after.layers[index + 1]
    const under = above !== undefined && above.slot === layer.slot ? above.id : slotId(layer.slot)
    if (was === undefined) changes.push({ do: 'add-layer', layer, before: under })
    else if (was.described !== layer.described) changes.push({ do: 'set-layer', layer, was })
  }
  return changes
}

const dataOf = (source: PlacedSource): unknown =>
  source.described.type === 'geojson' ? source.described.data : null

const sameSource = (a: PlacedSource, b: PlacedSource): boolean =>
  a.described.type === b.described.type && a.promoteId === b.promoteId

/** Layers that stay: same source, kind and place in the order; all others are taken away and added anew. */
function keptLayers(before: Picture, after: Picture): Map<string, PlacedLayer> {
  const next = new Map(after.layers.map((layer, index) => [layer.id, { layer, index }]))
  const kept = new Map<string, PlacedLayer>()
  let lastIndex = -1
  for (const was of before.layers) {
    const now = next.get(was.id)
    if (now === undefined || now.index < lastIndex || !canStay(was, now.layer, before, after)) continue
    kept.set(was.id, was)
    lastIndex = now.index
  }
  return kept
}

function canStay(was: PlacedLayer, now: PlacedLayer, before: Picture, after: Picture): boolean {
  const [sourceBefore, sourceNow] = [before.sources.get(was.source), after.sources.get(now.source)]
  return (
    was.source === now.source &&
    was.slot === now.slot &&
    was.sourceLayer === now.sourceLayer &&
    was.described.type === now.described.type &&
    sourceBefore !== undefined &&
    sourceNow !== undefined &&
    sameSource(sourceBefore, sourceNow)
  )
}

/** A source as MapLibre takes it. */
export function sourceSpecification(source: PlacedSource): SourceSpecification {
  const promote = source.promoteId === undefined ? {} : { promoteId: source.promoteId }
  return source.described.type === 'geojson'
    ? { type: 'geojson', data: source.described.data, ...promote }
    : {
        type: 'vector',
        tiles: [tileAddress(source.described.layer, source.described.query)],
        minzoom: 4,
        maxzoom: 16,
        ...promote,
      }
}

/** A layer as MapLibre takes it. */
export function layerSpecification(layer: PlacedLayer): LayerSpecification {
  const { slot: _, ...described } = layer.described
  return { ...described, source: layer.source }
}
