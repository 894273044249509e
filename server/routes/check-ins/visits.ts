/** POST /api/visits: a check-in from a worker's phone, or a visit that a supervisor enters. */
import { z } from 'zod'
import { requireRole } from '../../commands/authority.ts'
import { type EnteredVisit, enterVisit } from '../../commands/check-ins/enter-visit.ts'
import { admitDevice } from '../../commands/positions/admit-device.ts'
import { enteredVisitSchema, enterVisitSchema } from '../../contract/check-ins.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { normaliseDeviceId } from '../../core/policy/device-policy.ts'
import type { Scoped } from '../../db/scope.ts'
import { badRequest } from '../../errors.ts'
import { isoInstant } from '../parse.ts'
import { credentialsOf } from '../positions/request-key.ts'
import { type Call, defineRoute, jsonAnswer } from '../route.ts'

type Body = z.output<typeof enterVisitSchema>
type VisitCall = Call<unknown, unknown, Body>

export const enterVisitRoute = defineRoute({
  method: 'post',
  path: '/api/visits',
  tag: 'coverage',
  summary: { zh: '签到或登记走访', en: 'Check in by a code, or enter a visit' },
  // A phone has no session: it shows its key, as when it reports positions. Whoever names no device must be signed in.
  isPublic: true,
  params: z.object({}),
  query: emptyQuery,
  json: enterVisitSchema,
  answer: jsonAnswer(200, 'The visit as it is kept, with what stands out', enteredVisitSchema),
  async handle(call) {
    const { body, services, now } = call
    const { db, worker, enteredBy, onlyTown } = await whoEnters(call)
    const visit = await enterVisit(db, services.database.system(), {
      id: body.id,
      worker,
      from: Date.parse(body.time),
      to: body.to === undefined ? null : Date.parse(body.to),
      code: body.code ?? null,
      subject: body.subject ?? null,
      note: body.note ?? null,
      enteredBy,
      onlyTown,
      now,
    })
    return { body: present(visit), cacheControl: 'no-store' }
  },
})

interface Entering {
  readonly db: Scoped
  readonly worker: string
  readonly enteredBy: string
  readonly onlyTown: string | null
}

async function whoEnters({ body, request, services }: VisitCall): Promise<Entering> {
  if (body.device) {
    const id = normaliseDeviceId(body.device.kind, body.device.id)
    const { key } = credentialsOf(request.headers, undefined)
    const device = admitDevice(await services.devices.find(body.device.kind, id), id, key)
    const time = Date.parse(body.time)
    const binding = device.bindings.find((one) => one.from <= time && (one.to === null || time < one.to))
    if (!binding)
      throw badRequest({ zh: `设备 ${id} 当时没有分配给网格员`, en: `nobody carried the device ${id} then` })
    return {
      db: services.database.system(),
      worker: binding.worker,
      enteredBy: `device:${device.id}`,
      onlyTown: device.town,
    }
  }
  const { viewer } = await services.gate.identify(request)
  requireRole(viewer, ['supervisor', 'administrator'], { zh: '登记走访', en: 'enter visits' })
  return {
    db: services.database.as(viewer),
    worker: body.worker ?? '',
    enteredBy: viewer.name,
    onlyTown: null,
  }
}

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
