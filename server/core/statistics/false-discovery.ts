/**
 * Benjamini–Hochberg q of each p: the smallest false discovery rate at which that place would still be called
 * significant, qᵢ = min over j ≥ rank(i) of p₍ⱼ₎ m/j, at most 1 (R's `p.adjust(method = "BH")`). m counts the places
 * tested; a `null` was not tested, stays `null` and is not counted.
 *
 * Benjamini Y, Hochberg Y (1995) Controlling the false discovery rate. J R Stat Soc B 57: 289–300.
 * @throws RangeError for a p outside (0, 1].
 */
export function benjaminiHochberg(p: readonly (number | null)[]): (number | null)[] {
  const values = Float64Array.from(p, (value) => value ?? 1)
  if (!values.every((value) => value > 0 && value <= 1)) throw new RangeError('a p lies outside (0, 1]')
  const tested = Uint32Array.from(p.keys()).filter((i) => p[i] !== null)
  tested.sort((a, b) => values[b]! - values[a]!)
  const q: (number | null)[] = p.map(() => null)
  let least = 1
  tested.forEach((i, larger) => {
    least = Math.min(least, values[i]! * (tested.length / (tested.length - larger)))
    q[i] = least
  })
  return q
}
