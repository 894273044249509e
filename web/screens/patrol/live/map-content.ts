/** What the map shows in the live view; the workers themselves the overlay draws. */
import { useMemo } from 'react'
import { formatDuration } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { joinBboxes } from '../../../map/bbox.ts'
import { useTheme } from '../../../preferences.ts'
import type { MapContent } from '../../screen.ts'
import { useGridsOfDay, usePatrolDayShown, useWorker } from '../data.ts'
import { useGround } from '../ground.ts'
import { ownGrids } from '../layers.ts'
import { text as patrolText } from '../text.ts'
import { useJudged, useLink, useLive } from './data.ts'
import { liveLegend } from './layers.ts'
import { LiveOverlay } from './overlay.tsx'
import { countStates } from './people.ts'

export function useLiveMap(isShown: boolean): MapContent {
  const say = useSay()
  const theme = useTheme()
  const day = usePatrolDayShown()
  const worker = useWorker()
  const grids = useGridsOfDay().data
  useLink(isShown)
  const isKnown = useLive((value) => value.isKnown)
  const { staleSeconds, offlineSeconds } = useLive((value) => value.thresholds)
  const people = useJudged()
  const toggle = useMemo(() => ({ id: 'grids', label: say(patrolText.layerGrids), shown: true }), [say])
  const ground = useGround(toggle)
  // By what they hold, not by whose they are: positions come by the second.
  const codes = people.find((one) => one.worker === worker)?.grids.join('\n')
  const layers = useMemo(
    () => (day && codes ? [...ground, ownGrids(codes.split('\n'), day, theme)] : ground),
    [ground, codes, day, theme],
  )
  const counts = JSON.stringify(isKnown ? countStates(people) : null)
  const legends = useMemo(
    () => [
      liveLegend(
        JSON.parse(counts) as ReturnType<typeof countStates> | null,
        { stale: formatDuration(staleSeconds), offline: formatDuration(offlineSeconds) },
        theme,
        say,
      ),
    ],
    [counts, staleSeconds, offlineSeconds, theme, say],
  )
  const selectionBbox = useMemo(() => {
    const own = grids?.grids.filter((grid) => codes?.split('\n').includes(grid.code)) ?? []
    return joinBboxes(own.map((grid) => grid.bbox)) ?? null
  }, [grids, codes])
  return useMemo(
    () => ({ layers, legends, selectionBbox, loading: isShown && !isKnown, Overlay: LiveOverlay }),
    [layers, legends, selectionBbox, isShown, isKnown],
  )
}
