/** The one thing selected on the plan screen: a problem, or a grid of the division in force or of the open plan. */
import type { ReactNode } from 'react'
import type { Target } from '../../address.ts'
import { Loading } from '../../frame/states.tsx'
import { useSession } from './editor/editing.ts'
import { PlanGridDrawer } from './editor/grid-drawer.tsx'
import { usePlanId } from './editor/open-plan.ts'
import { GridDrawer } from './grid-drawer.tsx'
import { ProblemDrawer } from './problem-drawer.tsx'

export function PlanDrawer({ selection }: { readonly selection: Target }): ReactNode {
  const planOpen = usePlanId() !== null
  const drawing = useSession((state) => state.drawing)
  if (planOpen && selection.kind === 'grid')
    return drawing ? <PlanGridDrawer code={selection.id} drawing={drawing} /> : <Loading />
  return selection.kind === 'grid' ? <GridDrawer code={selection.id} /> : <ProblemDrawer id={selection.id} />
}
