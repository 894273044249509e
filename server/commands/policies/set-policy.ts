/**
 * Setting a dated policy of an area. What held on its first day ends there, what begins later still begins: so the days between are
 * judged anew, and those before stay as they were. Closed months keep their sheets.
 */
import { randomUUID } from 'node:crypto'
import type { AreaScope } from '../../db/areas.ts'
import type { Database } from '../../db/database.ts'
import { markDaysOfTownsStale } from '../../db/matching.ts'
import { endPolicyBefore, notePolicyChange, type PolicyKind, upsertPolicies } from '../../db/policies.ts'
import type { Viewer } from '../../db/viewer.ts'
import { AppError, badRequest } from '../../errors.ts'
import { requireRole } from '../authority.ts'
import { loadImportContext } from '../import-context.ts'
import { showIncidents } from '../privacy/show-incidents.ts'

export interface PolicySetting {
  readonly kind: PolicyKind
  readonly name: string
  /** First day on which it holds, `YYYY-MM-DD` in Asia/Shanghai. */
  readonly from: string
  /** Checked by the caller against the kind's own schema. */
  readonly rules: object
  readonly reason: string
}

export interface PolicySet {
  /** The first day on which it no longer holds, because a later one begins; null: open. */
  readonly to: string | null
  /** Townships whose worker days may have to be matched again, and how many days were marked. */
  readonly towns: readonly string[]
  readonly staleDays: number
}

/** Kinds that say how a trace is read: their days are matched again. */
const readsTraces: ReadonlySet<PolicyKind> = new Set(['patrol', 'evidence'])
/** Kinds looked up for a township as a whole. */
const ofTownships: ReadonlySet<PolicyKind> = new Set([
  'patrol',
  'evidence',
  'retention',
  'privacy',
  'warning',
  'assessment',
  'incident',
])

/**
 * @throws AppError `forbidden` unless the viewer administers the area; `not_found`; `bad_request` for a village's policy of a kind that
 *   holds for whole townships
 */
export async function setPolicy(
  db: Database,
  viewer: Viewer,
  area: Pick<AreaScope, 'code' | 'lineage'>,
  { kind, name, from, rules, reason }: PolicySetting,
  now: number,
): Promise<PolicySet> {
  requireRole(viewer, ['administrator'], { zh: '设定政策', en: 'set policies' })
  const { areas } = viewer
  if (areas !== 'all' && !area.lineage.some((code) => areas.includes(code)))
    throw new AppError('forbidden', {
      zh: `不能设定 ${area.code} 的政策`,
      en: `may not set policies of ${area.code}`,
    })
  return db.system().transaction(async (open) => {
    const context = await loadImportContext(open, area.code)
    if (context.area.level === 'village' && ofTownships.has(kind))
      throw badRequest({
        zh: `这类政策以乡镇（街道）为单位：请设在 ${context.area.townId}`,
        en: `policies of this kind hold for whole townships: set it for ${context.area.townId}`,
      })
    const to = await endPolicyBefore(open, area.code, kind, from)
    await upsertPolicies(open, [{ area_code: area.code, kind, valid_from: from, valid_to: to, name, rules }])
    await notePolicyChange(open, area.code, {
      change_id: randomUUID(),
      kind,
      valid_from: from,
      valid_to: to,
      name,
      rules,
      reason,
      changed_by: viewer.name,
      changed_at: now,
    })
    // Where private incidents are shown follows at once.
    if (kind === 'privacy') await showIncidents(open, now, context.townIds)
    const towns = readsTraces.has(kind) ? context.townIds : []
    const staleDays = towns.length === 0 ? 0 : await markDaysOfTownsStale(open, towns, from, to)
    return { to, towns, staleDays }
  })
}
