/**
 * Who may see where people live, and what the others see instead (small-numbers.ts, displace-point.ts). A policy of kind `privacy`
 * is data with a date, of a county or township.
 */

export interface PrivacyPolicy {
  /** The least number of households that a figure tells of, and among which a place is hidden. */
  readonly leastHouseholds: number
  /** Roles that see households, and incidents where they happened. */
  readonly exactRoles: readonly string[]
  /** Categories of incidents whose place tells of a person, besides all that belong to a household. */
  readonly privateCategories: readonly string[]
  /** No hidden place is shown nearer to the true one, metres. */
  readonly leastMetres: number
  /** Another number moves every hidden place anew. Two versions of a place tell more than one: change it only when the secret is lost. */
  readonly version: number
}

/**
 * Personal data is confidential (001.2 5.6, 001.3, 001.6): those whose work is with single households see them, analysts do not.
 * Five is the least count of most statistical offices.
 */
export const usualPrivacy: PrivacyPolicy = {
  leastHouseholds: 5,
  exactRoles: ['administrator', 'planner', 'supervisor', 'worker'],
  privateCategories: ['dispute', 'special_group', 'resident_need', 'fraud'],
  leastMetres: 30,
  version: 1,
}

/** A place's own rules (in snake case, as policy files have them) over the usual ones; what is no rule changes nothing. */
export function privacyPolicyOf(rules: unknown): PrivacyPolicy {
  const given =
    typeof rules === 'object' && rules !== null ? (rules as Readonly<Record<string, unknown>>) : {}
  const usual = usualPrivacy
  return {
    leastHouseholds: atLeast(given['least_households'], 1) ?? usual.leastHouseholds,
    exactRoles: texts(given['exact_roles']) ?? usual.exactRoles,
    privateCategories: texts(given['private_categories']) ?? usual.privateCategories,
    leastMetres: atLeast(given['least_metres'], 1) ?? usual.leastMetres,
    version: atLeast(given['version'], 1) ?? usual.version,
  }
}

/** Whether somebody of a role sees households and true places. */
export const maySeeHouseholds = ({ exactRoles }: PrivacyPolicy, role: string): boolean =>
  exactRoles.includes(role)

const atLeast = (value: unknown, least: number): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= least ? value : undefined

const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined
