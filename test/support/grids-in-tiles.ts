/** What the map of a page draws, as the tiles that it gets say. */
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { Page } from 'playwright-core'

/** Codes of the grids in the tiles a page gets from now on: a set that grows. */
export function gridsInTiles(page: Page): Set<string> {
  const codes = new Set<string>()
  page.on('response', async (response) => {
    if (response.status() !== 200 || !response.url().includes('/tiles/grids/')) return
    const { layers } = new VectorTile(new PbfReader(await response.body()))
    for (const layer of Object.values(layers))
      for (let i = 0; i < layer.length; i++) codes.add(String(layer.feature(i).properties['code']))
  })
  return codes
}
