/** What the map shows in the coverage view. */
import type { MultiPolygon, Polygon } from 'geojson'
import { useMemo } from 'react'
import type { Coverage } from '../../../../server/contract/coverage.ts'
import { api } from '../../../api.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { visitAgeWords } from '../../../i18n/words.ts'
import { grounds } from '../../../map/ground.ts'
import type { LayerDescription, Toggle } from '../../../map/layer.ts'
import { isShown } from '../../../map/layer-switch.ts'
import { areaMask } from '../../../map/layers/area-mask.ts'
import { classOpacity, gridLabels, gridLayers } from '../../../map/layers/grids.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { useTheme } from '../../../preferences.ts'
import { useAddress } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import type { MapContent } from '../../screen.ts'
import { useGridsOfDay, usePatrolDayShown } from '../data.ts'
import { bboxOf, type Measure, measureOf, targetOf, useCoverage, useMeasure, useOverdue } from './data.ts'
import { daysText } from './format-days.ts'
import { gridClasses, neverLanes, overdueColor, overduePoints } from './layers.ts'
import { text } from './text.ts'

/** @param active nothing is asked of the server while another view is shown. */
export function useCoverageMap(active: boolean): MapContent {
  const say = useSay()
  const theme = useTheme()
  const { area: code, layers: switches, selection } = useAddress()
  const day = usePatrolDayShown()
  const area = useResource(active && code ? api.area(code) : null).data
  const places = useGridsOfDay().data
  const answer = useCoverage(active)
  const [measure] = useMeasure()
  const toggles = useMemo(() => {
    const toggle = (id: string, label: string): Toggle => ({ id, label, shown: true })
    return {
      ages: toggle('coverage', say(text.layerAges, { measure: say(text.measures[measure]) })),
      households: toggle('late-households', say(text.layerHouseholds)),
      lanes: toggle('never-lanes', say(text.layerLanes)),
      places: toggle('late-places', say(text.layerPlaces)),
    }
  }, [say, measure])
  const wants = (one: Toggle): boolean => active && isShown(one, switches)
  const households = useOverdue('households', wants(toggles.households))
  const lanes = useOverdue('lanes', wants(toggles.lanes))
  const keyPlaces = useOverdue('places', wants(toggles.places))
  const coverage = answer.data

  const ground = useMemo(() => {
    if (!active || !day) return []
    const boundary = area?.boundary as unknown as Polygon | MultiPolygon | undefined
    const grids = coverage?.grids ?? []
    const byCode = new Map(grids.map((grid) => [grid.grid, grid]))
    const labels = (places?.grids ?? []).map((grid) => {
      const found = byCode.get(grid.code)
      return {
        code: grid.code,
        position: grid.label_point,
        name: grid.name ?? grid.code,
        detail: found ? daysText(measureOf(found, measure), say) : '',
        order: 0,
      }
    })
    return [
      boundary && areaMask('patrol', boundary, theme),
      gridLayers({
        id: 'coverage',
        theme,
        day,
        classes: gridClasses(grids, measure),
        toggle: toggles.ages,
      }),
      gridLabels('coverage', theme, labels, toggles.ages),
    ]
  }, [active, day, area, coverage, places, measure, theme, toggles, say])
  const late = useMemo(
    () => [
      neverLanes(lanes.data?.rows ?? [], theme, toggles.lanes),
      overduePoints(households.data?.rows ?? [], 'household', theme, toggles.households),
      overduePoints(keyPlaces.data?.rows ?? [], 'place', theme, toggles.places),
    ],
    [lanes.data, households.data, keyPlaces.data, theme, toggles],
  )
  const legends = useMemo((): LegendDescription[] => {
    if (!active || !coverage) return []
    const count = (rows: readonly unknown[] | undefined): string => formatNumber(rows?.length)
    const ring = { kind: 'dot', color: grounds[theme].land, ring: overdueColor } as const
    const full = { kind: 'dot', color: overdueColor } as const
    const outlined = { kind: 'dot', color: overdueColor, ring: grounds[theme].text } as const
    const must = households.data?.rows.filter((row) => row.is_key)
    const others = households.data?.rows.filter((row) => !row.is_key)
    return [
      ageLegend(coverage, measure, say),
      {
        toggle: 'late-households',
        title: say(text.layerHouseholds),
        entries: [
          { swatch: full, label: say(text.must), count: count(must) },
          { swatch: ring, label: say(text.subject.household), count: count(others) },
        ],
      },
      {
        toggle: 'never-lanes',
        title: say(text.layerLanes),
        entries: [
          {
            swatch: { kind: 'line', color: overdueColor, dash: [5, 2.5], width: 2.5 },
            label: say(text.subject.lane),
            count: count(lanes.data?.rows),
          },
        ],
      },
      {
        toggle: 'late-places',
        title: say(text.layerPlaces),
        entries: [{ swatch: outlined, label: say(text.subject.place), count: count(keyPlaces.data?.rows) }],
      },
    ]
  }, [active, coverage, measure, say, theme, households.data, lanes.data, keyPlaces.data])
  const layers = useMemo(
    () => [...ground, ...late].filter((layer): layer is LayerDescription & { kind: 'maplibre' } => !!layer),
    [ground, late],
  )
  const selectionBbox = useMemo(() => {
    const found = [households.data, lanes.data, keyPlaces.data]
      .flatMap((list) => list?.rows ?? [])
      .find((row) => targetOf(row).kind === selection?.kind && targetOf(row).id === selection.id)
    if (found) return bboxOf(found)
    return (
      places?.grids.find((grid) => selection?.kind === 'grid' && grid.code === selection.id)?.bbox ?? null
    )
  }, [households.data, lanes.data, keyPlaces.data, places, selection])
  const loading = active && (answer.loading || households.loading || lanes.loading || keyPlaces.loading)
  return useMemo(
    () => ({ layers, legends, selectionBbox, loading }),
    [layers, legends, selectionBbox, loading],
  )
}

function ageLegend({ grids }: Coverage, measure: Measure, say: ReturnType<typeof useSay>): LegendDescription {
  const classes = gridClasses(grids, measure)
  return {
    toggle: 'coverage',
    title: say(text.layerAges, { measure: say(text.measures[measure]) }),
    entries: classes.map(({ color, codes }, index) => ({
      swatch: { kind: 'fill', color, opacity: classOpacity },
      label: say(visitAgeWords[index] ?? text.never),
      count: formatNumber(codes.length),
    })),
  }
}
