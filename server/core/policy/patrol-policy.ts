/**
 * What a place asks of a patrol and how strictly a trace is read. Every number of the matching stands here with its
 * unit; places differ, so none is a constant in code. Dated policies of an area come from the database.
 */

/** One thing asked of a patrol day. `hours` and `kilometres` count what lies inside the grid. */
export interface PatrolRule {
  readonly rule: 'hours' | 'kilometres' | 'rounds'
  /** In the rule's own unit: hours, kilometres, times. */
  readonly required: number
}

export interface PatrolPolicy {
  readonly name: string
  /** Two fixes further apart in time leave the time between them unobserved. Seconds. */
  readonly gapSeconds: number
  /** A fix with a larger radius of 68 % confidence is set apart. Metres. */
  readonly accuracyLimitMetres: number
  /** A fix with a larger radius proves no hexagon and no household. Metres. */
  readonly coverageAccuracyLimitMetres: number
  /** Stands in where the device gave no accuracy. Metres. */
  readonly assumedAccuracyMetres: number
  /** Faster movement is not believed; a fix reached and left faster is set apart. Metres per second. */
  readonly speedLimitMetresPerSecond: number
  /** Fixes set apart between two reliable ones no further apart than this cost no time. Seconds. */
  readonly bridgeSeconds: number
  /** A stay: within this distance of its first fix … Metres. */
  readonly stayMetres: number
  /** … for at least this long (Li et al. 2008). Seconds. */
  readonly staySeconds: number
  /** A stay begins and ends within this distance (or three accuracy radii) of its middle; before and after is the way. Metres. */
  readonly stayCoreMetres: number
  /** The share of a stay's time that is spent so near its middle, at least; less is going about, not standing. 0 to 1. */
  readonly stayCoreShare: number
  /** A trace's detour below this (or below the accuracy, if larger) is error, not movement. Metres. */
  readonly movementGateMetres: number
  /** H3 resolution of the hexagons visited; 11 is about 50 m across. */
  readonly hexagonResolution: number
  /** A household is passed within this distance of the trace. Metres. */
  readonly householdMetres: number
  /** Presence in the grid after an absence at least this long is a new round. Seconds. */
  readonly roundGapSeconds: number
  /** A round lasts at least this long inside. Seconds. */
  readonly roundSeconds: number
  readonly rules: readonly PatrolRule[]
  /** A live position without a newer one for this long is shown as stale … Seconds. */
  readonly liveStaleSeconds: number
  /** … and for this long as offline. Seconds. */
  readonly liveOfflineSeconds: number
  /**
   * Live positions are shown from this hour of the day … Hours since local midnight, 0 to 24; 8.5 is 08:30. Equal to the
   * next field, or 0 and 24: always. Later than it: overnight.
   */
  readonly liveFromHour: number
  /** … until this one: beyond it nobody is shown where the workers are. Hours since local midnight, 0 to 24. */
  readonly liveToHour: number
  /** A receiver's error forgets itself over this time (first-order Gauss–Markov). Seconds. */
  readonly errorCorrelationSeconds: number
  /** A brisk walk: fixes within which it covers no more than seven tenths of their error radius are averaged. Metres per second. */
  readonly walkingMetresPerSecond: number
  /** Movement, error taken off, that is slower than this over a stretch is standing still. Metres per second. */
  readonly stillMetresPerSecond: number
  /** Which figures inside the grid the rules judge: those of the true boundary, or those with its tolerance. */
  readonly boundary: 'strict' | 'tolerant'
  /** Tolerant: the grid is left beyond its boundary by more than this, or by more than the fix's error radius … Metres. */
  readonly toleranceMetres: number
  /** … where that is larger, up to this; by two fixes in a row. Metres. */
  readonly toleranceLimitMetres: number
  /** A lane is walked where the moving path runs along it within this distance … Metres. */
  readonly laneMetres: number
  /** … along at least this share of its length in the grid. 0 to 1. */
  readonly laneShare: number
}

/** Shanhu sub-district: half a day in the grid each working day, at least 4 hours and 3 km of trace inside it. */
export const fourHoursThreeKilometres: PatrolPolicy = {
  name: '004',
  gapSeconds: 900,
  accuracyLimitMetres: 100,
  coverageAccuracyLimitMetres: 50,
  assumedAccuracyMetres: 15,
  speedLimitMetresPerSecond: 15,
  bridgeSeconds: 60,
  stayMetres: 100,
  staySeconds: 300,
  stayCoreMetres: 30,
  stayCoreShare: 0.7,
  movementGateMetres: 10,
  hexagonResolution: 11,
  householdMetres: 25,
  roundGapSeconds: 3600,
  roundSeconds: 300,
  rules: [
    { rule: 'hours', required: 4 },
    { rule: 'kilometres', required: 3 },
  ],
  liveStaleSeconds: 600,
  liveOfflineSeconds: 3600,
  liveFromHour: 0,
  liveToHour: 24,
  errorCorrelationSeconds: 60,
  walkingMetresPerSecond: 1.6,
  stillMetresPerSecond: 0.5,
  boundary: 'strict',
  toleranceMetres: 20,
  toleranceLimitMetres: 50,
  laneMetres: 25,
  laneShare: 0.7,
}

/** The policies that ship, by name. */
export const patrolPolicies: Readonly<Record<string, PatrolPolicy>> = { '004': fourHoursThreeKilometres }

/**
 * A preset, 004 unless `preset` names another, with what differs from it; 004 where a place has said nothing. The keys are those
 * of the wire (`gap_seconds`), their values checked when they were set.
 */
export function patrolPolicyOf(rules: unknown): PatrolPolicy {
  const { preset, ...changes } = (rules ?? {}) as Readonly<Record<string, unknown>>
  const base = patrolPolicies[String(preset)] ?? fourHoursThreeKilometres
  const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return { ...base, ...Object.fromEntries(given.map(([key, value]) => [camel(key), value])) }
}
