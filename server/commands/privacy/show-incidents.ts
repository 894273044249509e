/**
 * Decides where incidents are shown to those who may not see where people live, once for each; every tile, list, export and
 * statistic reads the same. Called in the transaction that writes incidents, and at the start for what came before.
 */
import { createHash, createHmac } from 'node:crypto'
import { membershipOf } from '../../core/hexagons/area-membership.ts'
import { displacePoint, type HouseholdGround, householdGround } from '../../core/policy/displace-point.ts'
import type { PrivacyPolicy } from '../../core/policy/privacy-policy.ts'
import type { AreaGeometry, LngLat } from '../../core/values.ts'
import { toHexEwkb } from '../../db/ewkb.ts'
import { listTownHouseholds } from '../../db/households.ts'
import {
  displacementSecret,
  listOutlines,
  listPrivacy,
  listUnshown,
  type PrivateRules,
  showPositions,
  showPublicPositions,
  type UnshownIncident,
} from '../../db/privacy.ts'
import type { Scoped } from '../../db/scoped.ts'
import { newSecret } from '../users/secrets.ts'

/**
 * @param system of the system, best within the transaction that wrote the incidents
 * @param towns absent: all
 * @param now epoch milliseconds, when a secret is made
 * @returns how many private incidents were decided on
 */
export async function showIncidents(system: Scoped, now: number, towns?: readonly string[]): Promise<number> {
  let decided = 0
  for (const [town, policy] of await listPrivacy(system)) {
    if (towns?.includes(town) === false) continue
    const rules = { categories: policy.privateCategories, hash: hashOf(policy) }
    await showPublicPositions(system, town, rules)
    decided += await showPrivate(system, town, policy, rules, now)
  }
  return decided
}

/** Who sees what may change without moving anything. */
const hashOf = ({ exactRoles: _exactRoles, ...rules }: PrivacyPolicy): string =>
  createHash('sha256').update(JSON.stringify(rules)).digest('base64url').slice(0, 16)

async function showPrivate(
  system: Scoped,
  town: string,
  policy: PrivacyPolicy,
  rules: PrivateRules,
  now: number,
): Promise<number> {
  const incidents = await listUnshown(system, town, rules)
  if (incidents.length === 0) return 0
  const secret = await displacementSecret(system, town, newSecret(), now)
  const households = (await listTownHouseholds(system, town)).map(
    ({ longitude, latitude }): LngLat => [longitude, latitude],
  )
  const ground = householdGround(households)
  const outlines = await loadOutlines(system, town, households, policy.leastHouseholds)
  const shown = incidents.map((incident) => {
    const place = placeOf(incident, town, ground, outlines, policy, secret)
    return {
      incident_id: incident.incident_id,
      position: place && toHexEwkb({ type: 'Point', coordinates: [...place] }),
    }
  })
  await showPositions(system, town, shown, rules.hash)
  return shown.length
}

type IsInside = (longitude: number, latitude: number) => boolean

/** Where an incident may be shown: on the ground of the smallest that it lies in of grid, village and township with k households. */
function placeOf(
  incident: UnshownIncident,
  town: string,
  ground: HouseholdGround,
  outlines: ReadonlyMap<string, IsInside>,
  { leastHouseholds: k, leastMetres, version }: PrivacyPolicy,
  secret: string,
): LngLat | null {
  const { incident_id: id, grid_code, valid_from, village_code, longitude, latitude } = incident
  const isAllowed =
    outlines.get(`grid ${grid_code} ${valid_from}`) ??
    outlines.get(`area ${village_code}`) ??
    outlines.get(`area ${town}`) ??
    (() => true)
  const draw = (attempt: number): readonly [number, number] => {
    const bytes = createHmac('sha256', secret)
      .update(JSON.stringify([id, version, attempt]))
      .digest()
    return [bytes.readUIntBE(0, 6) / 2 ** 48, bytes.readUIntBE(6, 6) / 2 ** 48]
  }
  return displacePoint(ground, [longitude, latitude], { k, leastMetres, isAllowed, draw })
}

/** Outlines of grids, villages and the township that have at least k households. */
async function loadOutlines(
  system: Scoped,
  town: string,
  households: readonly LngLat[],
  k: number,
): Promise<Map<string, IsInside>> {
  const found = new Map<string, IsInside>()
  for (const { grid_code, valid_from, area_code, boundary } of await listOutlines(system, town)) {
    const isInside = membershipOf(JSON.parse(boundary) as AreaGeometry)
    let within = 0
    for (const [x, y] of households) if (isInside(x, y) && ++within >= k) break
    if (within >= k)
      found.set(area_code === null ? `grid ${grid_code} ${valid_from}` : `area ${area_code}`, isInside)
  }
  return found
}
