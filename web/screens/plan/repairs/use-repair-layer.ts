/** The repairs on the map: those that were chosen, and the one looked at. */
import { useMemo } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import type { MapLibreDescription } from '../../../map/layer.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { bandColors } from '../../../map/palette.ts'
import { useTheme } from '../../../preferences.ts'
import { useStored } from '../../../state.ts'
import { useGrids } from '../data.ts'
import { chosenOptions } from './chosen.ts'
import { useRepairs } from './data.ts'
import { repairLayer } from './layer.ts'
import { text } from './text.ts'

export function useRepairLayer(): {
  readonly layer: MapLibreDescription
  readonly legend: LegendDescription
} | null {
  const say = useSay()
  const theme = useTheme()
  const grids = useGrids().data
  const found = useRepairs()
  const preview = useStored((state) => (state.hover?.kind === 'repair' ? state.hover.id : null))
  const [repairs, chosen] = [found?.repairs, found?.chosen]
  return useMemo(() => {
    if (!repairs || !chosen) return null
    const looked = repairs.flatMap(({ options }) => options.filter(({ id }) => id === preview))
    const others = chosenOptions(chosen, repairs).filter(({ id }) => id !== preview)
    const options = [...others, ...looked]
    if (options.length === 0) return null
    const toggle = { id: 'repairs', label: say(text.layer), shown: true }
    const swatch = { kind: 'fill', color: bandColors[theme].in_band, pattern: 'hatch-moved' } as const
    return {
      layer: repairLayer(options, preview, grids, theme, toggle),
      legend: { toggle: toggle.id, title: say(text.layer), entries: [{ swatch, label: say(text.toGrid) }] },
    }
  }, [repairs, chosen, preview, grids, theme, say])
}
