/** Holds what a device reported against the ground: is it in the coordinate system it is declared in? Nothing is changed. */
import { type CoordinateSuspicion, suspectCoordinates } from '../../core/trajectories/coordinate-suspicion.ts'
import type { AreaGeometry, Fix } from '../../core/values.ts'
import type { ListedDevice } from '../../db/devices.ts'
import { type FixBesideDevice, listFixesBesideDevice, listRoadsNear } from '../../db/fixes-beside-device.ts'
import { gridBoundaries, listAssignedVersions } from '../../db/matching.ts'
import type { Scoped } from '../../db/scoped.ts'
import { asReported, deviceSystemOf, deviceSystems } from '../../formats/positions/device-systems.ts'

export interface CheckedCoordinates {
  /** Fixes of the device that were looked at. */
  readonly fixes: number
  /** Null: nothing speaks against the declared system. */
  readonly suspicion: CoordinateSuspicion | null
}

/** Systems differ by at most 1.2 km in China: as far from the grids the roads are looked at. Degrees. */
const roadReach = 0.02

/** @param interval epoch milliseconds, half-open */
export async function checkCoordinates(
  db: Scoped,
  device: Pick<ListedDevice, 'town_id' | 'device_id' | 'coordinate_system'>,
  interval: { readonly from: number; readonly to: number },
): Promise<CheckedCoordinates> {
  const { town_id: town, device_id: id } = device
  const { from, to } = interval
  const found = await listFixesBesideDevice(db, town, id, from, to)
  const own = found.filter((one) => one.is_own)
  const declared = deviceSystemOf(device.coordinate_system)
  if (declared === undefined || own.length === 0) return { fixes: own.length, suspicion: null }

  const workers = [...new Set(own.map((one) => one.worker_id))].sort()
  const versions = await listAssignedVersions(db, town, workers, from, to)
  const boundaries = await gridBoundaries(db, town, from, to)
  const grids = [...new Set(versions.map((one) => `${one.grid}@${one.version}`))]
    .map((key) => boundaries.get(key))
    .filter((one) => one !== undefined)
  const suspicion = suspectCoordinates({
    reported: own.map((one) => {
      const [longitude, latitude] = asReported(declared, one.longitude, one.latitude)
      return { time: one.fixed_at, longitude, latitude }
    }),
    declared,
    systems: deviceSystems,
    grids,
    roads: await roadsAround(db, town, grids),
    others: found.filter((one) => !one.is_own).map(fixOf),
  })
  return { fixes: own.length, suspicion: suspicion ?? null }
}

const fixOf = (one: FixBesideDevice): Fix => ({
  time: one.fixed_at,
  longitude: one.longitude,
  latitude: one.latitude,
})

async function roadsAround(
  db: Scoped,
  town: string,
  grids: readonly AreaGeometry[],
): Promise<[number, number][][]> {
  if (grids.length === 0) return []
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { type, coordinates } of grids)
    for (const [x = 0, y = 0] of type === 'Polygon' ? coordinates.flat() : coordinates.flat(2)) {
      west = Math.min(west, x)
      south = Math.min(south, y)
      east = Math.max(east, x)
      north = Math.max(north, y)
    }
  return listRoadsNear(db, town, [west - roadReach, south - roadReach, east + roadReach, north + roadReach])
}
