/** Gathers what the plan screen has on the map now. */
import { useMemo } from 'react'
import { useFiles } from '../../files.ts'
import { useSay } from '../../i18n/use-say.ts'
import { bboxOf } from '../../map/bbox.ts'
import { grounds } from '../../map/ground.ts'
import type { LayerDescription, Toggle } from '../../map/layer.ts'
import { traceLayers, traceSwatch } from '../../map/layers/trace.ts'
import type { LegendDescription } from '../../map/legend-entry.ts'
import { useTheme } from '../../preferences.ts'
import { useAddress } from '../../state.ts'
import type { MapContent } from '../screen.ts'
import { ComparisonOverlay } from './comparison/overlay.tsx'
import { useComparisonMap } from './comparison/use-comparison-map.ts'
import { useGrids, usePlanPeriod, usePlanReport, useTab } from './data.ts'
import { useOpenPlan } from './editor/open-plan.ts'
import { EditorOverlay } from './editor/overlay.tsx'
import { useEditorMap } from './editor/use-editor-map.ts'
import { useGroundLayers } from './ground-layers.ts'
import { text as importText } from './import-text.ts'
import {
  bandLabels,
  bandLayer,
  bandLegend,
  fileGridsLayer,
  placeOf,
  problemLayer,
  problemLegend,
} from './layers.ts'
import { useRepairLayer } from './repairs/use-repair-layer.ts'
import { text } from './text.ts'

export function usePlanMap(): MapContent {
  const say = useSay()
  const theme = useTheme()
  const { selection } = useAddress()
  const day = usePlanPeriod()?.day
  const grids = useGrids()
  const { report, fileGrids, loading } = usePlanReport()

  useOpenPlan()
  const { matched } = useFiles()
  const [tab] = useTab()

  const toggles = useMemo(() => {
    const toggle = (id: string, label: string): Toggle => ({ id, label, shown: true })
    return {
      problems: toggle('problems', say(text.layerProblems)),
      band: toggle('band', say(text.layerBand)),
      file: toggle('grids', say(text.layerGrids)),
      trace: toggle('trace', say(importText.traceTitle)),
      names: toggle('names', say(text.layerNames)),
    }
  }, [say])

  const { mask, households } = useGroundLayers()
  const editor = useEditorMap(toggles.names)
  const compared = useComparisonMap()
  const isBeside = compared?.isBeside ?? false
  const stored = useMemo(() => {
    if (!grids.data || !day || fileGrids || editor) return undefined
    return {
      band: bandLayer(grids.data, day, theme, toggles.band),
      names: bandLabels(grids.data, theme, say, toggles.names),
      legend: bandLegend(grids.data, theme, say, 'band'),
    }
  }, [grids.data, day, fileGrids, editor, theme, say, toggles])
  const file = useMemo(
    () => fileGrids && fileGridsLayer(fileGrids, theme, toggles.file),
    [fileGrids, theme, toggles],
  )
  const problems = useMemo(
    () =>
      // What a proposal would change shows none of the plan's problems.
      report && !editor?.isPreview && !isBeside
        ? {
            layer: problemLayer(report.problems, theme, toggles.problems),
            legend: problemLegend(report, say, 'problems', theme),
          }
        : undefined,
    [report, editor?.isPreview, isBeside, theme, say, toggles],
  )

  const repairs = useRepairLayer()

  const trace = useMemo(() => {
    if (!matched || tab !== 'import') return undefined
    const pieces = matched.traces.flatMap((one) => one.pieces)
    const legend: LegendDescription = {
      toggle: 'trace',
      title: say(importText.traceTitle),
      entries: (['inside', 'outside', 'unobserved', 'unreliable'] as const).map((label) => ({
        swatch: traceSwatch(label, theme),
        label: say(importText.labels[label]),
      })),
    }
    return { layer: traceLayers({ id: 'plan', theme, pieces, toggle: toggles.trace }), legend }
  }, [matched, tab, theme, say, toggles])

  // From bottom to top within each slot; the layer switch lists the uppermost first.
  const layers = useMemo(
    () =>
      [
        stored?.band,
        compared?.after?.grids,
        file,
        households,
        mask,
        trace?.layer,
        isBeside ? compared?.after?.names : (stored?.names ?? editor?.names),
        compared?.moved,
        problems?.layer,
        repairs?.layer,
      ].filter((layer): layer is LayerDescription & { kind: 'maplibre' } => layer !== undefined),
    [problems, repairs, stored, editor, compared, isBeside, file, households, mask, trace],
  )
  const legends = useMemo(() => {
    const ink = grounds[theme].text
    const dots: LegendDescription = {
      toggle: 'households',
      title: say(text.layerHouseholds),
      entries: [
        { swatch: { kind: 'dot', color: ink }, label: say(text.household_dot) },
        { swatch: { kind: 'dot', color: grounds[theme].land, ring: ink }, label: say(text.household_ring) },
      ],
    }
    return [
      trace?.legend,
      ...(compared?.legends ?? []),
      ...(isBeside ? [] : (editor?.legends ?? [])),
      repairs?.legend,
      problems?.legend,
      stored?.legend,
      dots,
    ].filter((legend) => legend !== undefined)
  }, [problems, repairs, stored, editor, compared, isBeside, trace, say, theme])

  const selectionBbox = useMemo(() => {
    const inPlan = editor?.selectionBbox ?? compared?.selectionBbox
    if (inPlan) return inPlan
    if (selection?.kind === 'grid')
      return grids.data?.grids.find((grid) => grid.code === selection.id)?.bbox ?? null
    const problem = report?.problems.find((one) => one.id === selection?.id)
    const place = problem && placeOf(problem)
    return (place && bboxOf(place)) ?? null
  }, [selection, grids.data, report, editor, compared])

  const isOpen = editor !== null
  const isLoading = loading || grids.loading || (editor?.loading ?? false) || (compared?.loading ?? false)
  return useMemo(
    () => ({
      layers,
      legends,
      selectionBbox,
      loading: isLoading,
      isHalf: compared?.view === 'side',
      ...(isOpen && { Overlay: isBeside ? ComparisonOverlay : EditorOverlay }),
    }),
    [layers, legends, selectionBbox, isLoading, isOpen, isBeside, compared?.view],
  )
}
