/** Where each household belongs, by its id; null or absent: nowhere. */
export type Membership = ReadonlyMap<string, string | null>

/** Households by their grid in one division and in another. */
export interface MembershipCell {
  readonly from: string | null
  readonly to: string | null
  /** Ids, sorted. */
  readonly households: readonly string[]
}

/** The contingency table of two divisions over all households that either names; sorted by from, then to, none first. */
export function membershipCells(before: Membership, after: Membership): MembershipCell[] {
  const rows = new Map<string | null, Map<string | null, string[]>>()
  for (const id of [...new Set([...before.keys(), ...after.keys()])].toSorted()) {
    const from = before.get(id) ?? null
    const to = after.get(id) ?? null
    const row = rows.get(from) ?? new Map<string | null, string[]>()
    rows.set(from, row)
    const cell = row.get(to)
    if (cell) cell.push(id)
    else row.set(to, [id])
  }
  return [...rows]
    .flatMap(([from, row]) => [...row].map(([to, households]) => ({ from, to, households })))
    .toSorted((p, q) => byCode(p.from, q.from) || byCode(p.to, q.to))
}

/**
 * How far apart two divisions are, in one number: variation of information (Meilă, Journal of Multivariate Analysis 98, 2007),
 * −Σ n/N · [ln(n/before) + ln(n/after)] in nats over the cells of n households, `before` and `after` the sizes of their grids.
 * 0 for divisions alike but for their codes, at most ln N; a metric. Households in no grid count as one more grid.
 */
export function variationOfInformation(cells: readonly MembershipCell[]): number {
  const before = new Map<string | null, number>()
  const after = new Map<string | null, number>()
  let all = 0
  for (const { from, to, households } of cells) {
    before.set(from, (before.get(from) ?? 0) + households.length)
    after.set(to, (after.get(to) ?? 0) + households.length)
    all += households.length
  }
  let nats = 0
  for (const { from, to, households } of cells) {
    const n = households.length
    nats += (n / all) * (Math.log(before.get(from)! / n) + Math.log(after.get(to)! / n))
  }
  return nats
}

/** No grid first, then by code. */
const byCode = (p: string | null, q: string | null): number =>
  (p ?? '') < (q ?? '') ? -1 : (p ?? '') > (q ?? '') ? 1 : 0
