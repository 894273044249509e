/** POST /ingest/owntracks: the OwnTracks apps in HTTP mode. */
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { admitDevice } from '../../commands/positions/admit-device.ts'
import { takeReports } from '../../commands/positions/take-reports.ts'
import { owntracksAnswerSchema, owntracksBody, owntracksQuery } from '../../contract/positions.ts'
import type { KnownDevice } from '../../db/devices.ts'
import { badRequest } from '../../errors.ts'
import { readOwnTracks } from '../../formats/positions/owntracks.ts'
import { readBody } from '../read-body.ts'
import { type Answer, defineRoute, jsonAnswer } from '../route.ts'
import type { KnownDevices } from './known-devices.ts'
import { credentialsOf } from './request-key.ts'

/** The app takes an array of messages for an answer. */
const nothing: Answer = { body: [], cacheControl: 'no-store' }

export const owntracksRoute = defineRoute({
  method: 'post',
  path: '/ingest/owntracks',
  tag: 'ingest',
  summary: { zh: '上报定位（OwnTracks）', en: 'Report a position by OwnTracks over HTTP' },
  isPublic: true,
  params: z.object({}),
  query: owntracksQuery,
  headers: { 'X-Limit-U': 'User; with X-Limit-D the device is `user/device`', 'X-Limit-D': 'Device' },
  stream: { type: 'application/json', required: false, schema: owntracksBody },
  answer: jsonAnswer(200, 'An empty array: the position is durable', owntracksAnswerSchema),
  async handle({ request, query, services, now, signal }) {
    const body = await readBody(request, services.limits.jsonBytes, signal)
    const read = readOwnTracks(body.toString('utf8'))
    if (read === 'other') return nothing
    if ('flaws' in read)
      throw badRequest({ zh: '无法识别上报内容', en: 'the message cannot be read' }, read.flaws)
    const { user, key } = credentialsOf(request.headers, query.key)
    const ids = [...idsOf(request, query, user), ...read.ids]
    const device = admitDevice(await firstKnown(services.devices, ids), ids[0] ?? '', key)
    await takeReports(services.fixWriter, device, [read.report], now)
    return nothing
  },
})

/** Names of the sender outside of the message, the most telling first. */
function idsOf(
  { headers }: IncomingMessage,
  query: { readonly u?: string | undefined; readonly d?: string | undefined },
  user: string | undefined,
): string[] {
  const header = (name: string): string | undefined => {
    const value = headers[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const [u, d] = [header('x-limit-u') ?? query.u ?? user, header('x-limit-d') ?? query.d]
  if (u === undefined) return []
  return d === undefined ? [u] : [`${u}/${d}`, `owntracks/${u}/${d}`, u]
}

async function firstKnown(devices: KnownDevices, ids: readonly string[]): Promise<KnownDevice | undefined> {
  for (const id of ids) {
    const found = await devices.find('owntracks', id)
    if (found) return found
  }
  return undefined
}
