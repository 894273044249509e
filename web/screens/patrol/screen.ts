/** 巡查: who was where, what it amounts to, and why. */
import type { Screen } from '../screen.ts'
import { initialPeriod } from './data.ts'
import { PatrolDrawer } from './drawer.tsx'
import { PatrolFoot } from './foot.tsx'
import { PatrolPanel } from './panel.tsx'
import { useShownMap } from './shown-map.ts'
import { text } from './text.ts'

export const patrolScreen: Screen = {
  id: 'patrol',
  title: text.title,
  period: 'day',
  initialPeriod,
  Panel: PatrolPanel,
  Drawer: PatrolDrawer,
  Foot: PatrolFoot,
  useMapContent: useShownMap,
}
