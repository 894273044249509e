/**
 * When a trace is worth a second look. Every threshold stands here with its unit; each kind of evidence can be switched off, for
 * places differ: where patrols are ridden on e-bikes, speed says nothing. What is found is asked about, never punished by itself.
 */

/**
 * `carried_together` two phones on one person · `replayed_trace` the shape of another day or worker · `impossible_jump` ·
 * `mock_position` the phone says so itself · `no_jitter` a receiver without error · `vehicle` · `clock_skew`.
 */
export type EvidenceCode =
  | 'carried_together'
  | 'replayed_trace'
  | 'impossible_jump'
  | 'mock_position'
  | 'no_jitter'
  | 'vehicle'
  | 'clock_skew'

export interface EvidencePolicy {
  /** What is not looked for. */
  readonly off: readonly EvidenceCode[]
  /** Between fixes further apart nobody knows the way well enough to compare it. Seconds. */
  readonly sampleGapSeconds: number

  /** Phones this near are together. Metres. */
  readonly togetherMetres: number
  /** Share of the moving time of one of the two that they are together, at least. 0 to 1. */
  readonly togetherShare: number
  /** Moving time together without a longer break than `togetherBreakSeconds`, at least. Seconds. */
  readonly togetherSeconds: number
  /** Error drives two phones of one pocket apart for so long at most. Seconds. */
  readonly togetherBreakSeconds: number

  /** So many days back a trace is compared with. Days. */
  readonly replayDays: number
  /** Moving time that is the same, at least. Seconds. */
  readonly replaySeconds: number
  /** Root mean square distance after shifting in time and place, at most: two honest walks differ by twice the receiver's error. Metres. */
  readonly replayRmsMetres: number
  /** The stretch ends where the two stay further apart than this for more than two minutes. Metres. */
  readonly replayBreakMetres: number
  /** Of one worker or day, two parts are compared only this far apart in time. Seconds. */
  readonly replayApartSeconds: number
  /** Two traces of the same moments are a copied file only when this near: two phones of one pocket are not. Metres. */
  readonly copyRmsMetres: number
  /** Of traces that near less moving time is enough: no receiver repeats itself. Seconds. */
  readonly copySeconds: number

  /** Faster than any train, over … Metres per second. */
  readonly jumpMetresPerSecond: number
  /** … at least this far. Metres. */
  readonly jumpMetres: number
  /** The fixes of both ends are at least this accurate … Metres. */
  readonly jumpAccuracyMetres: number
  /** … and stay near that end for so long: a reflection comes back at once. Seconds. */
  readonly jumpHoldSeconds: number

  /** Fixes the phone itself calls made up, at least. */
  readonly mockFixes: number

  /** Moving time looked at, at least. Seconds. */
  readonly quietSeconds: number
  /** Share of the fixes that state the same accuracy, at least. 0 to 1. */
  readonly quietAccuracyShare: number
  /** Median distance of a moving fix from the straight and even way between its neighbours, at most. Metres. */
  readonly quietMetres: number
  /** Or: share of the moving fixes that stand, to the digit, where an earlier stretch of the way has a fix, at least. 0 to 1. */
  readonly revisitShare: number

  /** Faster than walking and running. Metres per second. */
  readonly vehicleMetresPerSecond: number
  /** At that speed without a break, at least. Seconds. */
  readonly vehicleSeconds: number
  /** Of the moving time and of the metres, at least: a bus to the grid is no patrol by car. 0 to 1. */
  readonly vehicleShare: number

  /** The phone's clock against the service's when a report came in, at least. Seconds. */
  readonly skewSeconds: number
  /** In so many reports, at least. */
  readonly skewReports: number
}

/** Measured on simulated honest days and on the demo's planted ones (test/core/evidence). */
export const usualEvidence: EvidencePolicy = {
  off: [],
  sampleGapSeconds: 120,
  togetherMetres: 50,
  togetherShare: 0.6,
  togetherSeconds: 1200,
  togetherBreakSeconds: 60,
  replayDays: 35,
  replaySeconds: 1800,
  replayRmsMetres: 5,
  replayBreakMetres: 15,
  replayApartSeconds: 1800,
  copyRmsMetres: 0.5,
  copySeconds: 600,
  jumpMetresPerSecond: 100,
  jumpMetres: 2000,
  jumpAccuracyMetres: 50,
  jumpHoldSeconds: 300,
  mockFixes: 3,
  quietSeconds: 1800,
  quietAccuracyShare: 0.95,
  quietMetres: 0.15,
  revisitShare: 0.2,
  vehicleMetresPerSecond: 15 / 3.6,
  vehicleSeconds: 180,
  vehicleShare: 0.5,
  skewSeconds: 600,
  skewReports: 10,
}
