/** Devices by the id they report with, asked of the database once in two seconds, not at every fix. */
import { longestDeviceId } from '../../core/policy/device-policy.ts'
import type { Database } from '../../db/database.ts'
import { type DeviceKind, findDevice, type KnownDevice } from '../../db/devices.ts'
import { createRecent } from '../recent.ts'

export interface KnownDevices {
  /** Undefined: no device of that kind has the id. What another process changes is seen within two seconds. */
  find(kind: DeviceKind, id: string): Promise<KnownDevice | undefined>
  /** Devices have changed: what was known of them counts no more. */
  forget(): void
}

export function createKnownDevices(db: Database, now: () => number): KnownDevices {
  const recent = createRecent<KnownDevice | undefined>({
    now,
    freshMilliseconds: 2000,
    patienceMilliseconds: 250,
    keptMilliseconds: 60_000,
    most: 20_000,
  })
  return {
    async find(kind, id) {
      // No device has a longer id, and what strangers make up must not fill the memory.
      if (id.length > longestDeviceId) return undefined
      return recent.get(`${kind} ${id}`, () => findDevice(db.system(), kind, id))
    },
    forget: () => recent.clear(),
  }
}
