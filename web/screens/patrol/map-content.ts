/** Gathers what the patrol screen has on the map now. */
import { useMemo } from 'react'
import { api } from '../../api.ts'
import { useSay } from '../../i18n/use-say.ts'
import { joinBboxes } from '../../map/bbox.ts'
import type { LayerDescription, Toggle } from '../../map/layer.ts'
import { isShown } from '../../map/layer-switch.ts'
import { useArea } from '../../period.ts'
import { useTheme } from '../../preferences.ts'
import { useAddress } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import type { MapContent } from '../screen.ts'
import { dayLanes, dayLanesLegend } from './coverage/day-lanes.ts'
import {
  useCursor,
  useGridsOfDay,
  useIsLive,
  useMarked,
  usePatrolDay,
  usePatrolDayShown,
  usePatrolDays,
  usePeople,
  useWorker,
} from './data.ts'
import { useComparison } from './evidence/map-part.ts'
import { useGround } from './ground.ts'
import {
  allTraces,
  markedPart,
  ownGrids,
  reachedHouseholds,
  stayRings,
  visitAges,
  visitedHexagons,
  workerTrace,
} from './layers.ts'
import { ageLegend, hexagonLegend, reachLegend, stayLegend, traceLegend } from './legends.ts'
import { useLiveMap } from './live/map-content.ts'
import { useIsPlaying } from './playback/data.ts'
import { PlaybackOverlay } from './playback/overlay.tsx'
import { text } from './text.ts'
import { positionAt } from './trace-time.ts'

export function usePatrolMap(): MapContent {
  const isLive = useIsLive()
  const live = useLiveMap(isLive)
  const day = useDayMap()
  return isLive ? live : day
}

function useDayMap(): MapContent {
  const say = useSay()
  const theme = useTheme()
  const { layers: switches } = useAddress()
  const day = usePatrolDayShown()
  const area = useArea()
  const isLive = useIsLive()
  const isPlaying = useIsPlaying()
  const grids = useGridsOfDay().data
  const days = usePatrolDays()
  const people = usePeople()
  const worker = useWorker()
  const answer = usePatrolDay()
  const [marked] = useMarked()
  const cursor = useCursor()
  // Of this worker and day or none: another's trace under a new name would mislead.
  const detail = worker !== null && answer.current ? answer.data : undefined

  const toggles = useMemo(() => {
    const toggle = (id: string, label: string, shown = true): Toggle => ({ id, label, shown })
    return {
      trace: toggle('trace', say(text.layerTrace)),
      others: toggle('others', say(text.layerOthers)),
      stays: toggle('stays', say(text.layerStays)),
      hexagons: toggle('hexagons', say(text.layerHexagons)),
      reach: toggle('reach', say(text.layerHouseholds)),
      lanes: toggle('lanes', say(text.layerLanes), false),
      ages: toggle('ages', say(text.layerAges), false),
      grids: toggle('grids', say(text.layerGrids)),
    }
  }, [say])
  const wantsAges = isShown(toggles.ages, switches)
  const wantsLanes = isShown(toggles.lanes, switches) && detail !== undefined
  const lanes = useResource(area && day && worker && wantsLanes ? api.dayLanes(area.code, worker, day) : null)
  const visits = useResource(area && day && wantsAges && !isLive ? api.householdVisits(area.code, day) : null)

  const ground = useGround(toggles.grids)
  const everybody = useMemo(
    () => (day ? allTraces(day, theme, worker !== null, toggles.others) : undefined),
    [day, theme, worker, toggles],
  )
  const own = useMemo(() => {
    const codes = people?.find((one) => one.worker === worker)?.grids
    return day && codes && ownGrids(codes, day, theme)
  }, [people, worker, day, theme])
  const explained = useMemo(
    () =>
      detail && {
        layers: [
          visitedHexagons(detail.hexagons, theme, toggles.hexagons),
          dayLanes((wantsLanes && lanes.data) || { lanes: [] }, toggles.lanes),
          reachedHouseholds(detail, theme, toggles.reach),
          workerTrace(detail, theme, toggles.trace),
          stayRings(detail, theme, toggles.stays),
        ],
        legends: [
          traceLegend('trace', detail, theme, say),
          stayLegend(detail, theme, say),
          hexagonLegend(detail, say),
          reachLegend(detail, theme, say),
          ...(wantsLanes && lanes.data ? [dayLanesLegend(lanes.data, say)] : []),
        ],
      },
    [detail, theme, toggles, say, wantsLanes, lanes.data],
  )
  const at = isPlaying ? null : cursor
  const comparison = useComparison(detail)
  const pointed = useMemo(
    // While the day is played its own point moves.
    () => detail && markedPart(detail, marked, at === null ? null : positionAt(detail, at), theme),
    [detail, marked, at, theme],
  )
  const ages = useMemo(
    () => ({
      // Without data the layer still stands in the switch, where it is asked for.
      layer: visitAges(
        visits.data && wantsAges ? visits.data : { day: day ?? '', households: [], next: null },
        theme,
        toggles.ages,
      ),
      legend: visits.data && wantsAges ? ageLegend(visits.data, say) : undefined,
    }),
    [visits.data, wantsAges, day, theme, toggles, say],
  )

  const layers = useMemo(
    () =>
      [
        ...ground,
        ages.layer,
        everybody,
        own,
        pointed,
        ...(explained?.layers ?? []),
        comparison?.layer,
      ].filter((layer): layer is LayerDescription => layer !== undefined),
    [ground, ages, everybody, own, pointed, comparison, explained],
  )
  const legends = useMemo(
    () =>
      [
        comparison?.legend,
        ...(explained?.legends ?? []),
        worker === null ? traceLegend('others', undefined, theme, say) : undefined,
        ages.legend,
      ].filter((legend) => legend !== undefined),
    [comparison, explained, worker, ages, theme, say],
  )
  const loading = days.loading || answer.loading || visits.loading || lanes.loading
  // The trace with its grids around it: one who stood still all day has a trace as small as a room.
  const selectionBbox = useMemo(() => {
    const around = grids?.grids.filter((grid) => detail?.days.some((row) => row.grid === grid.code)) ?? []
    return (detail && joinBboxes([detail.bbox ?? undefined, ...around.map((grid) => grid.bbox)])) ?? null
  }, [detail, grids])
  return useMemo(
    () => ({ layers, legends, selectionBbox, loading, isMoving: true, Overlay: PlaybackOverlay }),
    [layers, legends, selectionBbox, loading],
  )
}
