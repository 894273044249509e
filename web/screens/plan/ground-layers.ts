/** What lies under every picture of the plan screen: the area's outline with all else veiled, and its households. */
import type { MultiPolygon, Polygon } from 'geojson'
import { useMemo } from 'react'
import { api } from '../../api.ts'
import { useSay } from '../../i18n/use-say.ts'
import type { LayerDescription } from '../../map/layer.ts'
import { areaMask } from '../../map/layers/area-mask.ts'
import { householdDots } from '../../map/layers/households.ts'
import { useTheme } from '../../preferences.ts'
import { useAddress } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { usePlanPeriod } from './data.ts'
import { text } from './text.ts'

export interface GroundLayers {
  readonly mask: LayerDescription | undefined
  readonly households: LayerDescription | undefined
}

export function useGroundLayers(): GroundLayers {
  const say = useSay()
  const theme = useTheme()
  const { area: code } = useAddress()
  const day = usePlanPeriod()?.day
  const boundary = useResource(code ? api.area(code) : null).data?.boundary
  const mask = useMemo(
    () => (boundary ? areaMask('plan', boundary as unknown as Polygon | MultiPolygon, theme) : undefined),
    [boundary, theme],
  )
  const households = useMemo(() => {
    const toggle = { id: 'households', label: say(text.layerHouseholds), shown: true }
    return day ? householdDots('plan', theme, day, toggle) : undefined
  }, [day, theme, say])
  return { mask, households }
}
