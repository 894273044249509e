/** GET /tiles/{layer}/{z}/{x}/{y} · GET /tiles/{layer}.json, one pair of routes a layer. */
import { z } from 'zod'
import { noteTrace } from '../../commands/privacy/note-trace.ts'
import {
  type LayerName,
  layerNames,
  layerQueries,
  layers,
  type TileJson,
  tileJsonSchema,
} from '../../contract/tiles.ts'
import { listTraceTowns } from '../../db/access.ts'
import { findExtent } from '../../db/areas.ts'
import { findVersion } from '../../db/version.ts'
import type { Viewer } from '../../db/viewer.ts'
import { notFound } from '../../errors.ts'
import { isTile, type TileAddress, tileFrame } from '../../formats/mvt/tile-frame.ts'
import { type TileLayer, writeTile } from '../../formats/mvt/write-tile.ts'
import { computeHotspots, type HotspotsQuestion } from '../hotspots.ts'
import { momentOf } from '../parse.ts'
import { type Answer, type Call, defineRoute, jsonAnswer, type Route } from '../route.ts'
import { scopeKey } from '../viewer.ts'
import { whoseOf } from '../whose.ts'
import { hazardLayer } from './hazard-tile.ts'
import { makeTile } from './make-tile.ts'

const tileType = 'application/vnd.mapbox-vector-tile'

const numberText = z.string().regex(/^\d{1,8}$/)
const tileParams = z.object({
  z: numberText,
  x: numberText,
  y: z
    .string()
    .regex(/^\d{1,8}(\.(mvt|pbf))?$/)
    .meta({ description: 'May end in .mvt or .pbf' }),
})

interface TileQuery {
  readonly day?: string
  readonly worker?: string
}

const tileRoute = (layer: LayerName): Route =>
  defineRoute({
    method: 'get',
    path: `/tiles/${layer}/{z}/{x}/{y}`,
    tag: 'tiles',
    summary: { zh: `瓦片：${layer}`, en: layers[layer].description },
    params: tileParams,
    query: layerQueries[layer] as z.ZodType,
    answer: { status: 200, description: 'Mapbox Vector Tile 2.1; 204 when it is empty', type: tileType },
    async handle(call) {
      const { services, viewer, url, params } = call
      const tile = { z: Number(params.z), x: Number(params.x), y: Number.parseInt(params.y, 10) }
      if (!isTile(tile)) throw notFound({ zh: '这个瓦片', en: 'This tile' })
      const version = await findVersion(services.database)
      if (layer === 'traces') await noteTraceTile(call, tile)
      const whose = layer === 'traces' ? tracesFor(call) : { viewer, worker: null }
      const bytes = await services.caches.tiles.get(
        `${scopeKey(whose.viewer)} ${url} ${dayOfTile(call)} ${whose.worker ?? ''}`,
        version,
        async () => writeTile(await layersOf(layer, tile, call, version, whose)),
      )
      const answer: Answer = { type: tileType, body: bytes, headers: { 'x-content-type-options': 'nosniff' } }
      return bytes.length === 0 ? { status: 204 } : answer
    },
  })

type TileCall = Call<unknown, unknown, unknown>

/** Without a day the tile is of today: at midnight it becomes another. */
const dayOfTile = ({ query, now }: TileCall): string => momentOf((query as TileQuery).day, now).day

/** Whose scope a tile is drawn in, and the worker it is of; null: everybody. */
interface TileFor {
  readonly viewer: Viewer
  readonly worker: string | null
}

/** A worker's account is drawn its own traces, wherever in its township. @throws AppError `forbidden` */
function tracesFor({ viewer, query }: TileCall): TileFor {
  const { only, worker } = whoseOf(viewer, (query as TileQuery).worker)
  return { viewer: only ? { ...viewer, areas: [only.town] } : viewer, worker }
}

/** Kept tiles are read as well as new ones. */
async function noteTraceTile({ db, now, viewer, query }: TileCall, tile: TileAddress): Promise<void> {
  const { worker } = whoseOf(viewer, (query as TileQuery).worker)
  const { day } = momentOf((query as TileQuery).day, now)
  const towns = await listTraceTowns(db, tileFrame(tile).degrees, day, worker)
  await noteTrace(db, { towns, worker, day, now })
}

async function layersOf(
  layer: LayerName,
  tile: TileAddress,
  call: TileCall,
  version: string,
  { viewer, worker }: TileFor,
): Promise<TileLayer[]> {
  const { services, now } = call
  // What is kept for others must not stop because this client goes.
  const db = services.database.as(viewer)
  const frame = tileFrame(tile)
  if (layer === 'hazard') {
    const question = call.query as HotspotsQuestion
    const hotspots = await services.caches.hotspots.get(
      `${scopeKey(viewer)} ${JSON.stringify(question)}`,
      version,
      () => computeHotspots(db, services, question, new AbortController().signal),
    )
    return [hazardLayer(hotspots, frame)]
  }
  const { day } = call.query as TileQuery
  return makeTile(db, layer, tile, frame, { at: momentOf(day, now).at, day, worker })
}

const tileJsonRoute = (layer: LayerName): Route =>
  defineRoute({
    method: 'get',
    path: `/tiles/${layer}.json`,
    tag: 'tiles',
    summary: { zh: `瓦片说明：${layer}`, en: `TileJSON of ${layer}` },
    params: z.object({}),
    query: layerQueries[layer] as z.ZodType,
    answer: jsonAnswer(200, 'TileJSON 3.0', tileJsonSchema),
    async handle({ db, origin, url, services }) {
      const { description, minZoom, maxZoom, vectorLayers } = layers[layer]
      const search = url.includes('?') ? url.slice(url.indexOf('?')) : ''
      const tileJson: TileJson = {
        tilejson: '3.0.0',
        name: layer,
        description,
        version: services.version,
        scheme: 'xyz',
        tiles: [`${origin}/tiles/${layer}/{z}/{x}/{y}${search}`],
        minzoom: minZoom,
        maxzoom: maxZoom,
        bounds: (await findExtent(db)) ?? [-180, -85.05, 180, 85.05],
        vector_layers: Object.entries(vectorLayers).map(([id, fields]) => ({
          id,
          description,
          minzoom: minZoom,
          maxzoom: maxZoom,
          fields: { ...fields },
        })),
      }
      return { body: tileJson }
    },
  })

export const tileRoutes: readonly Route[] = layerNames.flatMap((layer) => [
  tileRoute(layer),
  tileJsonRoute(layer),
])
