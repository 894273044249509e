/** Two maps that show the same place: whichever is moved, the other goes along. */
import type { MapOwner } from './create-map.ts'

/** @returns what parts them again */
export function syncMaps(
  first: Pick<MapOwner, 'onFrame' | 'view' | 'goTo'>,
  second: Pick<MapOwner, 'onFrame' | 'view' | 'goTo'>,
): () => void {
  let isFollowing = false
  const lead = (from: typeof first, to: typeof first): (() => void) =>
    from.onFrame(() => {
      // Going along is a move, too.
      if (isFollowing) return
      isFollowing = true
      to.goTo(from.view())
      isFollowing = false
    })
  const stops = [lead(first, second), lead(second, first)]
  return () => {
    for (const stop of stops) stop()
  }
}
