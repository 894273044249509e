/**
 * The drawings of plans, the ones used last kept in memory: a township's takes half a second to read, and whoever draws on it
 * saves every few seconds. A revision of a plan never changes once it is written, so what is kept cannot be out of date.
 */
import type { Drawing } from '../../core/planning/drawing/drawing.ts'
import { fromJson } from '../../core/planning/drawing/drawing-json.ts'
import { findDrawing, type PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'

const mostKept = 8
/** By plan and revision, the one used longest ago first. */
const kept = new Map<string, Drawing>()

const keyOf = ({ town_id, plan_id }: Pick<PlanRow, 'town_id' | 'plan_id'>, revision: number): string =>
  `${town_id} ${plan_id} ${revision}`

/** The drawing of a plan that was found in the viewer's scope, and its revision: the plan's, or a newer one made meanwhile. */
export async function loadDrawing(
  db: Scoped,
  plan: PlanRow,
): Promise<{ readonly revision: number; readonly drawing: Drawing }> {
  const known = kept.get(keyOf(plan, plan.revision))
  if (known) {
    keepDrawing(plan, plan.revision, known)
    return { revision: plan.revision, drawing: known }
  }
  const { revision, document } = await findDrawing(db, plan)
  const drawing = fromJson(document)
  keepDrawing(plan, revision, drawing)
  return { revision, drawing }
}

/** Keeps a drawing that is written for good. */
export function keepDrawing(
  plan: Pick<PlanRow, 'town_id' | 'plan_id'>,
  revision: number,
  drawing: Drawing,
): void {
  const key = keyOf(plan, revision)
  kept.delete(key)
  kept.set(key, drawing)
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break
    kept.delete(oldest)
  }
}
