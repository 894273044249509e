/**
 * What many tests at once do to p: the false discovery rate, the share of false alarms among the places called significant.
 *
 * Benjamini Y, Hochberg Y (1995) Controlling the false discovery rate. J R Stat Soc B 57: 289–300.
 * Benjamini Y, Yekutieli D (2001) The control of the false discovery rate in multiple testing under dependency.
 * Ann Stat 29: 1165–1188.
 */

/**
 * `bh`: Benjamini–Hochberg, for tests that are independent or depend on each other positively, as overlapping neighbourhoods
 * do. `by`: Benjamini–Yekutieli, for any dependence, at the price of a factor 1 + 1/2 + … + 1/m.
 */
export type Correction = 'bh' | 'by'

/**
 * The q of each p: the smallest false discovery rate at which that place would still be called significant,
 * qᵢ = min over j ≥ rank(i) of c p₍ⱼ₎ m/j, at most 1, with c = 1 for `bh` and c = Σ 1/j for `by` (R's `p.adjust`). m counts
 * the places tested; a `null` was not tested, stays `null` and is not counted.
 * @throws RangeError for a p outside (0, 1].
 */
export function correct(p: readonly (number | null)[], method: Correction): (number | null)[] {
  const tested = new Float64Array(p.length)
  let m = 0
  for (const value of p) {
    if (value === null) continue
    if (!(value > 0 && value <= 1)) throw new RangeError('a p lies outside (0, 1]')
    tested[m++] = value
  }
  const sorted = tested.subarray(0, m).sort()
  let price = method === 'bh' ? 1 : 0
  if (method === 'by') for (let j = 1; j <= m; j++) price += 1 / j
  // Equal p have one q, that of the last among them: numbers are sorted ten times faster than the places they belong to.
  const qOf = new Map<number, number>()
  let least = 1
  for (let rank = m; rank > 0; rank--) {
    const value = sorted[rank - 1]!
    if (value === sorted[rank]) continue
    least = Math.min(least, value * price * (m / rank))
    qOf.set(value, least)
  }
  return p.map((value) => (value === null ? null : qOf.get(value)!))
}

/** {@link correct} by Benjamini and Hochberg. */
export const benjaminiHochberg = (p: readonly (number | null)[]): (number | null)[] => correct(p, 'bh')
