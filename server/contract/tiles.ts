/**
 * GET /tiles/{layer}/{z}/{x}/{y}[.mvt|.pbf]  a Mapbox Vector Tile 2.1; 204 when it is empty
 * GET /tiles/{layer}.json                    TileJSON 3.0 of a layer
 *
 * Layers and what their features carry (a layer may have several layers within its tiles):
 */
import { z } from 'zod'
import { intervalFields, wholeNumber } from './queries.ts'
import { codeSchema, daySchema } from './values.ts'

export interface LayerDescription {
  readonly description: string
  readonly minZoom: number
  readonly maxZoom: number
  /** Layers within a tile: name → property → description. */
  readonly vectorLayers: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const named = { code: 'String', name: 'String' }

export const layers = {
  areas: {
    description: 'Administrative areas; areas-label has one point an area',
    minZoom: 0,
    maxZoom: 16,
    vectorLayers: {
      areas: { ...named, level: 'county, township or village' },
      'areas-label': { ...named, level: 'county, township or village' },
    },
  },
  grids: {
    description: 'Grids in force; grids-label has one point a grid',
    minZoom: 6,
    maxZoom: 18,
    vectorLayers: {
      grids: { ...named, kind: 'ordinary, dedicated or microgrid', village: 'String', parent: 'String' },
      'grids-label': { ...named, kind: 'ordinary, dedicated or microgrid' },
    },
  },
  villages: {
    description: 'Natural villages; villages-label has one point a village',
    minZoom: 8,
    maxZoom: 16,
    vectorLayers: {
      villages: { id: 'String', name: 'String' },
      'villages-label': { id: 'String', name: 'String' },
    },
  },
  households: {
    description: 'From zoom 13 a point a household; below, how many live in each grid',
    minZoom: 8,
    maxZoom: 18,
    vectorLayers: {
      households: { id: 'String', must_visit: 'Boolean' },
      'household-counts': { code: 'Code of the grid', households: 'Number' },
    },
  },
  buildings: {
    description: 'Footprints',
    minZoom: 14,
    maxZoom: 17,
    vectorLayers: { buildings: { name: 'String', floors: 'Number' } },
  },
  roads: {
    description: 'Roads; smaller ones from larger zooms',
    minZoom: 6,
    maxZoom: 17,
    vectorLayers: { roads: { name: 'String', class: 'As OpenStreetMap highway, or rail' } },
  },
  land: {
    description: 'Water and green',
    minZoom: 6,
    maxZoom: 16,
    vectorLayers: { land: { name: 'String', kind: 'water or green' } },
  },
  traces: {
    description: 'Traces of one day by label',
    minZoom: 8,
    maxZoom: 18,
    vectorLayers: {
      traces: { worker: 'String', label: 'inside, outside, stay, unobserved or unreliable' },
    },
  },
  hazard: {
    description: 'Incidents by H3 hexagon, in units, with Getis–Ord Gi*',
    minZoom: 6,
    maxZoom: 16,
    vectorLayers: {
      hazard: {
        h3: 'String',
        count: 'Number',
        per_km2: 'Number',
        rate: 'Per 1,000 households',
        z: 'Number',
        q: 'Number',
        class: 'hot_0.01 … none … cold_0.01',
      },
    },
  },
} as const satisfies Record<string, LayerDescription>

export type LayerName = keyof typeof layers
export const layerNames = Object.keys(layers) as readonly LayerName[]

const dated = {
  day: daySchema.optional().meta({ description: 'Grids in force at the end of this day; today when absent' }),
}

/** What each layer may be asked. */
export const layerQueries = {
  areas: z.strictObject({}),
  grids: z.strictObject(dated),
  villages: z.strictObject({}),
  households: z.strictObject(dated),
  buildings: z.strictObject({}),
  roads: z.strictObject({}),
  land: z.strictObject({}),
  traces: z.strictObject({ day: daySchema, worker: codeSchema.optional() }),
  hazard: z.strictObject({
    area: codeSchema,
    ...intervalFields,
    category: z.string().optional(),
    resolution: wholeNumber(5, 11).optional(),
    rings: wholeNumber(1, 5).optional(),
  }),
} as const satisfies Record<LayerName, z.ZodType>

/** TileJSON 3.0, https://github.com/mapbox/tilejson-spec/tree/master/3.0.0 */
export const tileJsonSchema = z
  .object({
    tilejson: z.literal('3.0.0'),
    name: z.string(),
    description: z.string(),
    version: z.string(),
    scheme: z.literal('xyz'),
    tiles: z.array(z.string()),
    minzoom: z.int(),
    maxzoom: z.int(),
    bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    vector_layers: z.array(
      z.object({
        id: z.string(),
        description: z.string(),
        minzoom: z.int(),
        maxzoom: z.int(),
        fields: z.record(z.string(), z.string()),
      }),
    ),
  })
  .meta({ id: 'TileJson' })

export type TileJson = z.infer<typeof tileJsonSchema>
