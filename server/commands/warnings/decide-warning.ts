import type { AreaScope } from '../../db/areas.ts'
import type { Scoped } from '../../db/scope.ts'
import { decideWarning, listWarnings, type WarningRow } from '../../db/warnings.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireRole, requireViewer } from '../authority.ts'

export interface WarningDecision {
  readonly id: string
  readonly state: 'confirmed' | 'dismissed'
  readonly reason: string
  /** Epoch milliseconds. */
  readonly now: number
}

/**
 * A supervisor's word on a draft, once, with who and why.
 * @throws AppError `forbidden`, `not_found`, `conflict` when it was decided before
 */
export async function decideOnWarning(
  db: Scoped,
  area: AreaScope,
  { id, state, reason, now }: WarningDecision,
): Promise<WarningRow> {
  const viewer = requireViewer(db)
  requireRole(viewer, ['administrator', 'supervisor'], { zh: '处理预警', en: 'decide on warnings' })
  const warning = await requireWarning(db, area, id)
  const decided = await decideWarning(db, warning, { state, by: viewer.name, at: now, reason })
  if (!decided)
    throw new AppError('conflict', {
      zh: `预警 ${id} 已处理`,
      en: `warning ${id} was decided before`,
    })
  return requireWarning(db, area, id)
}

async function requireWarning(db: Scoped, area: AreaScope, id: string): Promise<WarningRow> {
  const [found] = await listWarnings(db, area, { state: null, id }, null, 1)
  if (!found) throw notFound({ zh: `预警 ${id}`, en: `Warning ${id}` })
  return found
}
