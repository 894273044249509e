/** The dated numbers that places set for themselves. */
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export type PolicyKind =
  | 'patrol'
  | 'division'
  | 'assessment'
  | 'retention'
  | 'evidence'
  | 'obligation'
  | 'incident'
  | 'privacy'
  | 'warning'

export interface PolicyRow {
  readonly name: string
  readonly rules: unknown
  readonly area_code: string
  /** YYYY-MM-DD. */
  readonly valid_from: string
}

export interface ListedPolicy extends PolicyRow {
  readonly area_name: string
  readonly kind: PolicyKind
  /** First day on which it no longer holds; null: open. */
  readonly valid_to: string | null
}

export interface PolicyValues {
  readonly area_code: string
  readonly kind: PolicyKind
  /** First day, `YYYY-MM-DD` in Asia/Shanghai. */
  readonly valid_from: string
  readonly valid_to: string | null
  readonly name: string
  readonly rules: object
}

/** Something that was set, as it was set. */
export interface PolicyChange extends Omit<PolicyValues, 'area_code'> {
  readonly change_id: string
  readonly reason: string
  readonly changed_by: string
  /** Epoch milliseconds. */
  readonly changed_at: number
}

const findPolicyQuery = sql<PolicyRow>('policies/find-policy')
const listOfAreaQuery = sql<ListedPolicy>('policies/list-of-area')
const listChangesQuery = sql<PolicyChange>('policies/list-changes')
const upsertQuery = sql<{ written: number }>('policies/upsert-policies')
const findNextStartQuery = sql<{ valid_from: string | null }>('policies/find-next-start')
const endBeforeQuery = sql('policies/end-before')
const insertChangeQuery = sql('policies/insert-change')

/** The policy in force on a day for an area: that of the nearest area upwards that has one. */
export const findPolicy = (
  db: Scoped,
  area: Pick<AreaScope, 'lineage'>,
  kind: PolicyKind,
  day: string,
): Promise<PolicyRow | undefined> => db.maybeOne(findPolicyQuery, [area.lineage, kind, day])

const listPoliciesQuery = sql<PolicyRow & Pick<ListedPolicy, 'valid_to'>>('policies/list-policies')

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

/** All dated policies of an area and of those above it: by kind, nearest area first, newest first. */
export const listPolicies = (db: Scoped, area: Pick<AreaScope, 'lineage'>): Promise<ListedPolicy[]> =>
  db.many(listOfAreaQuery, [area.lineage])

/** What was set for the area itself, newest first. */
export const listPolicyChanges = (db: Scoped, area: string): Promise<PolicyChange[]> =>
  db.many(listChangesQuery, [area])

/** Adds or changes dated policies; how many were written. */
export const upsertPolicies = async (db: Scoped, policies: readonly PolicyValues[]): Promise<number> =>
  (await db.one(upsertQuery, [JSON.stringify(policies)])).written

/**
 * Makes room for a policy from `day` on: what held then ends there.
 * @returns the first later day on which another of the area's begins; null: none does
 */
export async function endPolicyBefore(
  db: Scoped,
  area: string,
  kind: PolicyKind,
  day: string,
): Promise<string | null> {
  await db.none(endBeforeQuery, [area, kind, day])
  return (await db.one(findNextStartQuery, [area, kind, day])).valid_from
}

export const notePolicyChange = async (db: Scoped, area: string, change: PolicyChange): Promise<void> =>
  void (await db.none(insertChangeQuery, [
    area,
    change.change_id,
    change.kind,
    change.valid_from,
    change.valid_to,
    change.name,
    JSON.stringify(change.rules),
    change.reason,
    change.changed_by,
    change.changed_at,
  ]))
