/** The one thing selected on the plan screen: a problem, or a grid of the division in force or of the open plan. */
import type { ReactNode } from 'react'
import type { Target } from '../../address.ts'
import { useSession } from './editor/editing.ts'
import { PlanGridDrawer } from './editor/grid-drawer.tsx'
import { GridDrawer } from './grid-drawer.tsx'
import { ProblemDrawer } from './problem-drawer.tsx'

export function PlanDrawer({ selection }: { readonly selection: Target }): ReactNode {
  const drawing = useSession((state) => state.drawing)
  if (drawing && selection.kind === 'grid') return <PlanGridDrawer code={selection.id} drawing={drawing} />
  return selection.kind === 'grid' ? <GridDrawer code={selection.id} /> : <ProblemDrawer id={selection.id} />
}
