import type { Fix } from '../values.ts'

/** Fixes as columns, times strictly rising. `accuracy` is NaN where the device gave none. */
export interface OrderedFixes {
  readonly time: Float64Array
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  readonly accuracy: Float64Array
  /** Instants at which the device claimed more than one position, rising. */
  readonly conflicts: readonly number[]
}

/** Unknown accuracy sorts last: a stated one is better evidence. */
const accuracyOf = (fix: Fix): number => fix.accuracyMetres ?? Number.POSITIVE_INFINITY

/** A total order of what is kept of a fix, so that the order of arrival leaves no trace. */
const compare = (a: Fix, b: Fix): number => a.time - b.time || compareReadings(a, b)

function compareReadings(a: Fix, b: Fix): number {
  if (accuracyOf(a) !== accuracyOf(b)) return accuracyOf(a) < accuracyOf(b) ? -1 : 1
  return a.longitude - b.longitude || a.latitude - b.latitude
}

/** Which of two readings of one instant is kept. */
export const isBetterFix = (a: Fix, b: Fix): boolean => compareReadings(a, b) < 0

function isOrdered(fixes: readonly Fix[]): boolean {
  for (let i = 1; i < fixes.length; i++) {
    const before = fixes[i - 1]!
    const fix = fixes[i]!
    if (before.time >= fix.time && compare(before, fix) > 0) return false
  }
  return true
}

/**
 * Sorts by time and keeps one fix an instant: the most accurate, then the westernmost, then the southernmost.
 * The result is a function of the set of fixes: any order, repetition or division into batches gives the same columns.
 */
export function orderFixes(fixes: readonly Fix[]): OrderedFixes {
  const sorted = isOrdered(fixes) ? fixes : [...fixes].sort(compare)
  const n = sorted.length
  const columns = [0, 1, 2, 3].map(() => new Float64Array(n))
  const [time, longitude, latitude, accuracy] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const conflicts: number[] = []
  let kept = 0
  for (let i = 0; i < n; i++) {
    const fix = sorted[i]!
    const last = kept - 1
    if (kept > 0 && time[last] === fix.time) {
      const elsewhere = longitude[last] !== fix.longitude || latitude[last] !== fix.latitude
      if (elsewhere && conflicts.at(-1) !== fix.time) conflicts.push(fix.time)
      continue
    }
    time[kept] = fix.time
    longitude[kept] = fix.longitude
    latitude[kept] = fix.latitude
    accuracy[kept] = fix.accuracyMetres ?? Number.NaN
    kept++
  }
  return {
    time: time.subarray(0, kept),
    longitude: longitude.subarray(0, kept),
    latitude: latitude.subarray(0, kept),
    accuracy: accuracy.subarray(0, kept),
    conflicts,
  }
}

/** The fixes with times in [from, to), sharing the columns. */
export function fixesBetween(fixes: OrderedFixes, from: number, to: number): OrderedFixes {
  const a = firstAtOrAfter(fixes.time, from)
  const b = firstAtOrAfter(fixes.time, to)
  return {
    time: fixes.time.subarray(a, b),
    longitude: fixes.longitude.subarray(a, b),
    latitude: fixes.latitude.subarray(a, b),
    accuracy: fixes.accuracy.subarray(a, b),
    conflicts: fixes.conflicts.filter((time) => time >= from && time < to),
  }
}

/** Index of the first value not below `value` in a rising column; its length when there is none. */
export function firstAtOrAfter(column: Float64Array, value: number): number {
  let low = 0
  let high = column.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (column[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
