import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerNames } from '../../server/contract/tiles.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, seedSmallTown } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

/** Column and row of the tile that holds a place. */
function tileAt(longitude: number, latitude: number, z: number): string {
  const n = 2 ** z
  const x = Math.floor(((longitude + 180) / 360) * n)
  const y = Math.floor(((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * n)
  return `${z}/${x}/${y}`
}

interface Decoded {
  readonly [layer: string]: readonly {
    readonly properties: object
    readonly rings: readonly (readonly [number, number][])[]
  }[]
}

async function tileOf(layer: string, address: string, query = ''): Promise<Decoded> {
  const response = await service.send((agent) =>
    agent.get(`/tiles/${layer}/${address}${query}`).responseType('blob'),
  )
  if (response.status === 204) return {}
  if (response.status !== 200) throw new Error(`${response.status} ${String(response.body)}`)
  const tile = new VectorTile(new PbfReader(response.body as Buffer))
  return Object.fromEntries(
    Object.entries(tile.layers).map(([name, one]) => [
      name,
      Array.from({ length: one.length }, (_, i) => one.feature(i)).map((feature) => ({
        properties: feature.properties,
        rings: feature.loadGeometry().map((ring) => ring.map(({ x, y }): [number, number] => [x, y])),
      })),
    ]),
  )
}

const middle = tileAt(119.605, 29.905, 14)
const names = (features: Decoded[string] | undefined, key = 'code'): unknown[] =>
  (features ?? []).map((one) => (one.properties as Record<string, unknown>)[key])

describe('grids', () => {
  it('are drawn with one label each, over all tiles together', async () => {
    const codes: string[] = []
    const labels: string[] = []
    const tiles = new Set(
      [119.595, 119.6, 119.605, 119.61, 119.615, 119.62].flatMap((x) =>
        [29.895, 29.9, 29.905, 29.91].map((y) => tileAt(x, y, 16)),
      ),
    )
    for (const address of tiles) {
      const tile = await tileOf('grids', address)
      codes.push(...names(tile['grids']).map(String))
      labels.push(...names(tile['grids-label']).map(String))
    }
    expect(new Set(codes)).toEqual(new Set(['101', '102', '201', '202', '901']))
    expect(labels.sort()).toEqual(['101', '102', '201', '202', '901'])
  })

  it('share their edges to the unit: no sliver opens between them', async () => {
    const { grids = [] } = await tileOf('grids', middle)
    const cornersOf = (code: string): string[] =>
      (grids.find((one) => (one.properties as { code: string }).code === code)?.rings[0] ?? []).map(String)
    const shared = cornersOf('101').filter((corner) => cornersOf('201').includes(corner))
    expect(new Set(shared).size).toBe(2)
    expect(cornersOf('101').filter((corner) => cornersOf('202').includes(corner))).toHaveLength(1)
  })

  it('are wound as the specification asks: outer rings clockwise on screen', async () => {
    const { grids = [] } = await tileOf('grids', middle)
    for (const { rings } of grids) {
      for (const ring of rings) {
        const area = ring.reduce((sum, [x, y], i) => {
          const [px, py] = ring.at(i - 1) ?? [x, y]
          return sum + px * y - x * py
        }, 0)
        expect(area).toBeGreaterThan(0)
      }
    }
  })

  it('are those of the day asked about', async () => {
    const widthOf = async (query: string): Promise<number> => {
      const { grids = [] } = await tileOf('grids', middle, query)
      const xs = (
        grids.find((one) => (one.properties as { code: string }).code === '101')?.rings[0] ?? []
      ).map(([x]) => x)
      return Math.max(...xs) - Math.min(...xs)
    }
    const before = await widthOf('?day=2026-05-31')
    const after = await widthOf('?day=2026-06-01')
    // 0.004° then, 0.005° since; each end is rounded to a unit.
    expect(Math.abs(before / after - 0.8)).toBeLessThan(0.003)
  })
})

describe('the other layers', () => {
  it('households are points from zoom 13, and counts by grid below', async () => {
    const near = await tileOf('households', tileAt(119.602, 29.902, 15))
    expect(names(near['households'], 'id')).toContain('h11')
    const far = await tileOf('households', tileAt(119.605, 29.905, 12))
    expect(far['household-counts']?.map((one) => one.properties)).toEqual(
      expect.arrayContaining([
        { code: '101', households: 5 },
        { code: '202', households: 5 },
      ]),
    )
  })

  it('roads, buildings, land, villages, areas and traces are there', async () => {
    expect(names((await tileOf('roads', middle))['roads'], 'class')).toEqual(['primary'])
    expect(names((await tileOf('buildings', middle))['buildings'], 'floors')).toEqual([3])
    expect(names((await tileOf('land', middle))['land'], 'kind')).toEqual(['water'])
    expect(names((await tileOf('villages', middle))['villages'], 'name')).toEqual(['桥头'])
    expect(names((await tileOf('areas', middle))['areas'], 'level')).toContain('township')
    const traces = await tileOf('traces', middle, `?day=${day}&worker=w1`)
    expect(traces['traces']?.map((one) => one.properties)).toEqual([{ worker: 'w1', label: 'inside' }])
    expect(await tileOf('traces', middle, '?day=2026-10-08')).toEqual({})
  })

  it('hazard carries the figures of /hotspots', async () => {
    const question = 'from=2026-10-01&to=2026-10-10&resolution=9'
    const { body } = await service.get(`/api/areas/990101001/hotspots?${question}`)
    const cells = (body as { cells: { h3: string; count: number; z: number | null }[] }).cells
    const { hazard = [] } = await tileOf('hazard', tileAt(119.605, 29.905, 12), `?area=990101001&${question}`)
    const figures = (one: { h3: string; count: number }): string => `${one.h3} ${one.count}`
    expect(hazard.map((one) => figures(one.properties as never)).sort()).toEqual(cells.map(figures).sort())
    // Of the six, one lies north of the town and one has no position.
    expect(cells.reduce((sum, cell) => sum + cell.count, 0)).toBe(4)
    expect(body).toMatchObject({ totals: { records: 6 }, excluded: { no_position: 1, outside: 1 } })
  })
})

describe('how a tile answers', () => {
  it('with its type, and with 304 when the client has it', async () => {
    const first = await service.get(`/tiles/grids/${middle}`)
    expect(first.headers['content-type']).toBe('application/vnd.mapbox-vector-tile')
    expect(first.headers['cache-control']).toBe('private, no-cache')
    const again = await service.get(`/tiles/grids/${middle}`, {
      'if-none-match': first.headers['etag'] ?? '',
    })
    expect(again.status).toBe(304)
  })

  it('empty with 204', async () => {
    expect((await service.get('/tiles/grids/14/0/0')).status).toBe(204)
  })

  it('with or without a suffix', async () => {
    for (const suffix of ['', '.mvt', '.pbf'])
      expect((await service.get(`/tiles/grids/${middle}${suffix}`)).status).toBe(200)
  })

  it('refuses what is no tile, no layer, no parameter of the layer', async () => {
    expect((await service.get('/tiles/grids/3/8/0')).status).toBe(404)
    expect((await service.get('/tiles/nothing/3/1/1')).status).toBe(404)
    expect((await service.get('/tiles/grids/3/a/0')).status).toBe(400)
    expect((await service.get(`/tiles/roads/${middle}?day=${day}`)).status).toBe(400)
    expect((await service.get(`/tiles/traces/${middle}`)).status).toBe(400)
  })

  it('is described by TileJSON, with the same question in its addresses', async () => {
    for (const layer of layerNames.filter((name) => name !== 'hazard' && name !== 'traces')) {
      const { body } = await service.get(`/tiles/${layer}.json`)
      expect((body as { bounds: number[] }).bounds).toEqual([119.6, 29.9, 119.62, 29.91])
    }
    const { body } = await service.get(`/tiles/traces.json?day=${day}`)
    expect((body as { tiles: string[] }).tiles[0]).toMatch(
      /\/tiles\/traces\/\{z\}\/\{x\}\/\{y\}\?day=2026-10-09$/,
    )
  })
})
