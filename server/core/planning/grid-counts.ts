/** How many grids of a size so many households make: the arithmetic of a band. */
import type { SizeBand } from '../policy/division-policy.ts'

/** From … to, both included. */
export interface CountRange {
  readonly from: number
  readonly to: number
}

/**
 * The numbers K of grids with K·from ≤ households ≤ K·to; null where there is none. Ground needs a grid even where nobody
 * lives, so K is at least 1. A band from 0 would allow any number: never more than one a household is counted.
 */
export function gridCounts(households: number, band: SizeBand): CountRange | null {
  const least = Math.max(1, Math.ceil(households / band.to))
  const most = band.from > 0 ? Math.floor(households / band.from) : Math.max(1, households)
  return least <= most ? { from: least, to: most } : null
}

/** The households up to `upTo` that no number of grids fits, as ranges: 0–299 and 501–599 for 300..500. */
export function impossibleRanges(band: SizeBand, upTo: number): CountRange[] {
  const ranges: CountRange[] = []
  for (let grids = 0; grids * band.to < upTo; grids++) {
    const from = grids === 0 ? 0 : grids * band.to + 1
    const to = Math.min(upTo, (grids + 1) * band.from - 1)
    if (from <= to) ranges.push({ from, to })
    // Each range is narrower than the one before by the band's width: once one is empty, so are all above it.
    else if (grids > 0) break
  }
  return ranges
}
