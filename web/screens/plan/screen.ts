/** 划分: is the division whole, and are its grids of the right size? */
import type { Screen } from '../screen.ts'
import { initialPeriod } from './data.ts'
import { PlanDrawer } from './drawer.tsx'
import { drawingShortcuts } from './editor/shortcuts.ts'
import { usePlanMap } from './map-content.ts'
import { PlanPanel } from './panel.tsx'

export const planScreen: Screen = {
  id: 'plan',
  period: 'day',
  initialPeriod,
  Panel: PlanPanel,
  Drawer: PlanDrawer,
  shortcuts: drawingShortcuts,
  useMapContent: usePlanMap,
}
