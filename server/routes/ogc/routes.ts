/** OGC API – Features 1.0 under /ogc: core, other coordinate systems (Part 2), filters (Part 3); and what says where its tiles are. */
import { z } from 'zod'
import { noteTrace } from '../../commands/privacy/note-trace.ts'
import {
  type CollectionName,
  collectionNames,
  collectionSchema,
  collections,
  collectionsSchema,
  conformanceClasses,
  conformanceSchema,
  featureSchema,
  featuresSchema,
  itemsQuery,
  landingSchema,
  ogcQuery,
  featureQuery as oneFeatureQuery,
  queryablesSchema,
} from '../../contract/ogc.ts'
import { crsConformance, offeredCrs } from '../../contract/ogc-crs.ts'
import { filterConformance, queryablesDocument } from '../../contract/ogc-queryables.ts'
import { matrixSetsRelation, tileConformance, tilesetsRelation } from '../../contract/ogc-tiles.ts'
import { openApiDocument } from '../../contract/openapi.ts'
import { findExtent } from '../../db/areas.ts'
import { type FeatureRecord, listFeatures } from '../../db/features.ts'
import type { Scoped } from '../../db/scoped.ts'
import { notFound } from '../../errors.ts'
import { operationOf } from '../docs.ts'
import { isoInstant } from '../parse.ts'
import { type Answer, type Call, defineRoute, jsonAnswer, type Route } from '../route.ts'
import { whoseOf } from '../whose.ts'
import { type System, systemAsked } from './crs.ts'
import { geoJson, json, link, openApi, presentCollection, presentFeature, schemaJson } from './present.ts'
import { featureQuery, type ItemsQuery, idOf, singleQuery } from './query.ts'
import { tilesetRoutes } from './tilesets.ts'

const none = z.object({})
const baseOf = ({ origin }: Pick<Call<unknown, unknown, unknown>, 'origin'>): string => `${origin}/ogc`
const headersIn = ({ uri }: System): Readonly<Record<string, string>> => ({ 'content-crs': `<${uri}>` })

const landingRoute = defineRoute({
  method: 'get',
  path: '/ogc',
  tag: 'ogc',
  summary: { zh: '入口', en: 'Landing page' },
  params: none,
  query: ogcQuery,
  answer: jsonAnswer(200, 'Links to everything else', landingSchema),
  async handle(call) {
    const base = baseOf(call)
    return {
      body: {
        title: 'Wangge 网格',
        description:
          '行政区、网格、户、场所、事件、巡查日和轨迹。Areas, grids, households, places, incidents, patrol days and traces.',
        links: [
          link(base, 'self', json, 'This document'),
          link(`${base}/api`, 'service-desc', openApi, 'OpenAPI 3.0'),
          link(`${call.origin}/api/docs`, 'service-doc', 'text/html', 'To read'),
          link(`${base}/conformance`, 'conformance', json, 'Conformance classes'),
          link(`${base}/collections`, 'data', json, 'Collections'),
          link(`${base}/tiles`, tilesetsRelation, json, 'Vector tiles'),
          link(`${base}/tileMatrixSets`, matrixSetsRelation, json, 'Tile matrix sets'),
        ],
      },
    }
  },
})

const conformanceRoute = defineRoute({
  method: 'get',
  path: '/ogc/conformance',
  tag: 'ogc',
  summary: { zh: '符合的标准', en: 'Conformance classes' },
  params: none,
  query: ogcQuery,
  answer: jsonAnswer(200, 'The classes', conformanceSchema),
  handle: async () => ({
    body: {
      conformsTo: [...conformanceClasses, ...crsConformance, ...filterConformance, ...tileConformance],
    },
  }),
})

const collectionsRoute = defineRoute({
  method: 'get',
  path: '/ogc/collections',
  tag: 'ogc',
  summary: { zh: '要素集', en: 'Collections' },
  params: none,
  query: ogcQuery,
  answer: jsonAnswer(200, 'The collections', collectionsSchema),
  async handle(call) {
    const base = baseOf(call)
    const extent = await findExtent(call.db)
    return {
      body: {
        links: [link(`${base}/collections`, 'self', json, 'This document')],
        crs: [...offeredCrs],
        collections: collectionNames.map((name) => presentCollection(name, base, extent)),
      },
    }
  },
})

const collectionRoute = (name: CollectionName): Route =>
  defineRoute({
    method: 'get',
    path: `/ogc/collections/${name}`,
    tag: 'ogc',
    summary: { zh: `要素集 ${name}`, en: `Collection ${name}` },
    params: none,
    query: ogcQuery,
    answer: jsonAnswer(200, 'The collection', collectionSchema),
    handle: async (call) => ({ body: presentCollection(name, baseOf(call), await findExtent(call.db)) }),
  })

const queryablesRoute = (name: CollectionName): Route =>
  defineRoute({
    method: 'get',
    path: `/ogc/collections/${name}/queryables`,
    tag: 'ogc',
    summary: { zh: `${name} 可查询的属性`, en: `Queryables of ${name}` },
    params: none,
    query: ogcQuery,
    answer: { status: 200, description: 'JSON Schema', type: schemaJson, schema: queryablesSchema },
    handle: async (call) => ({
      type: schemaJson,
      body: JSON.stringify(
        queryablesDocument(name, collections[name].title, `${baseOf(call)}/collections/${name}/queryables`),
      ),
    }),
  })

const itemsRoute = (name: CollectionName): Route =>
  defineRoute({
    method: 'get',
    path: `/ogc/collections/${name}/items`,
    tag: 'ogc',
    summary: { zh: `${name} 的要素`, en: `Features of ${name}` },
    params: none,
    query: itemsQuery(name),
    answer: { status: 200, description: 'A page of features', type: geoJson, schema: featuresSchema },
    async handle(call): Promise<Answer> {
      const query = call.query as ItemsQuery
      const { db, own } = whoseFeatures(name, call, query['worker'])
      const list = `${baseOf(call)}/collections/${name}`
      const system = systemAsked('crs', query['crs']?.toString(), list)
      const asked = featureQuery(name, query, { list, own, now: call.now })
      // One more than asked tells whether there is a next page.
      const { matched, features } = await listFeatures(db, name, { ...asked, limit: asked.limit + 1 })
      const page = features.slice(0, asked.limit)
      const last = features.length > asked.limit ? page.at(-1) : undefined
      if (name === 'traces') {
        // That something was found tells where somebody went, also on a page after the last.
        const isCounted = page.length === 0 && matched > 0
        const told = isCounted
          ? await listFeatures(db, name, { ...asked, after: null, limit: 1 })
          : { features: page }
        await noteTraceFeatures(call, told.features)
      }
      const content = {
        type: 'FeatureCollection',
        numberMatched: matched,
        numberReturned: page.length,
        features: page.map((feature) => presentFeature(name, feature, system)),
        links: [
          link(`${call.origin}${call.url}`, 'self', geoJson, 'This page'),
          link(list, 'collection', json, 'The collection'),
          ...(last ? [link(nextAddress(call, idOf(last.key)), 'next', geoJson, 'Next page')] : []),
        ],
      }
      return {
        type: geoJson,
        headers: headersIn(system),
        tagged: JSON.stringify(content),
        body: JSON.stringify({ ...content, timeStamp: isoInstant(call.now) }),
      }
    },
  })

/** Of one worker, or of one day, where that is what the features are of. */
async function noteTraceFeatures(
  { db, now }: Call<unknown, unknown, unknown>,
  features: readonly FeatureRecord[],
): Promise<void> {
  const partsOf = (place: number): string[] => [...new Set(features.map(({ key }) => key[place] ?? ''))]
  const onlyOne = (parts: readonly string[]): string | null => (parts.length === 1 ? parts[0]! : null)
  const [towns, workers, days] = [partsOf(0), partsOf(1), partsOf(2)]
  await noteTrace(db, { towns, worker: onlyOne(workers), day: onlyOne(days), now })
}

interface WhoseFeatures {
  readonly db: Scoped
  /** To be asked for in any case. */
  readonly own: Readonly<Record<string, string>>
}

/** Of what is about single workers a worker's account reads its own, wherever in its township. @throws AppError `forbidden` */
function whoseFeatures(
  name: CollectionName,
  { db, viewer, services, signal }: Call<unknown, unknown, unknown>,
  asked: string | number | undefined,
): WhoseFeatures {
  if (!('ofWorkers' in collections[name])) return { db, own: {} }
  const { only } = whoseOf(viewer, asked === undefined ? undefined : String(asked))
  if (!only) return { db, own: {} }
  return {
    db: services.database.as({ ...viewer, areas: [only.town] }, { signal }),
    own: { worker: only.id },
  }
}

/** This address, starting after a feature. */
function nextAddress({ origin, url }: { origin: string; url: string }, id: string): string {
  const next = new URL(url, origin)
  next.searchParams.set('after', id)
  return next.href
}

const featureRoute = (name: CollectionName): Route =>
  defineRoute({
    method: 'get',
    path: `/ogc/collections/${name}/items/{feature}`,
    tag: 'ogc',
    summary: { zh: `${name} 的一个要素`, en: `One feature of ${name}` },
    params: z.object({ feature: z.string().min(1).max(300) }),
    query: oneFeatureQuery,
    answer: { status: 200, description: 'The feature', type: geoJson, schema: featureSchema },
    async handle(call) {
      const id = call.params.feature
      const { db, own } = whoseFeatures(name, call, undefined)
      const base = `${baseOf(call)}/collections/${name}`
      const system = systemAsked('crs', call.query.crs, base)
      const { features } = await listFeatures(db, name, singleQuery(name, id, own, call.now))
      const found = features[0]
      if (!found) throw notFound({ zh: `要素 ${id}`, en: `Feature ${id}` })
      if (name === 'traces') await noteTraceFeatures(call, [found])
      const feature = {
        ...presentFeature(name, found, system),
        links: [
          link(`${call.origin}${call.url}`, 'self', geoJson, 'This feature'),
          link(base, 'collection', json, 'The collection'),
        ],
      }
      return { type: geoJson, headers: headersIn(system), body: JSON.stringify(feature) }
    },
  })

const described: readonly Route[] = [
  landingRoute,
  conformanceRoute,
  collectionsRoute,
  ...collectionNames.flatMap((name) => [
    collectionRoute(name),
    queryablesRoute(name),
    itemsRoute(name),
    featureRoute(name),
  ]),
  ...tilesetRoutes,
]

const apiRoute = defineRoute({
  method: 'get',
  path: '/ogc/api',
  tag: 'ogc',
  summary: { zh: '接口描述', en: 'OpenAPI 3.0' },
  params: none,
  query: ogcQuery,
  answer: {
    status: 200,
    description: 'The document',
    type: openApi,
    schema: z.looseObject({ openapi: z.string() }),
  },
  handle: async (call) => ({
    type: openApi,
    body: JSON.stringify(
      openApiDocument(
        '3.0.3',
        {
          title: 'Wangge 网格 · OGC API – Features',
          description:
            'Areas, grids, households, places, incidents, patrol days and traces. Longitude, latitude (CRS84) unless another `crs` is asked for.',
          version: call.services.version,
          server: baseOf(call),
          prefix: '/ogc',
        },
        described.map(operationOf),
      ),
    ),
  }),
})

export const ogcRoutes: readonly Route[] = [...described, apiRoute]
