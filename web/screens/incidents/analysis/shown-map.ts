/** The map on the screen, for those who want a picture of it. */
import { useEffect } from 'react'
import type { MapOwner } from '../../../map/create-map.ts'

let shown: MapOwner | null = null

/** Called by what lies over the map: it is there as long as the map is. */
export function useShownMap(owner: MapOwner): void {
  useEffect(() => {
    shown = owner
    return () => {
      if (shown === owner) shown = null
    }
  }, [owner])
}

/** The map's canvas as it is seen; null where there is none. */
export const pictureOfMap = (): Promise<ImageBitmap | null> => shown?.picture() ?? Promise.resolve(null)
