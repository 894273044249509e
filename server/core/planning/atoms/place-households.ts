import { locator } from '../../coverage/locate.ts'
import { polygonsWithin } from '../../coverage/outline.ts'
import { ringTable } from '../../coverage/ring-table.ts'
import type { PlanHousehold } from '../values.ts'
import type { Cells } from './cells.ts'
import type { Fabric } from './fabric.ts'

export interface Placed {
  /** Cells at each household: one, or those along the line it lies on; none for those in `astray`. */
  readonly cellsAt: readonly (readonly number[])[]
  readonly astray: readonly { readonly household: number; readonly why: 'zero' | 'doubled' | 'outside' }[]
}

/** Finds the cells of every household. Of several of one id the first by place counts. */
export function placeHouseholds(fabric: Fabric, cells: Cells, households: readonly PlanHousehold[]): Placed {
  const owned: number[] = []
  for (let face = 1; face < fabric.faces.faces; face++)
    if (cells.first[face + 1]! > cells.first[face]!) owned.push(face)
  const polygons = owned.map((face) => ({
    type: 'MultiPolygon' as const,
    coordinates: polygonsWithin(fabric, new Set([face])),
  }))
  const locate = locator(ringTable(polygons))
  const counted = firstOfEachId(households)
  const astray: Placed['astray'][number][] = []
  const cellsAt = households.map(({ id, longitude, latitude }, household) => {
    const isZero = longitude === 0 && latitude === 0
    const { inside, on } = locate(longitude, latitude)
    const faces = inside.length > 0 ? inside : on
    const at = faces.flatMap((i) => {
      const face = owned[i]!
      return Array.from(
        { length: cells.first[face + 1]! - cells.first[face]! },
        (_, k) => cells.first[face]! + k,
      )
    })
    if (counted.get(id) !== household) astray.push({ household, why: 'doubled' })
    else if (isZero && at.length === 0) astray.push({ household, why: 'zero' })
    else if (at.length === 0) astray.push({ household, why: 'outside' })
    else return at
    return []
  })
  return { cellsAt, astray }
}

function firstOfEachId(households: readonly PlanHousehold[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  for (const [i, household] of households.entries()) {
    const before = first.get(household.id)
    if (before === undefined || precedes(household, households[before]!)) first.set(household.id, i)
  }
  return first
}

/** A record of the same household that counts rather, whichever was given first: by place, then the fuller one. */
const precedes = (p: PlanHousehold, q: PlanHousehold): boolean =>
  (p.longitude - q.longitude ||
    p.latitude - q.latitude ||
    q.persons - p.persons ||
    Number(q.mustVisit) - Number(p.mustVisit)) < 0
