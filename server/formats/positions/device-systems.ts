/** The coordinate systems a phone in China may report in, whatever it is declared in. */
import gcoord from 'gcoord'
import type { SystemHypothesis } from '../../core/trajectories/coordinate-suspicion.ts'
import { coordinateSystem } from '../coordinate-systems.ts'

const systems = ['EPSG:4326', 'GCJ-02', 'BD-09'] as const
type DeviceSystem = (typeof systems)[number]

const forward = { 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const

/** Each with its way to WGS 84. */
export const deviceSystems: readonly SystemHypothesis[] = systems.map((name) => {
  const { toWgs84 } = coordinateSystem(name, {})
  return { name, toWgs84: (x, y) => toWgs84?.(x, y) ?? [x, y] }
})

/** The system of that name, by whatever alias; undefined for one that no phone speaks. CGCS2000 is WGS 84 here. */
export function deviceSystemOf(declared: string): DeviceSystem | undefined {
  const { name } = coordinateSystem(declared, {})
  return name === 'EPSG:4490' ? 'EPSG:4326' : systems.find((one) => one === name)
}

/** What a device of a system must have written for a stored position; the way there and back is exact to 0.1 m. */
export function asReported(
  system: DeviceSystem,
  longitude: number,
  latitude: number,
): readonly [number, number] {
  if (system === 'EPSG:4326') return [longitude, latitude]
  return gcoord.transform<[number, number]>([longitude, latitude], gcoord.WGS84, forward[system])
}
