import { distanceMetres } from '../geometry/distance-metres.ts'
import type { OrderedFixes } from './order-fixes.ts'

/** Metres between consecutive fixes, summed as they came: what most trackers report. */
export function measureRaw({ longitude, latitude }: OrderedFixes): number {
  let metres = 0
  for (let i = 1; i < longitude.length; i++)
    metres += distanceMetres(longitude[i - 1]!, latitude[i - 1]!, longitude[i]!, latitude[i]!)
  return metres
}
