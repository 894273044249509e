/** 巡查: who was where, what it amounts to, and why. */

import { readState } from '../../state.ts'
import type { Screen } from '../screen.ts'
import { initialPeriod, useIsLive } from './data.ts'
import { PatrolDrawer } from './drawer.tsx'
import { PatrolFoot } from './foot.tsx'
import { PatrolPanel } from './panel.tsx'
import { text as playbackText } from './playback/text.ts'
import { useShownMap } from './shown-map.ts'
import { workerOfTarget } from './trace-time.ts'

export const patrolScreen: Screen = {
  id: 'patrol',
  period: 'day',
  initialPeriod,
  Panel: PatrolPanel,
  Drawer: PatrolDrawer,
  Foot: PatrolFoot,
  useMapContent: useShownMap,
  shortcuts: () => {
    const { choices, selection } = readState().address
    return choices['view'] === undefined && workerOfTarget(selection) !== null
      ? [['Space', playbackText.key]]
      : []
  },
  useIsLive,
}
