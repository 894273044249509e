import { distanceMetres } from '../geometry/distance-metres.ts'

/** How a check-in is held against the worker's positions. */
export interface CheckInPolicy {
  /** Positions so long before and after count. Seconds. */
  readonly aroundSeconds: number
  /** Farther, error radius taken off, is far. Generous: indoors a phone says where it was before. Metres. */
  readonly farMetres: number
  /** Stands in where the device gave no accuracy. Metres. */
  readonly assumedAccuracyMetres: number
}

export const checkInPolicy: CheckInPolicy = { aroundSeconds: 600, farMetres: 200, assumedAccuracyMetres: 15 }

/** Marks are evidence for whoever looks; a check-in is kept with them and counts. */
export type CheckInMark = 'far' | 'unassigned' | 'no_position' | 'on_behalf'

export interface WorkerPosition {
  readonly longitude: number
  readonly latitude: number
  /** Null: the device did not say. */
  readonly accuracyMetres: number | null
}

/**
 * @param positions of the worker around that time, any order
 * @param circumstances whether the worker answered for that ground then; whether somebody else says that the worker was there
 */
export function judgeCheckIn(
  subject: { readonly longitude: number; readonly latitude: number },
  positions: readonly WorkerPosition[],
  { isAssigned, isOnBehalf }: { readonly isAssigned: boolean; readonly isOnBehalf: boolean },
  policy: CheckInPolicy = checkInPolicy,
): { readonly marks: CheckInMark[]; readonly distanceMetres: number | null } {
  let nearest = Number.POSITIVE_INFINITY
  let leastPossible = Number.POSITIVE_INFINITY
  for (const { longitude, latitude, accuracyMetres } of positions) {
    const metres = distanceMetres(subject.longitude, subject.latitude, longitude, latitude)
    nearest = Math.min(nearest, metres)
    leastPossible = Math.min(leastPossible, metres - (accuracyMetres ?? policy.assumedAccuracyMetres))
  }
  const marks: [CheckInMark, boolean][] = [
    ['far', positions.length > 0 && leastPossible > policy.farMetres],
    ['unassigned', !isAssigned],
    ['no_position', positions.length === 0],
    ['on_behalf', isOnBehalf],
  ]
  return {
    marks: marks.filter(([, is]) => is).map(([mark]) => mark),
    distanceMetres: positions.length === 0 ? null : Math.round(nearest),
  }
}
