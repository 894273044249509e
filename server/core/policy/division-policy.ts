/** How large a place wants its grids to be, and how a grid stands against that. */

/** Households a grid should have, from … to, both included. */
export interface SizeBand {
  readonly from: number
  readonly to: number
}

export type BandStatus = 'far_below' | 'below' | 'in_band' | 'above' | 'far_above' | 'not_applicable'

/**
 * The band of a policy of kind `division`, whose rules are `{ "households": { "from": 300, "to": 500 } }`; null when they
 * say nothing about it.
 */
export function sizeBandOf(rules: unknown): SizeBand | null {
  const households = asRecord(asRecord(rules)?.['households'])
  const from = households?.['from']
  const to = households?.['to']
  if (!Number.isInteger(from) || !Number.isInteger(to)) return null
  return { from: from as number, to: to as number }
}

/** `far`: less than half of the lower bound, or more than one and a half times the upper. */
export function bandStatus(households: number, band: SizeBand | null, kind: string): BandStatus {
  if (band === null || kind !== 'ordinary') return 'not_applicable'
  if (households < band.from / 2) return 'far_below'
  if (households < band.from) return 'below'
  if (households <= band.to) return 'in_band'
  return households <= band.to * 1.5 ? 'above' : 'far_above'
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
