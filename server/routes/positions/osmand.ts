/** GET, POST /ingest/osmand: Traccar Client, and whatever else speaks the OsmAnd protocol. */
import { z } from 'zod'
import { admitDevice } from '../../commands/positions/admit-device.ts'
import { takeReports } from '../../commands/positions/take-reports.ts'
import { osmandBody, osmandQuery, reportAnswerSchema } from '../../contract/positions.ts'
import { normaliseDeviceId } from '../../core/policy/device-policy.ts'
import { badRequest } from '../../errors.ts'
import { type OsmandRead, readOsmandJson, readOsmandQuery } from '../../formats/positions/osmand.ts'
import { readBody } from '../read-body.ts'
import { type Answer, type Call, defineRoute, jsonAnswer } from '../route.ts'
import { credentialsOf } from './request-key.ts'

type OsmandCall = Call<unknown, z.output<typeof osmandQuery>, unknown>

const summary = {
  zh: '上报定位（Traccar Client，OsmAnd 协议）',
  en: 'Report a position by the OsmAnd protocol (Traccar Client)',
}
/** A phone's buffer of some hundred readings; who it is from is known only after it is read. */
const mostBytes = 1_000_000

const answer = jsonAnswer(200, 'What became of it; it is durable', reportAnswerSchema)
const common = {
  path: '/ingest/osmand',
  tag: 'ingest',
  summary,
  isPublic: true,
  params: z.object({}),
} as const

export const osmandGetRoute = defineRoute({
  ...common,
  method: 'get',
  query: osmandQuery,
  answer,
  handle: (call) => take(call, readOsmandQuery(queryOf(call.url), call.now)),
})

export const osmandPostRoute = defineRoute({
  ...common,
  method: 'post',
  query: osmandQuery,
  stream: { type: 'application/json', required: false, schema: osmandBody },
  answer,
  async handle(call) {
    const { request, signal, now } = call
    const body = (await readBody(request, mostBytes, signal)).toString('utf8')
    if (request.headers['content-type']?.startsWith('application/json') === true)
      return take(call, readOsmandJson(body))
    // As Traccar has it: parameters of the address, and without an id there those of a form.
    const inAddress = call.query.id !== undefined || call.query['deviceid'] !== undefined
    return take(call, readOsmandQuery(inAddress ? queryOf(call.url) : body, now))
  },
})

async function take({ request, query, services, now }: OsmandCall, read: OsmandRead): Promise<Answer> {
  if ('flaws' in read)
    throw badRequest({ zh: '无法识别上报内容', en: 'the report cannot be read' }, read.flaws)
  const { key } = credentialsOf(request.headers, query.key)
  const id = normaliseDeviceId('osmand', read.deviceId)
  const device = admitDevice(await services.devices.find('osmand', id), id, key)
  const { taken, flaws } = await takeReports(services.fixWriter, device, read.reports, now)
  const shown = flaws.map((flaw) => ({ ...flaw, place: { ...flaw.place }, message: { ...flaw.message } }))
  return { body: { taken, refused: flaws.length, flaws: shown }, cacheControl: 'no-store' }
}

const queryOf = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')
