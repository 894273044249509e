/** POST /api/visits: a visit that a supervisor enters, or a worker their own · POST /ingest/visits: a check-in from a worker's phone. */
import { z } from 'zod'
import { onlyWorkerOf, requireOwnWorker, requireRole } from '../../commands/authority.ts'
import { type EnteredVisit, enterVisit, type VisitRequest } from '../../commands/check-ins/enter-visit.ts'
import { admitDevice } from '../../commands/positions/admit-device.ts'
import {
  deviceVisitSchema,
  enteredVisitSchema,
  enterVisitSchema,
  type VisitBody,
} from '../../contract/check-ins.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { normaliseDeviceId } from '../../core/policy/device-policy.ts'
import { badRequest } from '../../errors.ts'
import { isoInstant } from '../parse.ts'
import { credentialsOf } from '../positions/request-key.ts'
import { defineRoute, jsonAnswer } from '../route.ts'

export const enterVisitRoute = defineRoute({
  method: 'post',
  path: '/api/visits',
  tag: 'coverage',
  summary: { zh: '登记走访', en: 'Enter a visit' },
  params: z.object({}),
  query: emptyQuery,
  json: enterVisitSchema,
  answer: jsonAnswer(200, 'The visit as it is kept, with what stands out', enteredVisitSchema),
  async handle({ db, viewer, body, services, now }) {
    const deed = { zh: '登记走访', en: 'enter visits' }
    requireRole(viewer, ['worker', 'supervisor', 'administrator'], deed)
    const own = onlyWorkerOf(viewer)
    if (own) requireOwnWorker(viewer, { town: own.town, id: body.worker }, deed)
    const visit = await enterVisit(db, services.database.system(), {
      ...requestOf(body, now),
      worker: body.worker,
      enteredBy: viewer,
      onlyTown: own?.town ?? null,
    })
    return { body: present(visit), cacheControl: 'no-store' }
  },
})

export const deviceVisitRoute = defineRoute({
  method: 'post',
  path: '/ingest/visits',
  tag: 'ingest',
  summary: { zh: '手机签到', en: 'Check in with a phone' },
  // A phone has no session: it shows its id and key, as when it reports positions.
  isPublic: true,
  params: z.object({}),
  query: emptyQuery,
  json: deviceVisitSchema,
  answer: jsonAnswer(200, 'The visit as it is kept, with what stands out', enteredVisitSchema),
  async handle({ body, request, services, now }) {
    const { kind } = body.device
    const id = normaliseDeviceId(kind, body.device.id)
    const { key } = credentialsOf(request.headers, undefined)
    const device = admitDevice(await services.devices.find(kind, id), id, key)
    const time = Date.parse(body.time)
    const binding = device.bindings.find((one) => one.from <= time && (one.to === null || time < one.to))
    if (!binding)
      throw badRequest({ zh: `设备 ${id} 当时没有分配给网格员`, en: `nobody carried the device ${id} then` })
    const system = services.database.system()
    const visit = await enterVisit(system, system, {
      ...requestOf(body, now),
      worker: binding.worker,
      enteredBy: { name: `device:${device.id}`, worker: { town: device.town, id: binding.worker } },
      onlyTown: device.town,
    })
    return { body: present(visit), cacheControl: 'no-store' }
  },
})

const requestOf = (
  body: VisitBody,
  now: number,
): Omit<VisitRequest, 'worker' | 'enteredBy' | 'onlyTown'> => ({
  id: body.id,
  from: Date.parse(body.time),
  to: body.to === undefined ? null : Date.parse(body.to),
  code: body.code ?? null,
  subject: body.subject ?? null,
  note: body.note ?? null,
  now,
})

function present(one: EnteredVisit): z.infer<typeof enteredVisitSchema> {
  const kind = one.household_id !== null ? 'household' : one.place_id !== null ? 'place' : 'building'
  return {
    id: one.id,
    town: one.town,
    worker: one.worker_id,
    kind,
    subject: one.household_id ?? one.place_id ?? one.building_id ?? '',
    time: isoInstant(one.visited_from),
    evidence: one.evidence,
    marks: [...(one.marks ?? [])],
    distance_metres: one.distance_metres,
    known: one.isKnown,
  }
}
