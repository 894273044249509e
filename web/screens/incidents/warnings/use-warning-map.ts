/** What early warnings put on the map: those of the list, and the one selected wherever it was opened from. */
import type { MultiPolygon, Polygon } from 'geojson'
import { useMemo } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import type { LayerDescription } from '../../../map/layer.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { useTheme } from '../../../preferences.ts'
import { type Bbox, useStored } from '../../../state.ts'
import { useWarning, useWarnings } from './data.ts'
import { text } from './text.ts'
import { warningBox, warningLayer, warningLegend } from './warnings.ts'

interface WarningMap {
  readonly layers: readonly LayerDescription[]
  readonly legends: readonly LegendDescription[]
  readonly selectionBbox: Bbox | null
}

const nothing: WarningMap = { layers: [], legends: [], selectionBbox: null }

/** @param isListed the list is open: all of its state are shown */
export function useWarningMap(isListed: boolean, boundary: Polygon | MultiPolygon | null): WarningMap {
  const say = useSay()
  const theme = useTheme()
  const { data } = useWarnings()
  const id = useStored(({ address: { selection } }) => (selection?.kind === 'warning' ? selection.id : null))
  const { warning: selected } = useWarning(id)
  return useMemo(() => {
    const listed = isListed ? (data?.warnings ?? []) : []
    const shown = selected ? [...listed.filter((one) => one.id !== selected.id), selected] : listed
    if (shown.length === 0) return nothing
    const toggle = { id: 'warnings', label: say(text.layer), shown: true }
    return {
      layers: [warningLayer(shown, { selected: id, boundary, theme, toggle })],
      legends: [warningLegend(shown, theme, toggle.id, say)],
      selectionBbox: selected ? warningBox(selected) : null,
    }
  }, [data, id, selected, isListed, boundary, theme, say])
}
