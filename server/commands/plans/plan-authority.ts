/** Who may do what with a plan, and finding the plan it is about. */
import type { Message } from '../../core/values.ts'
import { findPlan, listAuthors, type PlanKey, type PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { Viewer, ViewerRole } from '../../db/viewer.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireRole } from '../authority.ts'
import { requireHouseholds } from '../household-right.ts'

/** Planners draw, supervisors decide; administrators may do either, but never decide on what they drew. */
const roles = {
  draw: ['planner', 'administrator'],
  decide: ['supervisor', 'administrator'],
  remark: ['planner', 'supervisor', 'administrator'],
} as const satisfies Record<string, readonly ViewerRole[]>

export type PlanRight = keyof typeof roles

const words: Readonly<Record<PlanRight, Message>> = {
  draw: { zh: '绘制方案', en: 'draw plans' },
  decide: { zh: '审批方案', en: 'decide on plans' },
  remark: { zh: '批注方案', en: 'remark on plans' },
}

/** @throws AppError `forbidden` when the viewer's role does not include it */
export function requireRight(viewer: Viewer, right: PlanRight): void {
  requireRole(viewer, roles[right], words[right])
}

/**
 * @throws AppError `not_found` when there is no such plan or the viewer may not see its area; `forbidden` when not its households,
 * which every drawing, comparison and proposal is made of
 */
export async function requirePlan(db: Scoped, plan: string): Promise<PlanRow> {
  const found = await findPlan(db, plan)
  if (!found) throw notFound({ zh: `方案 ${plan}`, en: `Plan ${plan}` })
  await requireHouseholds(db, [found.town_id])
  return found
}

/** Nobody decides on a plan of their own. @throws AppError `forbidden` */
export async function requireStranger(db: Scoped, plan: PlanKey, viewer: Viewer): Promise<void> {
  if (!(await listAuthors(db, plan)).includes(viewer.name)) return
  throw new AppError('forbidden', {
    zh: `${viewer.name} 参与了本方案的编制，须由他人审批`,
    en: `${viewer.name} had a hand in this plan; somebody else must decide on it`,
  })
}
