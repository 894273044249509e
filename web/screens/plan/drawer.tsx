/** The one thing selected on the plan screen: a problem or a grid. */
import type { ReactNode } from 'react'
import type { Target } from '../../address.ts'
import { GridDrawer } from './grid-drawer.tsx'
import { ProblemDrawer } from './problem-drawer.tsx'

export function PlanDrawer({ selection }: { readonly selection: Target }): ReactNode {
  return selection.kind === 'grid' ? <GridDrawer code={selection.id} /> : <ProblemDrawer id={selection.id} />
}
