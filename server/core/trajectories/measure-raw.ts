import { distanceMetres } from '../geometry/distance-metres.ts'
import { type LocalMetricFrame, localMetricFrame } from '../geometry/local-metric-frame.ts'
import type { OrderedFixes } from './order-fixes.ts'

/** Within this of the frame's latitude its scale is right to 1 in 50,000. Degrees, about 100 m. */
const nearDegrees = 1e-3

/** Metres between consecutive fixes, summed as they came: what most trackers report. */
export function measureRaw({ longitude, latitude }: OrderedFixes): number {
  let metres = 0
  let frame: LocalMetricFrame | undefined
  for (let i = 1; i < longitude.length; i++) {
    const stepX = longitude[i]! - longitude[i - 1]!
    const stepY = latitude[i]! - latitude[i - 1]!
    if (Math.abs(stepX) > nearDegrees || Math.abs(stepY) > nearDegrees) {
      metres += distanceMetres(longitude[i - 1]!, latitude[i - 1]!, longitude[i]!, latitude[i]!)
      continue
    }
    if (!frame || Math.abs(latitude[i]! - frame.latitude) > nearDegrees)
      frame = localMetricFrame(longitude[i]!, latitude[i]!)
    const east = stepX * frame.metresPerDegreeLongitude
    const north = stepY * frame.metresPerDegreeLatitude
    metres += Math.sqrt(east * east + north * north)
  }
  return metres
}
