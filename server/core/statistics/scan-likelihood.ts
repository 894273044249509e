/** How surprising a cylinder's count is: log likelihood ratios of the scan statistics, and their inverse. */

export interface ScanLikelihood {
  /** Log likelihood ratio of `observed` where `expected` were expected; 0 unless more were observed. */
  readonly ratio: (observed: number, expected: number) => number
  /** No ratio is more: the χ² of the same two counts, since ln x ≤ x − 1; needs no logarithm. */
  readonly atMost: (observed: number, expected: number) => number
  /**
   * A count that any count of a larger ratio than `level` exceeds: as good as the largest c with ratio ≤ level, never more.
   * As a function of `expected` the exact one is rising and concave, because the ratio is a divergence, convex in both.
   */
  readonly limit: (expected: number, level: number) => number
}

/**
 * Given the total, as in the Poisson and the permutation model: c ln(c/E) + (C − c) ln((C − c)/(C − E)).
 * Kulldorff M (1997) A spatial scan statistic. Communications in Statistics 26: 1481–1496; (2005) PLoS Medicine 2: e59.
 */
export function conditionalLikelihood(total: number): ScanLikelihood {
  const divergence = (c: number, e: number): number =>
    c * Math.log(c / e) + (c < total ? (total - c) * Math.log((total - c) / (total - e)) : 0)
  const slope = (c: number, e: number): number => Math.log(c / e) - Math.log((total - c) / (total - e))
  return {
    ratio: (c, e) => (c > e ? divergence(c, e) : 0),
    atMost: (c, e) => ((c - e) * (c - e) * total) / (e * (total - e)),
    limit: (e, level) => limitOf(divergence, slope, e, level, total * (1 - 1e-9)),
  }
}

/**
 * With the expected numbers known: c ln(c/b) + b − c. Neill D B (2006) Detection of spatial and spatio-temporal clusters
 * (expectation-based Poisson).
 */
export const expectationLikelihood: ScanLikelihood = {
  ratio: (c, b) => (c > b ? c * Math.log(c / b) + b - c : 0),
  atMost: (c, b) => ((c - b) * (c - b)) / b,
  limit: (b, level) => limitOf(surprise, (c, e) => Math.log(c / e), b, level, Number.POSITIVE_INFINITY),
}

function surprise(c: number, b: number): number {
  return c * Math.log(c / b) + b - c
}

/**
 * Newton's steps from above: the divergence is convex and rising in c, so they never fall below the root, and what is taken off
 * at the end makes up for rounding. The start is Bennett's inequality, d²/(2 (e + d/3)) ≤ level for c = e + d, which holds
 * for both divergences, since (1 − x) ln(1 − x) ≥ −x.
 */
function limitOf(
  divergence: (c: number, e: number) => number,
  slope: (c: number, e: number) => number,
  e: number,
  level: number,
  most: number,
): number {
  if (e <= 0 || level <= 0) return Math.max(0, e)
  let c = Math.min(most, e + level / 3 + Math.sqrt((level * level) / 9 + 2 * level * e))
  if (c <= e) return c
  for (let step = 0; step < 50; step++) {
    const over = divergence(c, e) - level
    if (over <= 1e-9 * level) return c * (1 - 1e-8)
    c -= over / slope(c, e)
  }
  return e
}
