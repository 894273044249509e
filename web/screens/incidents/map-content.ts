/** Gathers what the incidents screen has on the map now. */
import type { MultiPolygon, Polygon } from 'geojson'
import { useEffect, useMemo, useState } from 'react'
import type { Incident } from '../../../server/contract/incidents.ts'
import { hexagonBoundary } from '../../../server/core/hexagons/hexagon.ts'
import { api } from '../../api.ts'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { bboxOf } from '../../map/bbox.ts'
import { grounds } from '../../map/ground.ts'
import type { Toggle } from '../../map/layer.ts'
import { areaMask } from '../../map/layers/area-mask.ts'
import { gridLabels, gridLayers } from '../../map/layers/grids.ts'
import type { LegendDescription } from '../../map/legend-entry.ts'
import { useTheme } from '../../preferences.ts'
import { useAddress, useStored } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import type { MapContent } from '../screen.ts'
import { clusterBox } from './analysis/clusters.ts'
import { matches } from './analysis/matches.ts'
import { MapOverlay } from './analysis/overlay.tsx'
import { useAnalysisMap } from './analysis/use-analysis-map.ts'
import {
  daysOf,
  useAsked,
  useFilter,
  useFilters,
  useGridsShown,
  useInterval,
  useLook,
  useSpots,
  useTab,
} from './data.ts'
import { useVisitAges } from './households/data.ts'
import { visitAgeClasses, visitAgeLegend } from './households/visit-ages.ts'
import { incidentPoints, litPoints, pointZoom } from './layers.ts'
import { boxOf } from './spot-list.tsx'
import { text } from './text.ts'
import { useWarningMap } from './warnings/use-warning-map.ts'

export function useIncidentsMap(): MapContent {
  const say = useSay()
  const theme = useTheme()
  const { area: code, selection } = useAddress()
  const interval = useInterval()
  const look = useLook()
  const area = useResource(code ? api.area(code) : null).data
  const grids = useGridsShown().data
  const [tab] = useTab()
  const asked = useAsked()
  const isGridUnit = asked.shown?.answer.unit === 'grid'
  const asksGrids = tab === 'coverage' || isGridUnit
  const boundary = (area?.boundary ?? null) as unknown as Polygon | MultiPolygon | null
  const drawn = useAnalysisMap(tab === 'coverage', boundary)
  const points = usePoints()
  const lit = useLitPoints()
  const warned = useWarningMap(tab === 'warnings', boundary)

  const toggles = useMemo(() => {
    const toggle = (id: string, label: string): Toggle => ({ id, label, shown: true })
    return { points: toggle('points', say(text.layerPoints)), grids: toggle('grids', say(text.layerGrids)) }
  }, [say])

  const mask = useMemo(
    () => (boundary ? areaMask('incidents', boundary, theme) : undefined),
    [boundary, theme],
  )
  // Whoever may not see households has no ages; the grids stay without colour then.
  const ages = useVisitAges(tab === 'coverage').data
  const ground = useMemo(() => {
    if (!interval) return []
    const { pick, ...outlines } = gridLayers({
      id: 'incidents',
      theme,
      day: interval.to,
      classes: tab === 'coverage' ? (ages ? visitAgeClasses(ages.grids) : []) : drawn.gridClasses,
      toggle: toggles.grids,
    })
    const labels = (grids?.grids ?? []).map((grid) => ({
      code: grid.code,
      position: grid.label_point,
      name: grid.name ?? grid.code,
      detail: tab === 'coverage' ? '' : (drawn.gridDetails?.get(grid.code) ?? ''),
      order: 1,
    }))
    return [
      asksGrids && pick ? { ...outlines, pick } : outlines,
      ...(asksGrids ? [gridLabels('incidents', theme, labels, toggles.grids)] : []),
    ]
  }, [interval, grids, theme, toggles, asksGrids, tab, ages, drawn.gridClasses, drawn.gridDetails])

  const dots = useMemo(
    () => incidentPoints(points.list, theme, toggles.points),
    [points.list, theme, toggles],
  )
  const litDots = useMemo(() => litPoints(lit, theme), [lit, theme])
  const layers = useMemo(() => {
    // Where households are asked for, their grids' colours take the place of the hexagons'.
    const isCovered = tab === 'coverage' && ages !== undefined
    const below = isCovered ? [] : drawn.below
    return [...below, ...(mask ? [mask] : []), ...ground, dots, ...drawn.above, ...warned.layers, litDots]
  }, [drawn.below, drawn.above, warned.layers, mask, ground, dots, litDots, tab, ages])
  const legends = useMemo(() => {
    const aPoint: LegendDescription = {
      toggle: 'points',
      title: say(text.layerPoints),
      entries: [{ swatch: { kind: 'dot', color: grounds[theme].text }, label: say(text.aPoint) }],
      ...(points.cut !== null && { leftOut: say(text.pointsCut, { n: formatNumber(points.cut) }) }),
    }
    const shown = tab === 'coverage' && ages ? [visitAgeLegend(ages.grids, say)] : drawn.legends
    return [...warned.legends, ...shown, aPoint]
  }, [drawn.legends, warned.legends, points.cut, theme, say, tab, ages])

  const spots = useSpots()
  const answer = asked.shown?.answer
  const selectionBbox = useMemo(() => {
    if (!selection) return null
    if (selection.kind === 'grid')
      return grids?.grids.find((grid) => grid.code === selection.id)?.bbox ?? null
    const spot = selection.kind === 'spot' ? spots?.find((one) => one.id === selection.id) : undefined
    if (spot) return boxOf(spot) ?? null
    const cluster = answer?.clusters?.find((one) => String(one.rank) === selection.id)
    if (selection.kind === 'cluster') return cluster && answer ? clusterBox(cluster, answer.unit) : null
    if (selection.kind === 'warning') return warned.selectionBbox
    const isKnown = selection.kind === 'hexagon' && answer?.cells.some((cell) => cell.h3 === selection.id)
    return (isKnown && bboxOf(hexagonBoundary(selection.id))) || null
  }, [selection, spots, grids, answer, warned.selectionBbox])

  const loading = asked.loading || points.loading
  const isHalf = look.measure === 'change' && look.isBeside
  return useMemo(
    () => ({ layers, legends, selectionBbox, loading, isHalf, Overlay: MapOverlay }),
    [layers, legends, selectionBbox, loading, isHalf],
  )
}

const noPoints = { list: [], cut: null, loading: false } as const

/** The incidents that pass the filter, near enough for each to be drawn. */
function usePoints() {
  const { area: code, view } = useAddress()
  const interval = useInterval()
  const filter = useFilter()
  const { category } = useFilters()
  const near = view !== null && view.zoom >= pointZoom
  const { data, loading } = useResource(
    near && code && interval ? api.allIncidents(code, daysOf(interval), { category }) : null,
  )
  return useMemo(
    () =>
      near && data
        ? {
            list: data.incidents.filter((incident) => matches(incident, filter)),
            cut: data.next === null ? null : data.incidents.length,
            loading,
          }
        : { ...noPoints, loading },
    [near, data, filter, loading],
  )
}

/** The pointer rests so long on a bar before the map is asked for its incidents. */
const restMilliseconds = 250
const noneLit: readonly Incident[] = []

/** Incidents of the category whose bar the pointer rests on, the latest thousand: where on the map they are. */
function useLitPoints(): readonly Incident[] {
  const { area: code } = useAddress()
  const interval = useInterval()
  const hovered = useStored((state) => (state.hover?.kind === 'category' ? state.hover.id : null))
  const [rested, setRested] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setRested(hovered), hovered === null ? 0 : restMilliseconds)
    return () => clearTimeout(timer)
  }, [hovered])
  const filter = useFilter()
  const { data, current } = useResource(
    rested !== null && code && interval
      ? api.incidents(code, daysOf(interval), { category: rested, limit: 1000 })
      : null,
  )
  return useMemo(
    () =>
      rested !== null && current && data
        ? data.incidents.filter((incident) => matches(incident, { ...filter, categories: [] }))
        : noneLit,
    [rested, current, data, filter],
  )
}
