/** The colours' breaks: numbers people read at once, which hardly move when a few values change. */

/** Colours of a legend at most; one break fewer. */
const mostColours = 6

/**
 * Inner breaks, ascending; a value at a break belongs to the class above it. Neighbouring members of 1, 2, 5, 10, 20, 50, …, the
 * uppermost the largest that any value reaches: such classes grow as the values do, which are few and large, many and small. A
 * break that no positive value lies below is left out.
 */
export function breaksOf(values: readonly (number | null)[]): number[] {
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const value of values) {
    if (value === null || !(value > 0)) continue
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  if (most === 0) return []
  const breaks: number[] = []
  for (let step = stepAtMost(most); breaks.length < mostColours - 1; step--) {
    const value = valueOfStep(step)
    if (value <= least) break
    breaks.unshift(value)
  }
  return breaks
}

/** The n-th member of … 0.5, 1, 2, 5, 10 …; the 0th is 1. */
function valueOfStep(step: number): number {
  const power = Math.floor(step / 3)
  const digit = [1, 2, 5][step - power * 3]!
  return power < 0 ? digit / 10 ** -power : digit * 10 ** power
}

/** The largest member that is not above a positive value. */
function stepAtMost(value: number): number {
  let step = Math.floor(Math.log10(value)) * 3 + 3
  while (valueOfStep(step) > value) step--
  return step
}
