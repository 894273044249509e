/** Devices that report positions and who carries them, for administrators and supervisors. */
import { z } from 'zod'
import { checkCoordinates } from '../commands/devices/check-coordinates.ts'
import {
  addDevice,
  bindDevice,
  endDeviceBinding,
  requireDeviceKeeper,
} from '../commands/devices/manage-devices.ts'
import { newSecret } from '../commands/users/secrets.ts'
import {
  addedDeviceSchema,
  bindingSchema,
  coordinateCheckSchema,
  type DeviceOut,
  deviceIdSchema,
  devicesSchema,
  newDeviceSchema,
} from '../contract/devices.ts'
import { emptyQuery, intervalFields, isInterval } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import { groupBy } from '../core/posters/group-by.ts'
import type { CoordinateSuspicion } from '../core/trajectories/coordinate-suspicion.ts'
import { localDayOf } from '../core/trajectories/local-day.ts'
import { type DeviceNote, type ListedDevice, listDeviceNotes, listDevices } from '../db/devices.ts'
import { notFound } from '../errors.ts'
import { loadArea } from './area.ts'
import { instantsOf, isoInstant } from './parse.ts'
import { type Call, defineRoute, jsonAnswer } from './route.ts'

const onArea = z.object({ code: codeSchema })
const onDevice = onArea.extend({ device: deviceIdSchema })
const noteMilliseconds = 30 * 86_400_000
/** A week of a phone's fixes is held in memory. */
const mostDaysChecked = 7

export const devicesRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/devices',
  tag: 'devices',
  summary: {
    zh: '定位设备',
    en: 'Devices that report positions, who carries them, what was not taken of their reports',
  },
  params: onArea,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The devices of the area’s townships', devicesSchema),
  async handle({ db, viewer, params, now }) {
    requireDeviceKeeper(viewer)
    const area = await loadArea(db, params.code)
    const devices = await listDevices(db, area.towns, now)
    const notes = groupBy(
      await listDeviceNotes(db, devices, localDayOf(now - noteMilliseconds)),
      (note) => `${note.town_id} ${note.device_id}`,
    )
    const body = devices.map((one) => presentDevice(one, notes.get(`${one.town_id} ${one.device_id}`) ?? []))
    return { body: { devices: body } }
  },
})

export const addDeviceRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/devices',
  tag: 'devices',
  summary: { zh: '登记一台设备', en: 'Add a device to a township' },
  params: onArea,
  query: emptyQuery,
  json: newDeviceSchema,
  answer: jsonAnswer(201, 'Its id, and its key where one was made', addedDeviceSchema),
  async handle({ services, viewer, params, body, now }) {
    const key = body.with_key === true ? newSecret() : null
    const request = {
      town: params.code,
      id: body.id,
      kind: body.kind,
      name: body.name ?? null,
      coordinateSystem: body.crs ?? 'EPSG:4326',
      key,
    }
    const id = await addDevice(services.database, viewer, request, now)
    services.devices.forget()
    return { body: { id, key }, cacheControl: 'no-store' }
  },
})

export const bindDeviceRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/devices/{device}/binding',
  tag: 'devices',
  summary: { zh: '把设备交给网格员', en: 'Give a device to a worker; whoever carried it no longer does' },
  params: onDevice,
  query: emptyQuery,
  json: bindingSchema,
  answer: { status: 204, description: 'It is theirs' },
  async handle(call) {
    const { services, viewer, params, body, now } = call
    await requireInArea(call)
    const from = body.from === undefined ? now : Date.parse(body.from)
    await bindDevice(services.database, viewer, { device: params.device, worker: body.worker, from })
    services.devices.forget()
    return { cacheControl: 'no-store' }
  },
})

export const endDeviceBindingRoute = defineRoute({
  method: 'delete',
  path: '/api/areas/{code}/devices/{device}/binding',
  tag: 'devices',
  summary: { zh: '收回设备', en: 'Nobody carries the device from now on' },
  params: onDevice,
  query: emptyQuery,
  answer: { status: 204, description: 'It is nobody’s' },
  async handle(call) {
    const { services, viewer, params, now } = call
    await requireInArea(call)
    await endDeviceBinding(services.database, viewer, params.device, now)
    services.devices.forget()
    return { cacheControl: 'no-store' }
  },
})

export const coordinateCheckRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/devices/{device}/coordinates',
  tag: 'devices',
  summary: {
    zh: '核对设备的坐标系',
    en: 'Whether a device’s coordinates are in the system it is declared in',
  },
  params: onDevice,
  query: z.strictObject(intervalFields).refine((one) => isInterval(one) && daysOf(one) <= mostDaysChecked, {
    message: `\`from\` must be a day before \`to\`, at most ${mostDaysChecked} days before`,
    path: ['from'],
  }),
  answer: jsonAnswer(
    200,
    'A suspicion with its evidence, or none; nothing is changed',
    coordinateCheckSchema,
  ),
  async handle(call) {
    const device = await requireInArea(call)
    const { fixes, suspicion } = await checkCoordinates(call.db, device, instantsOf(call.query))
    return { body: { fixes, suspicion: suspicion && presentSuspicion(suspicion) } }
  },
})

const daysOf = ({ from, to }: { from: string; to: string }): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000

const presentSuspicion = ({ evidence, message, ...one }: CoordinateSuspicion): object => ({
  ...one,
  message: { ...message },
  evidence: evidence.map((of) => ({
    system: of.system,
    inside_share: of.insideShare,
    road_m: of.roadMetres,
    step_m: of.stepMetres,
  })),
})

/** @throws AppError `not_found` when the area has no such device */
async function requireInArea({
  db,
  viewer,
  params,
  now,
}: Pick<
  Call<z.output<typeof onDevice>, unknown, unknown>,
  'db' | 'viewer' | 'params' | 'now'
>): Promise<ListedDevice> {
  requireDeviceKeeper(viewer)
  const area = await loadArea(db, params.code)
  const [found] = await listDevices(db, area.towns, now, params.device)
  if (!found) throw notFound({ zh: `设备 ${params.device}`, en: `Device ${params.device}` })
  return found
}

const isoOrNull = (time: number | null): string | null => (time === null ? null : isoInstant(time))

const presentDevice = (one: ListedDevice, notes: readonly DeviceNote[]): DeviceOut => ({
  id: one.device_id,
  kind: one.kind,
  town: one.town_id,
  name: one.name,
  crs: one.coordinate_system,
  has_key: one.has_key,
  registered_at: isoOrNull(one.registered_at),
  added_at: isoInstant(one.added_at),
  disabled_at: isoOrNull(one.disabled_at),
  worker: one.worker_id,
  bound_from: isoOrNull(one.bound_from),
  notes: notes.map((note) => ({
    day: note.day,
    code: note.code,
    reports: note.reports,
    last_at: isoInstant(note.last_at),
    example: { ...note.example, place: { ...note.example.place }, message: { ...note.example.message } },
  })),
})
