/** What an answer puts on the map: cells in their colours, a surface or clusters over them, figures, and their legends. */
import type { MultiPolygon, Polygon } from 'geojson'
import { useMemo } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import type { LayerDescription, Toggle } from '../../../map/layer.ts'
import type { GridClass } from '../../../map/layers/grids.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { useAddress } from '../../../state.ts'
import { useSpots } from '../data.ts'
import {
  fillOpacity,
  gridClassesOf,
  gridDetails,
  hexagonFeatures,
  hexagonLabels,
  hexagonLayer,
} from '../layers.ts'
import { clusterLayer } from './clusters.ts'
import { cellLegend, clusterLegend, heatLegend, titleOf } from './legends.ts'
import { isSurface } from './look.ts'
import { cellColor, type Picture } from './picture.ts'
import { contourLayer, heatLayer } from './surface.ts'
import { text } from './text.ts'
import { usePicture } from './use-picture.ts'

export interface AnalysisMap {
  /** Below the mask of the area. */
  readonly below: readonly LayerDescription[]
  /** Above the grids' outlines. */
  readonly above: readonly LayerDescription[]
  readonly legends: readonly LegendDescription[]
  /** Grids by colour and what each says, where the grid is the unit. */
  readonly gridClasses: readonly GridClass[]
  readonly gridDetails: ReadonlyMap<string, string> | null
}

const nothing: AnalysisMap = { below: [], above: [], legends: [], gridClasses: [], gridDetails: null }

/** Until the person moves the map it shows a township whole: its zoom is about this. */
const usualZoom = 12.5

/** @param boundary of the area, null while unknown; @param asksGrids the lists are about grids: hexagons do not answer the pointer */
export function useAnalysisMap(asksGrids: boolean, boundary: Polygon | MultiPolygon | null): AnalysisMap {
  const say = useSay()
  const { view, selection, layers: switches } = useAddress()
  const picture = usePicture()
  const spots = useSpots()
  const spot = selection?.kind === 'spot' ? spots?.find((one) => one.id === selection.id) : undefined
  const cluster =
    selection?.kind === 'cluster'
      ? picture?.answer.clusters?.find((one) => String(one.rank) === selection.id)
      : undefined
  const isOfSurface = picture !== undefined && isSurface(picture.look.method)
  const isGrid = picture?.answer.unit === 'grid'
  const isRate = picture?.look.measure === 'rate'

  const title = picture && titleOf(picture, say)
  const toggles = useMemo(() => {
    const toggle = (id: string, label: string, shown = true): Toggle => ({ id, label, shown })
    return {
      cells: isOfSurface
        ? toggle('kernel-cells', say(isRate ? text.kernelRateCells : text.kernelCells), false)
        : toggle('hexagons', title ?? ''),
      surface: toggle('surface', say(text.surface)),
      heat: toggle('heat', say(text.heat), false),
      clusters: toggle('clusters', say(text.clusters)),
    }
  }, [say, title, isOfSurface, isRate])

  // A surface's cells are clear until they are switched on, but answer the pointer always.
  const areCellsClear = isOfSurface && !switches.includes('+kernel-cells')
  const features = useMemo(
    () =>
      picture &&
      !isGrid &&
      hexagonFeatures(picture.answer.cells, (cell) => (areCellsClear ? null : cellColor(cell, picture))),
    [picture, isGrid, areCellsClear],
  )
  const cells = useMemo(() => {
    if (!features || !picture) return undefined
    const layer = hexagonLayer({
      features,
      opacity: fillOpacity(picture),
      theme: picture.theme,
      toggle: toggles.cells,
      pickable: !asksGrids,
      outlined: cluster?.cells ?? spot?.cells.flatMap((cell) => cell.h3 ?? []) ?? [],
    })
    const { toggle, ...always } = layer
    return isOfSurface ? always : { ...always, ...(toggle && { toggle }) }
  }, [features, picture, toggles, asksGrids, cluster, spot, isOfSurface])

  const zoom = Math.round((view?.zoom ?? usualZoom) * 2) / 2
  const over = useMemo(
    () => (picture ? layersOver(picture, toggles, zoom, boundary) : []),
    [picture, toggles, zoom, boundary],
  )
  const labels = useMemo(
    () => (picture && !isGrid && !asksGrids ? [hexagonLabels(picture, toggles.cells, say)] : []),
    [picture, isGrid, asksGrids, toggles, say],
  )
  return useMemo(() => {
    if (!picture) return nothing
    const legends = [
      cellLegend(picture, isOfSurface ? toggles.surface.id : toggles.cells.id, say),
      ...(picture.answer.statistic === 'kde' ? [heatLegend(picture, toggles.heat.id, say)] : []),
      ...(picture.answer.clusters ? [clusterLegend(picture, toggles.clusters.id, say)] : []),
    ]
    return {
      below: [...(cells ? [cells] : []), ...over.filter(({ id }) => id !== 'incidents-clusters')],
      above: [...over.filter(({ id }) => id === 'incidents-clusters'), ...labels],
      legends: isGrid ? legends.map((legend) => ({ ...legend, toggle: 'grids' })) : legends,
      gridClasses: isGrid ? gridClassesOf(picture.answer.cells, picture) : [],
      gridDetails: isGrid ? gridDetails(picture, say) : null,
    }
  }, [picture, cells, over, labels, toggles, isOfSurface, isGrid, say])
}

function layersOver(
  picture: Picture,
  toggles: { readonly surface: Toggle; readonly heat: Toggle; readonly clusters: Toggle },
  zoom: number,
  boundary: Polygon | MultiPolygon | null,
): LayerDescription[] {
  const { answer, breaks, theme } = picture
  return [
    ...(answer.contours ? [contourLayer(answer.contours, breaks, theme, toggles.surface)] : []),
    ...(answer.statistic === 'kde' ? [heatLayer(answer.cells, breaks, zoom, theme, toggles.heat)] : []),
    ...(answer.clusters
      ? [clusterLayer(answer.clusters, answer.unit, boundary, theme, toggles.clusters)]
      : []),
  ]
}
