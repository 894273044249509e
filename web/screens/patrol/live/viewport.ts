/** Which box the stream is asked for while the map moves: wider than the map, so that small moves ask for nothing. Pure. */
import type { Bbox } from '../../../state.ts'

/** Air around the map on each side, as a share of its width and height. */
const air = 0.5

/**
 * The box to follow: the one before as long as it holds the map and is not far too wide for it, so that a stream is not opened
 * anew with every step.
 */
export function boxToFollow(shown: Bbox, before: Bbox | null): Bbox {
  const [west, south, east, north] = shown
  const [width, height] = [east - west, north - south]
  if (before && holds(before, shown) && before[2] - before[0] <= 4 * width) return before
  return [
    Math.max(-180, west - air * width),
    Math.max(-90, south - air * height),
    Math.min(180, east + air * width),
    Math.min(90, north + air * height),
  ]
}

const holds = (outer: Bbox, inner: Bbox): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
