/** Devices by the id they report with, asked of the database once in two seconds, not at every fix, and many at once. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { longestDeviceId } from '../../core/policy/device-policy.ts'
import type { Database } from '../../db/database.ts'
import { type DeviceKind, findDevices, type KnownDevice } from '../../db/devices.ts'
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
  const ask = createAsker(db)
  return {
    async find(kind, id) {
      // No device has a longer id, and what strangers make up must not fill the memory.
      if (id.length > longestDeviceId) return undefined
      return recent.get(`${kind} ${id}`, () => ask(kind, id))
    },
    forget: () => recent.clear(),
  }
}

interface Question {
  readonly kind: DeviceKind
  readonly id: string
  readonly resolve: (device: KnownDevice | undefined) => void
  readonly reject: (error: unknown) => void
}

/** Ids asked of the database at once, at most. */
const mostAtOnce = 1000

/** What is asked for while one query runs, the next one asks for together. */
function createAsker(db: Database): (kind: DeviceKind, id: string) => Promise<KnownDevice | undefined> {
  const waiting: Question[] = []
  let isAsking = false

  const pump = async (): Promise<void> => {
    await nextTurn()
    while (waiting.length > 0) {
      const group = waiting.splice(0, mostAtOnce)
      try {
        const found = await findDevices(db.system(), group)
        for (const [i, { resolve }] of group.entries()) resolve(found[i])
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    isAsking = false
  }

  return (kind, id) =>
    new Promise((resolve, reject) => {
      waiting.push({ kind, id, resolve, reject })
      if (isAsking) return
      isAsking = true
      void pump()
    })
}
