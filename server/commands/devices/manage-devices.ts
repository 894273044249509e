/** Adding, disabling and enabling devices, and saying who carries them: for administrators and supervisors of the township. */
import { deviceFlaws, normaliseDeviceId } from '../../core/policy/device-policy.ts'
import type { Flaw } from '../../core/values.ts'
import type { Database } from '../../db/database.ts'
import {
  changeDeviceDisabled,
  type DeviceKind,
  endBinding,
  insertBinding,
  insertDevice,
  isDeviceIdTaken,
  type ListedDevice,
  listDevices,
} from '../../db/devices.ts'
import { findAreas } from '../../db/imports.ts'
import type { Scoped } from '../../db/scoped.ts'
import { asDatabaseError } from '../../db/sqlstate.ts'
import type { Viewer } from '../../db/viewer.ts'
import { AppError, notFound } from '../../errors.ts'
import { crsFlaws } from '../../formats/positions/read-report.ts'
import { hashOfSecret } from '../users/secrets.ts'

/** @throws AppError `forbidden` when the viewer's role does not look after devices */
export function requireDeviceKeeper({ role }: Viewer): void {
  if (role === 'administrator' || role === 'supervisor') return
  throw new AppError('forbidden', {
    zh: '设备由管理员或督导管理',
    en: 'devices are looked after by administrators and supervisors',
  })
}

export interface DeviceRequest {
  readonly town: string
  readonly id: string
  readonly kind: DeviceKind
  readonly name: string | null
  readonly coordinateSystem: string
  /** What its requests must show; null: the id is enough. */
  readonly key: string | null
  /** Who carries it from an instant (epoch milliseconds) on; absent: nobody yet. */
  readonly carrier?: { readonly worker: string; readonly from: number } | undefined
}

/**
 * Adds a device and returns the id as it is kept; with a carrier both are kept or neither.
 * @throws AppError `forbidden`, `bad_input` with every flaw, `not_found` (worker), `conflict` when the id is a device already
 */
export async function addDevice(
  db: Database,
  viewer: Viewer,
  request: DeviceRequest,
  now: number,
): Promise<string> {
  requireDeviceKeeper(viewer)
  const id = normaliseDeviceId(request.kind, request.id)
  const [town] = await findAreas(db.system(), [request.town])
  const flaws = [
    ...deviceFlaws(id, request.key),
    ...crsFlaws(request.coordinateSystem, { field: 'crs' }),
    ...(town?.level === 'township' ? [] : [noTown(request.town)]),
  ]
  if (flaws.length > 0) throw refused(flaws)
  const { areas } = viewer
  if (areas !== 'all' && !town?.lineage.some((one) => areas.includes(one))) throw notYours(request.town)
  const { carrier } = request
  // For the system: the id may be a device of a township the viewer does not see.
  const adding = db.system().transaction(async (open) => {
    if (await isDeviceIdTaken(open, id)) throw taken(id)
    await insertDevice(open, {
      town: request.town,
      id,
      kind: request.kind,
      name: request.name,
      coordinateSystem: request.coordinateSystem,
      keyHash: request.key === null ? null : hashOfSecret(request.key),
      addedAt: now,
      addedBy: viewer.name,
    })
    if (carrier)
      await insertBinding(open, { town: request.town, id }, carrier.worker, carrier.from, viewer.name)
  })
  await adding.catch((error: unknown) => {
    throw carrier && !(error instanceof AppError) && asDatabaseError(error).kind === 'foreign_key'
      ? noWorker(carrier.worker)
      : error
  })
  return id
}

const noWorker = (worker: string): AppError => notFound({ zh: `网格员 ${worker}`, en: `Worker ${worker}` })

/** What it reports is refused from now on, or taken again. @throws AppError `forbidden`, `not_found` */
export async function changeDevice(
  db: Database,
  viewer: Viewer,
  typed: string,
  disabledAt: number | null,
): Promise<void> {
  requireDeviceKeeper(viewer)
  const scoped = db.as(viewer)
  const device = await requireDevice(scoped, typed, disabledAt ?? 0)
  if (!(await changeDeviceDisabled(scoped, device.device_id, disabledAt))) throw noDevice(typed)
}

export interface BindingRequest {
  readonly device: string
  readonly worker: string
  /** From when on; fixes of an earlier instant are whose they were. */
  readonly from: number
}

/**
 * Gives a device to a worker; whoever carried it until then no longer does. What was taken in before stays whose it was.
 * @throws AppError `forbidden`, `not_found` (device, worker), `conflict` when it was given to somebody at a later moment
 */
export async function bindDevice(db: Database, viewer: Viewer, request: BindingRequest): Promise<void> {
  requireDeviceKeeper(viewer)
  const { worker, from } = request
  try {
    await db.as(viewer).transaction(async (open) => {
      const device = await requireDevice(open, request.device, from)
      if (device.worker_id === worker) return
      const place = { town: device.town_id, id: device.device_id }
      await endBinding(open, place, from)
      if (!(await insertBinding(open, place, worker, from, viewer.name))) throw notYours(device.town_id)
    })
  } catch (error) {
    if (error instanceof AppError) throw error
    const { kind } = asDatabaseError(error)
    if (kind === 'foreign_key') throw noWorker(worker)
    if (kind === 'exclusion' || kind === 'unique')
      throw new AppError('conflict', {
        zh: `设备 ${request.device} 在此之后已分配给他人`,
        en: `the device ${request.device} was given to somebody at a later moment`,
      })
    throw error
  }
}

/** Nobody carries it from a moment on. @throws AppError `forbidden`, `not_found` (no such device; nobody carries it) */
export async function endDeviceBinding(
  db: Database,
  viewer: Viewer,
  typed: string,
  at: number,
): Promise<void> {
  requireDeviceKeeper(viewer)
  await db.as(viewer).transaction(async (open) => {
    const device = await requireDevice(open, typed, at)
    if ((await endBinding(open, { town: device.town_id, id: device.device_id }, at)) === undefined)
      throw notFound({ zh: `设备 ${typed} 的使用人`, en: `Who carries the device ${typed}` })
  })
}

/** The viewer's device of that id; JT/T 808 numbers also with their leading zeros. @throws AppError `not_found` */
async function requireDevice(db: Scoped, typed: string, at: number): Promise<ListedDevice> {
  for (const id of new Set([typed.trim(), normaliseDeviceId('jt808', typed)])) {
    const [found] = await listDevices(db, null, at, id)
    if (found) return found
  }
  throw noDevice(typed)
}

const noTown = (code: string): Flaw => ({
  code: 'town_unknown',
  place: { field: 'town' },
  message: { zh: `没有乡镇（街道） ${code}`, en: `there is no township ${code}` },
  value: code,
})

const refused = (flaws: readonly Flaw[]): AppError =>
  new AppError(
    'bad_input',
    { zh: '输入有误，没有改动：', en: 'the input has flaws; nothing was changed:' },
    flaws,
  )

const taken = (id: string): AppError =>
  new AppError('conflict', { zh: `设备编号 ${id} 已被登记`, en: `the id ${id} is a device already` })

const notYours = (town: string): AppError =>
  new AppError('forbidden', {
    zh: `没有权限管理 ${town} 的设备`,
    en: `the devices of ${town} are not yours to look after`,
  })

const noDevice = (id: string): AppError => notFound({ zh: `设备 ${id}`, en: `Device ${id}` })
