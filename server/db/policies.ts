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
  | 'privacy'

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
