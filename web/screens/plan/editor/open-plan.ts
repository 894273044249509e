/** Opens the plan of the address, as long as the plan screen is there. */
import { useEffect } from 'react'
import type { Plan } from '../../../../server/contract/plans.ts'
import type { Patch } from '../../../../server/core/planning/drawing/drawing.ts'
import { api } from '../../../api.ts'
import { loadDrawing, loadPlanEdits, savePlan } from '../../../api-plans.ts'
import { useMedia } from '../../../preferences.ts'
import { useStored } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { allowDrawing, openPlan } from './editing.ts'
import { historyOf } from './operations.ts'
import { drawingWidth } from './overlay.tsx'
import { type PlanServer, Session } from './session.ts'
import { useKnownBand } from './use-band.ts'

/** The id of the plan in the address; null: none is open. */
export const usePlanId = (): string | null => useStored((state) => state.address.choices['plan'] ?? null)

export const usePlan = () => {
  const id = usePlanId()
  return useResource(id === null ? null : api.plan(id))
}

/** Drafts are drawn on; what was submitted or decided stays as it is. */
export const isOpen = (plan: Pick<Plan, 'status'>): boolean =>
  plan.status === 'draft' || plan.status === 'returned'

export function useOpenPlan(): void {
  const id = usePlanId()
  const plan = usePlan().data
  const { data: person } = useResource(api.session())
  const band = useKnownBand()
  const wide = useMedia(drawingWidth)
  const mayDraw = person?.role === 'planner' || person?.role === 'administrator'
  const known = band !== undefined
  useEffect(() => {
    if (id === null) openPlan(null, neverOpened)
    else if (known) openPlan(id, () => new Session(planServer(id), band ?? null))
    // The band is that of the day on which the plan was opened.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id, known])
  useEffect(() => () => openPlan(null, neverOpened), [])
  const canDraw = wide && mayDraw && plan?.id === id && plan !== undefined && isOpen(plan)
  useEffect(() => allowDrawing(canDraw), [canDraw])
}

const neverOpened = (): never => {
  throw new Error('no plan to open')
}

/** A plan on this server. */
function planServer(id: string): PlanServer {
  return {
    load: async (signal) => {
      const { document, revision } = await loadDrawing(id, signal)
      const steps = await loadPlanEdits(id, signal)
      const kept = steps
        // Somebody may have saved between the two answers.
        .filter((step) => step.revision <= revision)
        // The wire leaves open what a patch holds; the server wrote it with the same code that reads it here.
        .map((step) => ({ ...step, inverse: step.inverse as unknown as Patch }))
      return { revision, document, history: historyOf(kept) }
    },
    save: async ({ last, ...steps }) => (await savePlan(id, steps, last)).revision,
  }
}
