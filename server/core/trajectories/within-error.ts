/** Whether a verdict could have been the other one, by the stated error of what was measured. It changes no verdict. */

/**
 * Whether what a rule asks for lies within the stated error of the figure it judges: |value − required| ≤ error, all in the rule's own
 * unit. Null where no error is stated (counts of rounds and visits, days matched before errors were kept). False where it is none, and
 * where nothing is asked: neither can have been the other way.
 */
export function isWithinError(value: number, required: number, error: number | null): boolean | null {
  if (error === null) return null
  return error > 0 && required > 0 && Math.abs(value - required) <= error + 1e-8
}

/** A verdict with what `isWithinError` says of it. */
export interface ErrorVerdict {
  readonly met: boolean
  readonly withinError: boolean | null
}

/**
 * Whether a verdict made of several, met when each of them is, could have been the other one within their errors: where all are met, one of
 * them within its error is enough; else each one not met must be, for one that surely is not met decides alone. A verdict without a
 * stated error counts as sure. Null where none has one.
 */
export function isAllWithinError(verdicts: readonly ErrorVerdict[]): boolean | null {
  if (verdicts.every(({ withinError }) => withinError === null)) return null
  const unmet = verdicts.filter(({ met }) => !met)
  return unmet.length === 0
    ? verdicts.some(({ withinError }) => withinError === true)
    : unmet.every(({ withinError }) => withinError === true)
}

/** An error as it is shown: hundredths, rounded up, so that it never reads as smaller than it is. */
export const shownError = (error: number | null): number | null =>
  error === null ? null : Math.max(0, Math.ceil(error * 100 - 1e-6)) / 100
