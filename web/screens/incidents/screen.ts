/** 事件: where incidents gather, how surely, and which households were reached. */
import type { Screen } from '../screen.ts'
import { text as analysisText } from './analysis/text.ts'
import { initialPeriod } from './data.ts'
import { IncidentsDrawer } from './drawer.tsx'
import { IncidentsFoot } from './foot.tsx'
import { useIncidentsMap } from './map-content.ts'
import { IncidentsPanel } from './panel.tsx'

export const incidentsScreen: Screen = {
  id: 'incidents',
  period: 'interval',
  initialPeriod,
  Panel: IncidentsPanel,
  Drawer: IncidentsDrawer,
  Foot: IncidentsFoot,
  shortcuts: () => [
    ['Space', analysisText.playKey],
    [', .', analysisText.frameKey],
  ],
  useMapContent: useIncidentsMap,
}
