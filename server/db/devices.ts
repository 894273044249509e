/** Devices that report positions, who carries them, and what of their reports was not taken as it came. */
import type { Flaw } from '../core/values.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

/** The protocols devices speak. */
export const deviceKinds = ['osmand', 'owntracks', 'jt808'] as const
export type DeviceKind = (typeof deviceKinds)[number]

/** Who carries a device in [from, to), epoch milliseconds; `to` null while open. */
export interface Binding {
  readonly worker: string
  readonly from: number
  readonly to: number | null
}

/** A device as its reports are judged. */
export interface KnownDevice {
  readonly town: string
  readonly id: string
  readonly coordinateSystem: string
  readonly keyHash: string | null
  /** The key was given by the service at a registration. */
  readonly registered: boolean
  readonly isDisabled: boolean
  /** In time order, without overlap. */
  readonly bindings: readonly Binding[]
  /** Around its township: west, south, east, north; null where the township has no boundary. */
  readonly box: readonly [number, number, number, number] | null
}

export interface ListedDevice {
  readonly town_id: string
  readonly device_id: string
  readonly kind: DeviceKind
  readonly name: string | null
  readonly coordinate_system: string
  readonly has_key: boolean
  readonly registered_at: number | null
  readonly added_at: number
  readonly added_by: string
  readonly disabled_at: number | null
  /** Who carries it, and since when. */
  readonly worker_id: string | null
  readonly bound_from: number | null
}

export interface DeviceNote {
  readonly town_id: string
  readonly device_id: string
  /** Local day of receipt. */
  readonly day: string
  readonly code: string
  readonly reports: number
  readonly first_at: number
  readonly last_at: number
  readonly example: Flaw
}

interface FoundRow {
  readonly kind: DeviceKind
  readonly town_id: string
  readonly device_id: string
  readonly coordinate_system: string
  readonly key_hash: string | null
  readonly registered_at: number | null
  readonly disabled_at: number | null
  readonly bindings: readonly Binding[]
  readonly box: [number, number, number, number] | null
}

const lockQuery = sql('devices/lock-ids')
const findTownQuery = sql<{ town_id: string }>('devices/find-town')
const insertQuery = sql('devices/insert-device')
const changeDisabledQuery = sql('devices/change-disabled')
const registerQuery = sql('devices/register-device')
const findQuery = sql<FoundRow>('devices/find-devices')
const listQuery = sql<ListedDevice>('devices/list-devices')
const endBindingQuery = sql<{ worker_id: string }>('devices/end-binding')
const insertBindingQuery = sql<{ device_id: string }>('devices/insert-binding')
const listNotesQuery = sql<DeviceNote>('devices/list-notes')
const noteReportsQuery = sql('devices/note-reports')

export interface NewDevice {
  readonly town: string
  readonly id: string
  readonly kind: DeviceKind
  readonly name: string | null
  readonly coordinateSystem: string
  readonly keyHash: string | null
  readonly addedAt: number
  readonly addedBy: string
}

/** Whether the id is a device of any township; holds other additions up until the caller's transaction ends. */
export async function isDeviceIdTaken(system: Scoped, id: string): Promise<boolean> {
  await system.one(lockQuery)
  return (await system.many(findTownQuery, [id])).length > 0
}

export async function insertDevice(system: Scoped, one: NewDevice): Promise<void> {
  await system.none(insertQuery, [
    one.town,
    one.id,
    one.kind,
    one.name,
    one.coordinateSystem,
    one.keyHash,
    one.addedAt,
    one.addedBy,
  ])
}

/** Disables from `at` on, or enables (null). False when the viewer has no such device. */
export const changeDeviceDisabled = async (db: Scoped, id: string, at: number | null): Promise<boolean> =>
  (await db.none(changeDisabledQuery, [id, at])) === 1

/** Keeps the key a terminal is given at its registration; false when it has one that a person set, or is disabled. */
export const registerDevice = async (
  db: Scoped,
  device: { readonly town: string; readonly id: string },
  keyHash: string,
  now: number,
): Promise<boolean> => (await db.none(registerQuery, [device.town, device.id, keyHash, now])) === 1

export async function findDevice(db: Scoped, kind: DeviceKind, id: string): Promise<KnownDevice | undefined> {
  return (await findDevices(db, [{ kind, id }]))[0]
}

/** Devices by kind and id, each as it was asked for; undefined where there is none. */
export async function findDevices(
  db: Scoped,
  wanted: readonly { readonly kind: DeviceKind; readonly id: string }[],
): Promise<(KnownDevice | undefined)[]> {
  const rows = await db.many(findQuery, [wanted.map((one) => one.kind), wanted.map((one) => one.id)])
  const found = new Map(rows.map((row) => [`${row.kind} ${row.device_id}`, deviceOf(row)]))
  return wanted.map(({ kind, id }) => found.get(`${kind} ${id}`))
}

const deviceOf = (row: FoundRow): KnownDevice => ({
  town: row.town_id,
  id: row.device_id,
  coordinateSystem: row.coordinate_system,
  keyHash: row.key_hash,
  registered: row.registered_at !== null,
  isDisabled: row.disabled_at !== null,
  bindings: row.bindings,
  box: row.box,
})

/** Devices of some towns (null: all the viewer's) with who carries each at the moment; `id`: that one only. */
export const listDevices = (
  db: Scoped,
  towns: readonly string[] | null,
  at: number,
  id: string | null = null,
): Promise<ListedDevice[]> => db.many(listQuery, [towns, at, id])

/** Who carried it until now; undefined when nobody did. */
export const endBinding = async (
  db: Scoped,
  device: { readonly town: string; readonly id: string },
  at: number,
): Promise<string | undefined> =>
  (await db.maybeOne(endBindingQuery, [device.town, device.id, at]))?.worker_id

/** False when the township is not the viewer's. @throws DatabaseError `foreign_key` (no such worker), `exclusion` (a later binding) */
export const insertBinding = async (
  db: Scoped,
  device: { readonly town: string; readonly id: string },
  worker: string,
  from: number,
  by: string,
): Promise<boolean> =>
  (await db.maybeOne(insertBindingQuery, [device.town, device.id, worker, from, by])) !== undefined

/** Notes on devices since a local day, the newest first. */
export const listDeviceNotes = async (
  db: Scoped,
  devices: readonly { readonly town_id: string; readonly device_id: string }[],
  since: string,
): Promise<DeviceNote[]> => {
  if (devices.length === 0) return []
  const towns = [...new Set(devices.map((one) => one.town_id))]
  return db.many(listNotesQuery, [towns, devices.map((one) => one.device_id), since])
}

/** One report that was refused or corrected. */
export interface NotedReport {
  readonly device: string
  /** Local day of receipt. */
  readonly day: string
  readonly flaw: Flaw
}

/** Counts reports of one town's devices, within the caller's transaction. */
export async function noteReports(
  db: Scoped,
  town: string,
  reports: readonly NotedReport[],
  now: number,
): Promise<void> {
  const counted = new Map<string, { one: NotedReport; count: number }>()
  for (const one of reports) {
    const key = JSON.stringify([one.device, one.day, one.flaw.code])
    counted.set(key, { one, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  // In the order of the key, so that two writers never wait for each other in a circle.
  const rows = [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  if (rows.length === 0) return
  await db.none(noteReportsQuery, [
    town,
    rows.map(({ one }) => one.device),
    rows.map(({ one }) => one.day),
    rows.map(({ one }) => one.flaw.code),
    rows.map(({ count }) => count),
    rows.map(({ one }) => JSON.stringify(one.flaw)),
    now,
  ])
}
