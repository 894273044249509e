import fc from 'fast-check'
import type { FeatureCollection } from 'geojson'
import { describe, expect, it } from 'vitest'
import type { MapLibreDescription, Slot, StyleLayer } from '../../web/map/layer.ts'
import {
  type Change,
  changesBetween,
  emptyPicture,
  layerSpecification,
  type Picture,
  pictureOf,
  sourceSpecification,
} from '../../web/map/reconcile.ts'
import { slotId } from '../../web/map/style.ts'

const data = (): FeatureCollection => ({ type: 'FeatureCollection', features: [] })
const line = (id: string, slot: Slot, width = 1): StyleLayer => ({
  id,
  slot,
  type: 'line',
  paint: { 'line-width': width },
})
const description = (id: string, layers: StyleLayer[], source = data()): MapLibreDescription => ({
  id,
  kind: 'maplibre',
  source: { type: 'geojson', data: source },
  layers,
})

/**
 * What a map would hold after the changes: layers from bottom to top, the slots' markers among them, and sources. Throws where a
 * map would: something added twice, removed or used while it is not there.
 */
function perform(stack: string[], sources: Set<string>, changes: readonly Change[]): void {
  const demand = (holds: boolean, change: Change): void => {
    if (!holds) throw new Error(`a map refuses ${JSON.stringify(change)}`)
  }
  for (const change of changes) {
    if (change.do === 'remove-layer') {
      demand(stack.includes(change.id), change)
      stack.splice(stack.indexOf(change.id), 1)
    } else if (change.do === 'add-layer') {
      const { id, source } = change.layer
      demand(!stack.includes(id) && stack.includes(change.before) && sources.has(source), change)
      stack.splice(stack.indexOf(change.before), 0, id)
    } else if (change.do === 'add-source') {
      demand(!sources.has(change.source.id), change)
      sources.add(change.source.id)
    } else if (change.do === 'remove-source') demand(sources.delete(change.id), change)
    else if (change.do === 'set-data') demand(sources.has(change.source.id), change)
    else demand(stack.includes(change.layer.id), change)
  }
}

const stackOf = (picture: Picture): string[] =>
  (['fill', 'line', 'top'] as const).flatMap((slot) => [
    ...picture.layers.filter((layer) => layer.slot === slot).map((layer) => layer.id),
    slotId(slot),
  ])

describe('from one picture to the next', () => {
  it('ends with the same stack whatever was there before', () => {
    const some = fc
      .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
      .chain((ids) =>
        fc.tuple(
          ...ids.map((id) =>
            fc.tuple(fc.constant(id), fc.constantFrom<Slot>('fill', 'line', 'top'), fc.boolean()),
          ),
        ),
      )
      .map((parts) =>
        parts.map(([id, slot, two]) =>
          description(id, two ? [line(`${id}1`, slot), line(`${id}2`, 'top')] : [line(`${id}1`, slot)]),
        ),
      )
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 4 }), (pictures) => {
        const stack = stackOf(emptyPicture)
        const sources = new Set<string>()
        let before = emptyPicture
        for (const descriptions of pictures) {
          const after = pictureOf(descriptions)
          perform(stack, sources, changesBetween(before, after))
          expect(stack).toEqual(stackOf(after))
          expect([...sources].toSorted()).toEqual([...after.sources.keys()].toSorted())
          before = after
        }
      }),
    )
  })

  it('changes nothing when nothing changed, and only data when only data did', () => {
    const layers = [line('a1', 'fill')]
    const first = pictureOf([description('a', layers)])
    expect(changesBetween(first, first)).toEqual([])
    const second = pictureOf([description('a', layers)])
    expect(changesBetween(first, second).map((change) => change.do)).toEqual(['set-data'])
  })

  it('restyles a layer in place', () => {
    const source = data()
    const first = pictureOf([description('a', [line('a1', 'fill', 1)], source)])
    const second = pictureOf([description('a', [line('a1', 'fill', 4)], source)])
    expect(changesBetween(first, second).map((change) => change.do)).toEqual(['set-layer'])
  })

  it('shares the tiles of a layer and tells their days apart', () => {
    const tiles = (id: string, query?: string): MapLibreDescription => ({
      id,
      kind: 'maplibre',
      source: { type: 'tiles', layer: 'grids', ...(query !== undefined && { query }) },
      layers: [{ ...line(`${id}1`, 'line'), 'source-layer': 'grids' }],
      pick: { kind: 'grid', property: 'code' },
    })
    const picture = pictureOf([tiles('a', 'day=2026-10-01'), tiles('b', 'day=2026-10-01'), tiles('c')])
    expect(picture.sources.size).toBe(2)
    const [dated] = [...picture.sources.values()]
    expect(dated && sourceSpecification(dated)).toEqual({
      type: 'vector',
      tiles: ['tiles://grids/{z}/{x}/{y}?day=2026-10-01'],
      minzoom: 4,
      maxzoom: 16,
      promoteId: 'code',
    })
    const [layer] = picture.layers
    expect(layer && layerSpecification(layer)).toEqual({
      id: 'a1',
      type: 'line',
      'source-layer': 'grids',
      source: 'tiles:grids:day=2026-10-01:code',
      paint: { 'line-width': 1 },
    })
  })
})
