/**
 * OGC API – Tiles 1.0 (OGC 20-057), with the tile matrix set of OGC 17-083r4: /ogc/tiles, /ogc/tiles/{layer},
 * /ogc/collections/{id}/tiles, /ogc/tileMatrixSets, /ogc/tileMatrixSets/WebMercatorQuad. The tiles are those of /tiles.
 */
import { z } from 'zod'
import { linkSchema } from './ogc.ts'
import type { LayerName } from './tiles.ts'

export const webMercator = 'http://www.opengis.net/def/crs/EPSG/0/3857'
export const webMercatorQuad = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad'

export const tileConformance = ['core', 'tileset', 'tilesets-list', 'geodata-tilesets', 'mvt'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${name}`,
)

/** Layers that are drawn without a question; traces need a day, hazard an area and a period. */
export const tilesetLayers = [
  'areas',
  'grids',
  'villages',
  'households',
  'buildings',
  'roads',
  'land',
] as const satisfies readonly LayerName[]
export type TilesetLayer = (typeof tilesetLayers)[number]

/** Collections drawn by the layer of their name. */
export const tiledCollections = ['areas', 'grids', 'households'] as const satisfies readonly TilesetLayer[]

export const tilesetsRelation = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector'
export const matrixSetsRelation = 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes'

const matrixLimitsSchema = z.object({
  tileMatrix: z.string(),
  minTileRow: z.int(),
  maxTileRow: z.int(),
  minTileCol: z.int(),
  maxTileCol: z.int(),
})

const tilesetItemSchema = z
  .object({
    title: z.string(),
    dataType: z.literal('vector'),
    crs: z.string(),
    tileMatrixSetURI: z.string(),
    links: z.array(linkSchema),
  })
  .meta({ id: 'TileSetItem' })

export const tilesetSchema = tilesetItemSchema
  .extend({ description: z.string(), tileMatrixSetLimits: z.array(matrixLimitsSchema) })
  .meta({ id: 'TileSet' })

export const tilesetsSchema = z.object({ links: z.array(linkSchema), tilesets: z.array(tilesetItemSchema) })

export const matrixSetsSchema = z.object({
  tileMatrixSets: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      uri: z.string(),
      crs: z.string(),
      links: z.array(linkSchema),
    }),
  ),
})

export const matrixSetSchema = z.object({
  id: z.string(),
  title: z.string(),
  uri: z.string(),
  crs: z.string(),
  orderedAxes: z.array(z.string()),
  wellKnownScaleSet: z.string(),
  tileMatrices: z.array(
    z.object({
      id: z.string(),
      scaleDenominator: z.number(),
      cellSize: z.number(),
      pointOfOrigin: z.array(z.number()),
      tileWidth: z.int(),
      tileHeight: z.int(),
      matrixWidth: z.int(),
      matrixHeight: z.int(),
    }),
  ),
})

export type Tileset = z.infer<typeof tilesetSchema>
export type TilesetItem = z.infer<typeof tilesetItemSchema>
export type MatrixSet = z.infer<typeof matrixSetSchema>
