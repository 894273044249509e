import type { PatrolPolicy } from '../policy/patrol-policy.ts'

/** 68 % of the errors of two independent normal axes lie within this many standard deviations: √(−2 ln 0.32), Rayleigh's quantile. */
const sigmasOfRadius = Math.sqrt(-2 * Math.log(0.32))

/** The standard deviation on each axis of an error with this radius of 68 % confidence. Metres. */
export const sigmaOf = (radiusMetres: number): number => radiusMetres / sigmasOfRadius

/** The radius of 68 % confidence of an error with this standard deviation on each axis. Metres. */
export const radiusOf = (sigmaMetres: number): number => sigmaMetres * sigmasOfRadius

/**
 * 1 − ρ: the share of a receiver's error that is new after some time. Errors are correlated (satellites, reflections and the
 * receiver's own filter change slowly): ρ = exp(−t / τ), a Gauss–Markov process of first order.
 * @param milliseconds not negative
 */
export const decorrelated = (
  milliseconds: number,
  policy: Pick<PatrolPolicy, 'errorCorrelationSeconds'>,
): number => 1 - Math.exp(-milliseconds / (1000 * policy.errorCorrelationSeconds))
