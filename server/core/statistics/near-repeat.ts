/** What Knox's table says of the days after an incident: whether others follow nearby, and for how long. */
import type { KnoxBand, KnoxCell, KnoxResult } from './knox.ts'

/** Over-representation around an incident in one band of distance, from the day itself on without a break. */
export interface NearRepeat {
  readonly distance: KnoxBand
  /** From day 0 to before this day; null: without end. */
  readonly untilDay: number | null
  /** The strongest of these bands. */
  readonly strongest: { readonly days: KnoxBand } & KnoxCell
}

/**
 * The bands in which incidents repeat: p below `alpha` and at least `leastRatio` times the mean of the permutations, beginning
 * at day 0 and at the place itself or right beside it. By default p < 0.05 and 1.2 times, as the Near Repeat Calculator calls
 * a pattern significant and meaningful. The p of the bands are not corrected for their number. Empty: nothing repeats.
 */
export function nearRepeats(result: KnoxResult, alpha = 0.05, leastRatio = 1.2): NearRepeat[] {
  // With 19 permutations the least p is 0.05 itself: the calculator's "best possible" counts.
  const stands = (cell: KnoxCell): boolean =>
    cell.p <= Math.max(alpha, 1 / (1 + result.replications)) && (cell.ratioToMean ?? 0) >= leastRatio
  const found: NearRepeat[] = []
  for (const [row, distance] of result.distances.slice(0, -1).entries()) {
    const cells = result.cells[row]!
    const end = cells.findIndex((cell) => !stands(cell))
    const run = cells.slice(0, end < 0 ? cells.length : end)
    if (run.length > 0) {
      const best = run.reduce((most, cell, k) => (cell.ratioToMean! > run[most]!.ratioToMean! ? k : most), 0)
      const untilDay = result.days[run.length - 1]!.to
      found.push({ distance, untilDay, strongest: { days: result.days[best]!, ...run[best]! } })
    } else if (row > 0) break
  }
  return found
}
