/** OGC API – Tiles under /ogc: what says where the tiles of /tiles are and how they lie. */
import { z } from 'zod'
import { ogcQuery } from '../../contract/ogc.ts'
import {
  type MatrixSet,
  matrixSetSchema,
  matrixSetsSchema,
  type Tileset,
  type TilesetItem,
  type TilesetLayer,
  tiledCollections,
  tilesetLayers,
  tilesetSchema,
  tilesetsSchema,
  webMercator,
  webMercatorQuad,
} from '../../contract/ogc-tiles.ts'
import { layers } from '../../contract/tiles.ts'
import { findExtent } from '../../db/areas.ts'
import { defineRoute, jsonAnswer, type Route } from '../route.ts'
import { json, link } from './present.ts'

const none = z.object({})
const schemeTitle = 'Google Maps Compatible for the World'
const tilingScheme = 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme'
const tileType = 'application/vnd.mapbox-vector-tile'

/** OGC 17-083r4, WebMercatorQuad: half the circumference of the sphere, in metres; a scale is told of pixels of 0.28 mm. */
const halfCircumference = 20_037_508.342789244
const pixelMetres = 0.000_28
const firstCell = (2 * halfCircumference) / 256
const matrixCount = 25

const webMercatorMatrices: MatrixSet = {
  id: 'WebMercatorQuad',
  title: schemeTitle,
  uri: webMercatorQuad,
  crs: webMercator,
  orderedAxes: ['X', 'Y'],
  wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
  tileMatrices: Array.from({ length: matrixCount }, (_, zoom) => ({
    id: String(zoom),
    scaleDenominator: firstCell / pixelMetres / 2 ** zoom,
    cellSize: firstCell / 2 ** zoom,
    pointOfOrigin: [-halfCircumference, halfCircumference],
    tileWidth: 256,
    tileHeight: 256,
    matrixWidth: 2 ** zoom,
    matrixHeight: 2 ** zoom,
  })),
}

/** Column and row of the tile a point lies in. */
function tileAt(longitude: number, latitude: number, zoom: number): readonly [column: number, row: number] {
  const size = 2 ** zoom
  const within = (value: number): number => Math.min(size - 1, Math.max(0, Math.floor(value * size)))
  const y = Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI
  return [within((longitude + 180) / 360), within((1 - y) / 2)]
}

/** The tiles of each zoom that what the viewer may see lies in. @param extent west, south, east, north */
export function matrixLimits(
  { minZoom, maxZoom }: { readonly minZoom: number; readonly maxZoom: number },
  [west = -180, south = -85.05, east = 180, north = 85.05]: readonly number[],
): Tileset['tileMatrixSetLimits'] {
  return Array.from({ length: maxZoom - minZoom + 1 }, (_, i) => {
    const zoom = minZoom + i
    const [minTileCol, minTileRow] = tileAt(west, north, zoom)
    const [maxTileCol, maxTileRow] = tileAt(east, south, zoom)
    return { tileMatrix: String(zoom), minTileRow, maxTileRow, minTileCol, maxTileCol }
  })
}

function tilesetItem(layer: TilesetLayer, origin: string): TilesetItem {
  const base = `${origin}/ogc`
  return {
    title: layer,
    dataType: 'vector',
    crs: webMercator,
    tileMatrixSetURI: webMercatorQuad,
    links: [
      link(`${base}/tiles/${layer}`, 'self', json, layer),
      link(`${base}/tileMatrixSets/WebMercatorQuad`, tilingScheme, json, schemeTitle),
      {
        ...link(`${origin}/tiles/${layer}/{tileMatrix}/{tileCol}/{tileRow}`, 'item', tileType, 'The tiles'),
        templated: true,
      },
      link(`${origin}/tiles/${layer}.json`, 'describedby', json, 'TileJSON 3.0'),
    ],
  }
}

const listRoute = (path: string, named: readonly TilesetLayer[]): Route =>
  defineRoute({
    method: 'get',
    path,
    tag: 'ogc',
    summary: { zh: '瓦片集', en: 'Tile sets of vector tiles' },
    params: none,
    query: ogcQuery,
    answer: jsonAnswer(200, 'The tile sets', tilesetsSchema),
    handle: async ({ origin }) => ({
      body: {
        links: [link(`${origin}${path}`, 'self', json, 'This document')],
        tilesets: named.map((layer) => tilesetItem(layer, origin)),
      },
    }),
  })

const tilesetRoute = (layer: TilesetLayer): Route =>
  defineRoute({
    method: 'get',
    path: `/ogc/tiles/${layer}`,
    tag: 'ogc',
    summary: { zh: `瓦片集 ${layer}`, en: `Tile set ${layer}` },
    params: none,
    query: ogcQuery,
    answer: jsonAnswer(200, 'The tile set', tilesetSchema),
    handle: async ({ origin, db }) => ({
      body: {
        ...tilesetItem(layer, origin),
        description: layers[layer].description,
        tileMatrixSetLimits: matrixLimits(layers[layer], (await findExtent(db)) ?? []),
      },
    }),
  })

const matrixSetsRoute = defineRoute({
  method: 'get',
  path: '/ogc/tileMatrixSets',
  tag: 'ogc',
  summary: { zh: '瓦片矩阵集', en: 'Tile matrix sets' },
  params: none,
  query: ogcQuery,
  answer: jsonAnswer(200, 'The one there is', matrixSetsSchema),
  async handle({ origin }) {
    const { id, title, uri, crs } = webMercatorMatrices
    const links = [link(`${origin}/ogc/tileMatrixSets/${id}`, 'self', json, title)]
    return { body: { tileMatrixSets: [{ id, title, uri, crs, links }] } }
  },
})

const matrixSetRoute = defineRoute({
  method: 'get',
  path: '/ogc/tileMatrixSets/WebMercatorQuad',
  tag: 'ogc',
  summary: { zh: '瓦片矩阵集 WebMercatorQuad', en: 'WebMercatorQuad' },
  params: none,
  query: ogcQuery,
  answer: jsonAnswer(200, 'How its tiles lie', matrixSetSchema),
  handle: async () => ({ body: webMercatorMatrices }),
})

export const tilesetRoutes: readonly Route[] = [
  listRoute('/ogc/tiles', tilesetLayers),
  ...tilesetLayers.map(tilesetRoute),
  ...tiledCollections.map((name) => listRoute(`/ogc/collections/${name}/tiles`, [name])),
  matrixSetsRoute,
  matrixSetRoute,
]
