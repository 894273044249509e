/** What the comparison of two traces adds to the patrol screen's map. */
import { useEffect, useMemo, useRef } from 'react'
import type { PatrolDayDetail } from '../../../../server/contract/patrols.ts'
import { useSay } from '../../../i18n/use-say.ts'
import type { MapLibreDescription } from '../../../map/layer.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { useTheme } from '../../../preferences.ts'
import { readState, showOnMap, useStored } from '../../../state.ts'
import { useComparedPiece, useOtherDay } from './data.ts'
import { comparedLegend, comparedTraces } from './layers.ts'
import { text } from './text.ts'

/** Whoever asks for a comparison is shown where it is; a link shows the place that was linked to. */
function useGoingThere(id: string | undefined, detail: PatrolDayDetail | undefined): void {
  const shown = useRef(readState().address.choices['compare'])
  useEffect(() => {
    if (id === undefined || shown.current === id || !detail?.bbox) return
    shown.current = id
    showOnMap(detail.bbox)
  }, [id, detail])
}

/** @param detail the day in the drawer; undefined while it is not there */
export function useComparison(
  detail: PatrolDayDetail | undefined,
): { readonly layer: MapLibreDescription; readonly legend: LegendDescription } | undefined {
  const say = useSay()
  const theme = useTheme()
  const language = useStored((state) => state.language)
  const piece = useComparedPiece()
  const answer = useOtherDay()
  const other = piece?.other && answer.current ? answer.data : undefined
  useGoingThere(
    piece?.worker === detail?.worker && piece?.day === detail?.day ? piece?.id : undefined,
    detail,
  )
  return useMemo(() => {
    if (!detail || piece?.day !== detail.day || piece.worker !== detail.worker) return undefined
    const toggle = { id: 'evidence', label: say(text.layer), shown: true }
    return {
      layer: comparedTraces(piece, detail, other, theme, toggle),
      legend: comparedLegend(piece, theme, language, say),
    }
  }, [detail, piece, other, theme, language, say])
}
