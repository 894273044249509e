/** What the open plan is compared with, how the map shows it, and the answers: the address says the first two. */
import { api } from '../../../api.ts'
import { useChoice, useStored } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { usePlanId } from '../editor/open-plan.ts'

/** `plan`: the plan as it is drawn; `swipe`: both on one map, a divider between them; `side`: two maps. */
export type ComparisonView = 'plan' | 'swipe' | 'side'

/** A plan compared with itself says nothing: then, and when nothing is said, it is the grids in force. */
export function useOther(): string | null {
  const plan = usePlanId()
  const other = useStored((state) => state.address.choices['with'])
  return other === undefined || other === plan ? null : other
}

export const useView = () => useChoice<ComparisonView>('map', 'plan')

/** Null unless the comparison is being looked at. */
export function useComparedPlan(): string | null {
  const plan = usePlanId()
  const isShown = useStored((state) => state.address.choices['part'] === 'changes')
  return isShown ? plan : null
}

export function useComparison() {
  const plan = useComparedPlan()
  const other = useOther()
  return useResource(plan === null ? null : api.planComparison(plan, other))
}

export function useComparisonGround() {
  const plan = useComparedPlan()
  const other = useOther()
  return useResource(plan === null ? null : api.comparisonGround(plan, other))
}

/** Where the report can be read (no ending), or saved as `.pdf` or `.xlsx`. */
export const reportAddress = (plan: string, other: string | null, ending: '' | '.pdf' | '.xlsx'): string =>
  `/reports/plans/${encodeURIComponent(plan)}${ending}?${new URLSearchParams({ with: other ?? 'in_force' })}`
