/** The dated numbers that places set for themselves. */
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scope.ts'
import { sql } from './sql.ts'

export type PolicyKind =
  | 'patrol'
  | 'division'
  | 'assessment'
  | 'retention'
  | 'evidence'
  | 'obligation'
  | 'incident'

export interface PolicyRow {
  readonly name: string
  readonly rules: unknown
  readonly area_code: string
  /** YYYY-MM-DD. */
  readonly valid_from: string
}

const findPolicyQuery = sql<PolicyRow>('policies/find-policy')

/** The policy in force on a day for an area: that of the nearest area upwards that has one. */
export const findPolicy = (
  db: Scoped,
  area: Pick<AreaScope, 'lineage'>,
  kind: PolicyKind,
  day: string,
): Promise<PolicyRow | undefined> => db.maybeOne(findPolicyQuery, [area.lineage, kind, day])

interface DatedPolicyRow extends PolicyRow {
  /** First day no longer in force; null: open. */
  readonly valid_to: string | null
}

const listPoliciesQuery = sql<DatedPolicyRow>('policies/list-policies')

/** What is in force for an area on a day, read once for any number of days: the nearest area's upwards that has one. */
export async function policiesOf(
  db: Scoped,
  area: string,
  kind: PolicyKind,
): Promise<(day: string) => PolicyRow | undefined> {
  // Nearest first, as they come.
  const rows = await db.many(listPoliciesQuery, [area, kind])
  return (day) => rows.find((one) => one.valid_from <= day && (one.valid_to === null || day < one.valid_to))
}
