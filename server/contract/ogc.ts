/**
 * OGC API – Features 1.0 (Part 1: Core), OGC 17-069r4, with Part 2 (ogc-crs.ts) and Part 3 (ogc-queryables.ts): /ogc, /ogc/conformance, /ogc/api, /ogc/collections,
 * /ogc/collections/{id}, /ogc/collections/{id}/items, /ogc/collections/{id}/items/{feature}, /ogc/collections/{id}/queryables.
 */
import { z } from 'zod'
import { crs84 } from './ogc-crs.ts'
import {
  filterDescription,
  filterLanguages,
  longestFilter,
  queryablesOf,
  valueSchema,
} from './ogc-queryables.ts'
import { daySchema, geometrySchema } from './values.ts'

export const conformanceClasses = [
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
] as const

export interface CollectionDescription {
  readonly title: string
  readonly description: string
  readonly personal: boolean
  /** About single workers: to a worker's account its own only. */
  readonly ofWorkers?: true
  /** How many parts the id of a feature has; they are joined by commas. */
  readonly keyLength: number
}

export const collections = {
  areas: {
    title: '行政区 Areas',
    description: 'Counties, townships and villages.',
    personal: false,
    keyLength: 1,
  },
  grids: {
    title: '网格 Grids',
    description:
      'Grids in dated versions. Without `datetime` those in force now; with it, every version in force at that time. ' +
      'A feature is `town,code` for the version in force now, or `town,code,start` for any version.',
    personal: false,
    keyLength: 3,
  },
  households: {
    title: '户 Households',
    description:
      'Households with the grid in force now that covers each (`grid`; the smaller code on a shared edge, null where none does). ' +
      'Names and house numbers are masked.',
    personal: true,
    keyLength: 2,
  },
  places: {
    title: '场所 Places',
    description:
      'Places with the grid in force now that covers each (`grid`; the smaller code on a shared edge, null where none does).',
    personal: false,
    keyLength: 2,
  },
  incidents: {
    title: '事件 Incidents',
    description:
      'Incidents with the grid that covered each at its moment (`grid`; the smaller code on a shared edge, null where none did).',
    personal: false,
    keyLength: 2,
  },
  'patrol-days': {
    title: '巡查日 Patrol days',
    description:
      'What the day of a worker amounts to in a grid, in seconds and metres, at a point of the grid as it was (null where it is unknown). ' +
      'Names are masked. `datetime` finds local days that meet it.',
    personal: true,
    ofWorkers: true,
    keyLength: 4,
  },
  traces: {
    title: '轨迹 Traces',
    description:
      'The drawn day of a worker, one feature a label; `unobserved` is a straight line over a gap, not a way walked. ' +
      '`datetime` finds local days that meet it.',
    personal: true,
    ofWorkers: true,
    keyLength: 4,
  },
} as const satisfies Record<string, CollectionDescription>

export type CollectionName = keyof typeof collections
export const collectionNames = Object.keys(collections) as readonly CollectionName[]

/** A page holds at most this many features; a larger `limit` is cut to it, as the standard asks. */
export const mostFeatures = 10_000
export const usualFeatures = 1_000

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** Four numbers, or six with heights, which are not used; what they mean, the system of `bbox-crs` says. */
const bboxParameter = z
  .string()
  .refine((text) => {
    const parts = text.split(',')
    return [4, 6].includes(parts.length) && parts.every((part) => number.test(part.trim()))
  }, 'four or six numbers')
  .meta({
    description:
      'The lower corner, then the upper one, in the axes of `bbox-crs` (minLon,minLat,maxLon,maxLat when absent); six numbers carry heights, which are not used',
    parameter: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
  })

/** A long list, which is published with each collection, so not once more with each parameter. */
const crsParameter = (of: string) =>
  z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({
      description: `System of ${of}, one of those the collection lists under \`crs\`; its axes are in the order of its registry`,
      parameter: { type: 'string', format: 'uri', default: crs84 },
    })

const instant = '\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2}))?'
const datetimePattern = new RegExp(`^(?:${instant}|(?:${instant}|\\.\\.|)/(?:${instant}|\\.\\.|))$`)

/** RFC 3339 instant, or an interval with `..` or nothing for an open end; a date alone is that whole day in Asia/Shanghai. */
const datetimeParameter = z
  .string()
  .refine((text) => {
    if (!datetimePattern.test(text)) return false
    const ends = text.split('/').filter((part) => part !== '' && part !== '..')
    const times = ends.map((part) => Date.parse(part))
    // Date.parse takes 31 February for 3 March.
    const areDays = ends.every((part) => daySchema.safeParse(part.slice(0, 10)).success)
    if (!areDays || times.some(Number.isNaN)) return false
    return ends.length > 0 ? times.length < 2 || times[0]! <= times[1]! : text.includes('/')
  }, 'an RFC 3339 instant or interval')
  .meta({ description: 'RFC 3339 instant, or interval start/end, `..` for an open end' })

/** Larger than the most is cut to it, not refused: /req/core/fc-limit-response-1. */
const limitParameter = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform((text) => Math.min(Number(text), mostFeatures))
  .pipe(z.int().min(1))
  .optional()
  .meta({
    description: `Features a page, at most ${mostFeatures}; ${usualFeatures} when absent`,
    parameter: { type: 'integer', minimum: 1, maximum: mostFeatures, default: usualFeatures },
  })

const formatParameter = z
  .enum(['json', 'geojson'])
  .optional()
  .meta({ description: 'GeoJSON is the only format' })

/** The query of a collection's items: each of its queryables that is no geometry is a parameter, too, by equality. */
export function itemsQuery(name: CollectionName) {
  const simple = Object.entries(queryablesOf(name)).flatMap(([key, one]) =>
    one.type === 'geometry'
      ? []
      : [
          [
            key,
            z
              .string()
              .min(1)
              .max(200)
              .optional()
              .meta({ description: one.title, parameter: valueSchema(one) }),
          ] as const,
        ],
  )
  return z.strictObject({
    f: formatParameter,
    bbox: bboxParameter.optional(),
    'bbox-crs': crsParameter('`bbox`'),
    crs: crsParameter('the answer'),
    datetime: datetimeParameter.optional(),
    limit: limitParameter,
    after: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .meta({ description: 'Id of the last feature of the page before' }),
    filter: z.string().min(1).max(longestFilter).optional().meta({ description: filterDescription }),
    'filter-lang': z
      .enum(filterLanguages)
      .default('cql2-text')
      .meta({ description: 'How the filter is written' }),
    'filter-crs': crsParameter('the geometries of the filter'),
    ...(Object.fromEntries(simple) as Record<string, z.ZodOptional<z.ZodString>>),
  })
}

export const featureQuery = z.strictObject({ f: formatParameter, crs: crsParameter('the answer') })

export const ogcQuery = z.strictObject({ f: formatParameter })

export const linkSchema = z
  .object({
    href: z.string(),
    rel: z.string(),
    type: z.string().optional(),
    title: z.string().optional(),
    templated: z.boolean().optional(),
  })
  .meta({ id: 'Link' })

export const landingSchema = z.object({
  title: z.string(),
  description: z.string(),
  links: z.array(linkSchema),
})

export const conformanceSchema = z.object({ conformsTo: z.array(z.string()) })

export const collectionSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    itemType: z.literal('feature'),
    crs: z.array(z.string()),
    storageCrs: z.string(),
    extent: z
      .object({
        spatial: z.object({ bbox: z.array(z.array(z.number())), crs: z.string() }).optional(),
        temporal: z.object({ interval: z.array(z.array(z.string().nullable())), trs: z.string() }).optional(),
      })
      .optional(),
    links: z.array(linkSchema),
  })
  .meta({ id: 'Collection' })

export const queryablesSchema = z.looseObject({
  $schema: z.string(),
  $id: z.string(),
  type: z.literal('object'),
  properties: z.record(z.string(), z.looseObject({ title: z.string() })),
})

export const collectionsSchema = z.object({
  links: z.array(linkSchema),
  crs: z.array(z.string()),
  collections: z.array(collectionSchema),
})

export const featureSchema = z
  .object({
    type: z.literal('Feature'),
    id: z.string(),
    geometry: geometrySchema.nullable(),
    properties: z.record(z.string(), z.unknown()),
    links: z.array(linkSchema).optional(),
  })
  .meta({ id: 'Feature' })

export const featuresSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    timeStamp: z.string(),
    numberMatched: z.int(),
    numberReturned: z.int(),
    features: z.array(featureSchema),
    links: z.array(linkSchema),
  })
  .meta({ id: 'FeatureCollection' })

export type Link = z.infer<typeof linkSchema>
export type Collection = z.infer<typeof collectionSchema>
export type Feature = z.infer<typeof featureSchema>
export type Features = z.infer<typeof featuresSchema>
