/** What the comparison puts on the map: both sides' grids while they are shown, and the households that move. */
import { useMemo } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import type { LayerDescription } from '../../../map/layer.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { useTheme } from '../../../preferences.ts'
import { type Bbox, useStored } from '../../../state.ts'
import { type ComparisonView, useComparedPlan, useComparisonGround, useView } from './data.ts'
import { flowBox, movedLayer, movedLegend, sideLabels, sideLayer, sideLegend } from './layers.ts'
import { text } from './text.ts'

export interface SideLayers {
  readonly grids: LayerDescription
  readonly names: LayerDescription
}

export interface ComparisonMap {
  readonly view: ComparisonView
  /** The map shows two divisions in place of the drawing. */
  readonly isBeside: boolean
  readonly before: SideLayers | undefined
  readonly after: SideLayers | undefined
  readonly moved: LayerDescription | undefined
  readonly legends: readonly LegendDescription[]
  readonly loading: boolean
  /** The box around the selected flow. */
  readonly selectionBbox: Bbox | undefined
}

/** Null unless the comparison is being looked at. */
export function useComparisonMap(): ComparisonMap | null {
  const say = useSay()
  const theme = useTheme()
  const plan = useComparedPlan()
  const [view] = useView()
  const found = useComparisonGround()
  const ground = found.current ? found.data : undefined
  const selection = useStored((state) => state.address.selection)
  const isBeside = plan !== null && view !== 'plan'

  const toggles = useMemo(
    () => ({
      grids: { id: 'grids', label: say(text.layerGrids), shown: true },
      names: { id: 'names', label: say(text.layerNames), shown: true },
      moved: { id: 'moved', label: say(text.layerMoved), shown: true },
    }),
    [say],
  )
  const sides = useMemo(() => {
    if (!ground || !isBeside) return undefined
    const side = (grids: typeof ground.before): SideLayers => ({
      grids: sideLayer(grids, theme, toggles.grids),
      names: sideLabels(grids, theme, say, toggles.names),
    })
    return { before: side(ground.before), after: side(ground.after) }
  }, [ground, isBeside, theme, say, toggles])
  const moved = useMemo(
    () => ground && movedLayer(ground, theme, say, toggles.moved),
    [ground, theme, say, toggles],
  )
  const legends = useMemo(
    () =>
      ground
        ? [
            movedLegend(ground.moved, theme, say, toggles.moved),
            ...(isBeside ? [sideLegend(ground, theme, say, toggles.grids)] : []),
          ]
        : [],
    [ground, isBeside, theme, say, toggles],
  )
  const selectionBbox = useMemo(
    () => (ground && selection?.kind === 'flow' ? flowBox(ground.moved, selection.id) : undefined),
    [ground, selection],
  )
  return useMemo(
    () =>
      plan === null
        ? null
        : {
            view,
            isBeside,
            before: sides?.before,
            after: sides?.after,
            moved,
            legends,
            loading: found.loading,
            selectionBbox,
          },
    [plan, view, isBeside, sides, moved, legends, found.loading, selectionBbox],
  )
}
