/** Gathers what the incidents screen has on the map now. */
import type { MultiPolygon, Polygon } from 'geojson'
import { useMemo } from 'react'
import { hexagonBoundary } from '../../../server/core/hexagons/hexagon.ts'
import { api } from '../../api.ts'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { bboxOf } from '../../map/bbox.ts'
import { grounds } from '../../map/ground.ts'
import type { LayerDescription, Toggle } from '../../map/layer.ts'
import { areaMask } from '../../map/layers/area-mask.ts'
import { gridLabels, gridLayers } from '../../map/layers/grids.ts'
import type { LegendDescription } from '../../map/legend-entry.ts'
import { useTheme } from '../../preferences.ts'
import { useAddress } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import type { MapContent } from '../screen.ts'
import {
  daysOf,
  useBreaks,
  useFilters,
  useGridsShown,
  useHotspots,
  useInterval,
  useSpots,
  useTab,
} from './data.ts'
import { useVisitAges } from './households/data.ts'
import { visitAgeClasses, visitAgeLegend } from './households/visit-ages.ts'
import {
  hexagonFeatures,
  hexagonLabels,
  hexagonLayer,
  hexagonLegend,
  incidentPoints,
  pointZoom,
} from './layers.ts'
import { PickOverlay } from './life/pick-overlay.tsx'
import { boxOf } from './spot-list.tsx'
import { text } from './text.ts'

const noBreaks: readonly number[] = []

export function useIncidentsMap(): MapContent {
  const say = useSay()
  const theme = useTheme()
  const { area: code, selection, view } = useAddress()
  const interval = useInterval()
  const area = useResource(code ? api.area(code) : null).data
  const grids = useGridsShown().data
  const { measure, category } = useFilters()
  const [tab] = useTab()
  const hotspots = useHotspots()
  const breaks = useBreaks() ?? noBreaks
  const near = view !== null && view.zoom >= pointZoom
  const points = useResource(
    near && area && interval ? api.allIncidents(area.code, daysOf(interval), { category }) : null,
  )

  const toggles = useMemo(() => {
    const toggle = (id: string, label: string): Toggle => ({ id, label, shown: true })
    return {
      hexagons: toggle('hexagons', say(text.measureTitles[measure])),
      points: toggle('points', say(text.layerPoints)),
      grids: toggle('grids', say(text.layerGrids)),
    }
  }, [say, measure])

  const mask = useMemo(
    () =>
      area?.boundary
        ? areaMask('incidents', area.boundary as unknown as Polygon | MultiPolygon, theme)
        : undefined,
    [area, theme],
  )
  const asksGrids = tab === 'coverage'
  // Whoever may not see households has no ages; the grids stay without colour then.
  const ages = useVisitAges(asksGrids).data
  const ground = useMemo(() => {
    if (!interval) return []
    const { pick, ...outlines } = gridLayers({
      id: 'incidents',
      theme,
      day: interval.to,
      classes: asksGrids && ages ? visitAgeClasses(ages.grids) : [],
      toggle: toggles.grids,
    })
    const labels = (grids?.grids ?? []).map((grid) => ({
      code: grid.code,
      position: grid.label_point,
      name: grid.name ?? grid.code,
      detail: '',
      order: 1,
    }))
    return [
      asksGrids && pick ? { ...outlines, pick } : outlines,
      ...(asksGrids ? [gridLabels('incidents', theme, labels, toggles.grids)] : []),
    ]
  }, [interval, grids, theme, toggles, asksGrids, ages])

  const cells = hotspots.data?.cells
  const spots = useSpots()
  const spot = selection?.kind === 'spot' ? spots?.find((one) => one.id === selection.id) : undefined
  const features = useMemo(() => cells && hexagonFeatures(cells), [cells])
  const hexagons = useMemo(
    () =>
      features &&
      hexagonLayer({
        features,
        measure,
        breaks,
        theme,
        toggle: toggles.hexagons,
        pickable: !asksGrids,
        outlined: spot?.cells.map((cell) => cell.h3) ?? [],
      }),
    [features, measure, breaks, theme, toggles, asksGrids, spot],
  )
  const resolution = hotspots.data?.resolution
  const labels = useMemo(
    () =>
      cells && resolution !== undefined && !asksGrids
        ? hexagonLabels(cells, measure, resolution, theme, toggles.hexagons)
        : undefined,
    [cells, resolution, measure, theme, toggles, asksGrids],
  )
  const dots = useMemo(
    () =>
      incidentPoints(
        near && points.data ? points.data : { incidents: [], next: null },
        theme,
        toggles.points,
      ),
    [near, points.data, theme, toggles],
  )

  const layers = useMemo(
    () =>
      [asksGrids && ages ? undefined : hexagons, mask, ...ground, dots, labels].filter(
        (layer): layer is LayerDescription & { kind: 'maplibre' } => layer !== undefined,
      ),
    [hexagons, mask, ground, dots, labels, asksGrids, ages],
  )
  const legends = useMemo(() => {
    const cut = points.data?.next ? points.data.incidents.length : undefined
    const aPoint: LegendDescription = {
      toggle: 'points',
      title: say(text.layerPoints),
      entries: [{ swatch: { kind: 'dot', color: grounds[theme].text }, label: say(text.aPoint) }],
      ...(cut !== undefined && { leftOut: say(text.pointsCut, { n: formatNumber(cut) }) }),
    }
    const ground = asksGrids
      ? ages && visitAgeLegend(ages.grids, say)
      : hotspots.data && hexagonLegend(hotspots.data, measure, breaks, theme, say)
    return [ground, aPoint].filter((legend) => legend !== undefined)
  }, [hotspots.data, measure, breaks, points.data, theme, say, asksGrids, ages])

  const selectionBbox = useMemo(() => {
    if (selection?.kind === 'grid')
      return grids?.grids.find((grid) => grid.code === selection.id)?.bbox ?? null
    if (spot) return boxOf(spot) ?? null
    const cell = selection?.kind === 'hexagon' ? cells?.find((one) => one.h3 === selection.id) : undefined
    return (cell && bboxOf(hexagonBoundary(cell.h3))) ?? null
  }, [selection, spot, grids, cells])

  const loading = hotspots.loading || points.loading
  const isReporting = selection?.kind === 'report'
  return useMemo(
    () => ({ layers, legends, selectionBbox, loading, ...(isReporting && { Overlay: PickOverlay }) }),
    [layers, legends, selectionBbox, loading, isReporting],
  )
}
