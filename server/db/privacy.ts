/** Who may see households, and where incidents are shown to the others. */
import { maySeeHouseholds, type PrivacyPolicy, privacyPolicyOf } from '../core/policy/privacy-policy.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface UnshownIncident {
  readonly incident_id: string
  readonly longitude: number
  readonly latitude: number
  readonly village_code: string | null
  readonly grid_code: string | null
  readonly valid_from: number | null
}

export interface Outline {
  readonly grid_code: string | null
  readonly valid_from: number | null
  readonly area_code: string | null
  /** GeoJSON. */
  readonly boundary: string
}

const policiesQuery = sql<{ town_id: string; rules: unknown }>('privacy/list-policies')
const unshownQuery = sql<UnshownIncident>('privacy/list-unshown')
const outlinesQuery = sql<Outline>('privacy/list-outlines')
const showQuery = sql('privacy/show-positions')
const showPublicQuery = sql('privacy/show-public-positions')
const secretQuery = sql<{ secret: string }>('privacy/find-secret')
const insertSecretQuery = sql('privacy/insert-secret')

/** The policy of each township within the viewer's scope, as it is in force today. */
export async function listPrivacy(db: Scoped): Promise<Map<string, PrivacyPolicy>> {
  const rows = await db.many(policiesQuery)
  return new Map(rows.map(({ town_id, rules }) => [town_id, privacyPolicyOf(rules)]))
}

/**
 * Towns whose households, and places of whose private incidents, the viewer sees as they are; null: all. A parameter of every
 * statement that gives them out.
 */
export async function exactTowns(db: Scoped): Promise<readonly string[] | null> {
  const { viewer } = db
  if (!viewer) return null
  const policies = [...(await listPrivacy(db))]
  const exact = policies.filter(([, policy]) => maySeeHouseholds(policy, viewer.role))
  return exact.length === policies.length ? null : exact.map(([town]) => town)
}

/** The least count told of an area's households to this viewer: 1, which hides nothing, where the viewer sees each of them. */
export async function leastCount(db: Scoped, towns: readonly string[]): Promise<number> {
  const { viewer } = db
  if (!viewer) return 1
  const policies = await listPrivacy(db)
  return towns.reduce((most, town) => {
    const policy = policies.get(town) ?? privacyPolicyOf(null)
    return maySeeHouseholds(policy, viewer.role) ? most : Math.max(most, policy.leastHouseholds)
  }, 1)
}

/** What is private, and the hash of the rules that decide where it is shown. */
export interface PrivateRules {
  readonly categories: readonly string[]
  readonly hash: string
}

/** Private incidents not decided on by these rules. */
export const listUnshown = (system: Scoped, town: string, rules: PrivateRules): Promise<UnshownIncident[]> =>
  system.many(unshownQuery, [town, rules.categories, rules.hash])

export const listOutlines = (system: Scoped, town: string): Promise<Outline[]> =>
  system.many(outlinesQuery, [town])

/** Keeps where private incidents are shown; null: nowhere. */
export const showPositions = (
  system: Scoped,
  town: string,
  shown: readonly { readonly incident_id: string; readonly position: string | null }[],
  hash: string,
): Promise<number> => system.none(showQuery, [town, JSON.stringify(shown), hash])

/** What is not private is shown where it happened. */
export const showPublicPositions = (system: Scoped, town: string, rules: PrivateRules): Promise<number> =>
  system.none(showPublicQuery, [town, rules.categories, rules.hash])

/** The secret of a town, made when it is first asked for. @param fresh a new one, in case */
export async function displacementSecret(
  system: Scoped,
  town: string,
  fresh: string,
  now: number,
): Promise<string> {
  const known = await system.maybeOne(secretQuery, [town])
  if (known) return known.secret
  await system.none(insertSecretQuery, [town, fresh, now])
  // Read again: somebody else may have been first.
  return (await system.one(secretQuery, [town])).secret
}
