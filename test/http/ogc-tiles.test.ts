/** OGC API – Tiles: every link leads somewhere, and its template to the tiles of /tiles. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { MatrixSet, Tileset } from '../../server/contract/ogc-tiles.ts'
import { tilesetLayers } from '../../server/contract/ogc-tiles.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { seedSmallTown } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

const pathOf = (href: string): string => href.replace(/^https?:\/\/[^/]+/, '')
async function read<T>(path: string): Promise<T> {
  const { status, text } = await service.get(path)
  if (status !== 200) throw new Error(`${path} → ${status} ${text}`)
  return JSON.parse(text) as T
}
const linkOf = ({ links }: Pick<Tileset, 'links'>, rel: string): string =>
  links.find((one) => one.rel === rel)?.href ?? ''

describe('tile sets', () => {
  it('are listed, each with what its links promise', async () => {
    const { tilesets } = await read<{ tilesets: Tileset[] }>('/ogc/tiles')
    expect(tilesets.map(({ title }) => title)).toEqual([...tilesetLayers])
    for (const tileset of tilesets) {
      const own = await read<Tileset>(pathOf(linkOf(tileset, 'self')))
      expect(own.links).toEqual(tileset.links)
      const plain = tileset.links.filter(({ templated }) => templated !== true)
      expect(plain).toHaveLength(3)
      for (const { href } of plain) await read(pathOf(href))
    }
  })

  it('of the areas give by template and limits the tile in which the town lies', async () => {
    const tileset = await read<Tileset>('/ogc/tiles/areas')
    const limits = tileset.tileMatrixSetLimits.find(({ tileMatrix }) => tileMatrix === '14')!
    // Column: (119.60 … 119.62 + 180) / 360 · 2^14 = 13635.1 … 13636.04; 29.9 … 29.91 lies in row 6764.
    expect(limits).toEqual({
      tileMatrix: '14',
      minTileRow: 6764,
      maxTileRow: 6764,
      minTileCol: 13635,
      maxTileCol: 13636,
    })
    const address = linkOf(tileset, 'item')
      .replace('{tileMatrix}', '14')
      .replace('{tileCol}', String(limits.minTileCol))
      .replace('{tileRow}', String(limits.minTileRow))
    const tile = await service.get(pathOf(address))
    expect([tile.status, tile.headers['content-type']]).toEqual([200, 'application/vnd.mapbox-vector-tile'])
  })

  it('are those of a collection that is drawn', async () => {
    const { collections } = await read<{ collections: { id: string; links: Tileset['links'] }[] }>(
      '/ogc/collections',
    )
    const lists = collections.flatMap((one) => {
      const href = linkOf(one, 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector')
      return href === '' ? [] : [[one.id, pathOf(href)] as const]
    })
    expect(lists.map(([id]) => id)).toEqual(['areas', 'grids', 'households'])
    for (const [id, path] of lists) {
      const { tilesets } = await read<{ tilesets: Tileset[] }>(path)
      expect(tilesets.map(({ title }) => title)).toEqual([id])
    }
  })

  it('lie as WebMercatorQuad says', async () => {
    const { tileMatrixSets } = await read<{ tileMatrixSets: Tileset[] }>('/ogc/tileMatrixSets')
    const { tileMatrices } = await read<MatrixSet>(pathOf(linkOf(tileMatrixSets[0]!, 'self')))
    // 2π · 6378137 m / 256 = 156543.0339 m; / 0.00028 m = 559082264.0287; / 2^24 = 33.3238997.
    expect(tileMatrices).toHaveLength(25)
    expect(tileMatrices[0]).toMatchObject({
      id: '0',
      matrixWidth: 1,
      cellSize: expect.closeTo(156543.033928, 6) as number,
    })
    expect(tileMatrices[24]?.scaleDenominator).toBeCloseTo(33.3238997, 6)
    expect(tileMatrices[24]?.matrixWidth).toBe(16777216)
  })

  it('are named among the conformance classes', async () => {
    const { conformsTo } = await read<{ conformsTo: string[] }>('/ogc/conformance')
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core')
  })
})
