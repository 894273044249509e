/** The exceptions of what the plan screen shows, and where another one is registered. */
import { useMemo } from 'react'
import type { CheckReport } from '../../../../server/contract/check.ts'
import { api } from '../../../api.ts'
import { type AcceptRequest, acceptPlanProblem, acceptProblem } from '../../../api-plans.ts'
import { today, useArea } from '../../../period.ts'
import { useResource } from '../../../use-resource.ts'
import { usePlanPeriod, usePlanReport } from '../data.ts'
import { usePlan, usePlanId } from '../editor/open-plan.ts'
import { type Life, livesOf } from './lives.ts'

/** Where the problems on the screen belong; null for those of a file that was only checked. */
function usePlace(): {
  readonly area: string
  /** Undefined where none can be registered: a county has no one who answers for it. */
  readonly accept: ((request: AcceptRequest) => Promise<unknown>) | undefined
} | null {
  const area = useArea()
  const day = usePlanPeriod()?.day
  const id = usePlanId()
  const plan = usePlan().data
  const { fileGrids } = usePlanReport()
  if (id !== null)
    return plan?.id === id
      ? { area: plan.area_code, accept: (request) => acceptPlanProblem(plan.id, request) }
      : null
  if (fileGrids !== undefined || !area || !day) return null
  const accept = (request: AcceptRequest): Promise<unknown> => acceptProblem(area.code, day, request)
  return { area: area.code, accept: area.level === 'county' ? undefined : accept }
}

export function useExceptions() {
  const place = usePlace()
  const { data, current, reload } = useResource(place && api.exceptions(place.area))
  return { place, exceptions: place && current ? data?.exceptions : undefined, reload }
}

const noLives: ReadonlyMap<string, Life> = new Map()

/** Problem → its life, by id; those never accepted may be left out. */
export function useLives(report: CheckReport | undefined): ReadonlyMap<string, Life> {
  const { exceptions } = useExceptions()
  return useMemo(
    () => (report && exceptions ? livesOf(report.problems, exceptions, today()) : noLives),
    [report, exceptions],
  )
}

/** May this person accept problems? */
export function useMayRemark(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'planner' || role === 'supervisor' || role === 'administrator'
}
