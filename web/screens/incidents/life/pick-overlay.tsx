/** While an incident is being reported, a press on the map says where. */
import { type ReactNode, useEffect } from 'react'
import type { LngLat } from '../../../../server/core/values.ts'
import { grounds } from '../../../map/ground.ts'
import { rgba } from '../../../map/rgba.ts'
import { useTheme } from '../../../preferences.ts'
import type { OverlayProps } from '../../screen.ts'
import { useSpot } from './spot.ts'

export function PickOverlay({ owner, pointerTaken }: OverlayProps): ReactNode {
  const theme = useTheme()
  const [spot, setSpot] = useSpot()
  const [longitude, latitude] = spot ?? []
  useEffect(() => {
    if (pointerTaken) return undefined
    owner.setPointerMode({ onClick: setSpot, onMove: () => {}, onDoubleClick: () => {} })
    return () => owner.setPointerMode(null)
    // `setSpot` reads the address anew each time it is called: any of them will do.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [owner, pointerTaken])
  useEffect(() => {
    const { accent, land } = grounds[theme]
    const data: readonly LngLat[] =
      longitude === undefined || latitude === undefined ? [] : [[longitude, latitude]]
    owner.showLive([
      {
        id: 'incidents-spot',
        kind: 'deck',
        type: 'ScatterplotLayer',
        slot: 'top',
        props: {
          data,
          getPosition: (one: unknown) => [...(one as LngLat)] as [number, number],
          getRadius: 9,
          radiusUnits: 'pixels',
          getFillColor: rgba(accent),
          stroked: true,
          getLineColor: rgba(land),
          getLineWidth: 3,
          lineWidthUnits: 'pixels',
        },
      },
    ])
  }, [owner, theme, longitude, latitude])
  useEffect(() => () => owner.showLive([]), [owner])
  return null
}
