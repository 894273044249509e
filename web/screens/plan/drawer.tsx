/** The one thing selected on the plan screen: a problem, a grid of the division in force or of the open plan, a flow of households. */
import type { ReactNode } from 'react'
import type { Target } from '../../address.ts'
import { Loading } from '../../frame/states.tsx'
import { useComparedPlan } from './comparison/data.ts'
import { FlowCard } from './comparison/flow-card.tsx'
import { useSession } from './editor/editing.ts'
import { PlanGridDrawer } from './editor/grid-drawer.tsx'
import { usePlanId } from './editor/open-plan.ts'
import { GridDrawer } from './grid-drawer.tsx'
import { ProblemDrawer } from './problem-drawer.tsx'

export function PlanDrawer({ selection }: { readonly selection: Target }): ReactNode {
  const planOpen = usePlanId() !== null
  const drawing = useSession((state) => state.drawing)
  const isCompared = useComparedPlan() !== null
  if (selection.kind === 'flow') return <FlowCard id={selection.id} />
  if (planOpen && selection.kind === 'grid') {
    if (!drawing) return <Loading />
    // A grid that the plan retires is one of the division in force.
    const isRetired = isCompared && !drawing.grids.has(selection.id)
    if (!isRetired) return <PlanGridDrawer code={selection.id} drawing={drawing} />
  }
  return selection.kind === 'grid' ? <GridDrawer code={selection.id} /> : <ProblemDrawer id={selection.id} />
}
