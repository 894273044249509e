/** The circles of a scan: around each area, the areas next to it one by one, up to a share of the population. */

export interface ScanZones {
  /** Circles around area i take in `members[starts[i]]` … `members[starts[i + 1] − 1]`, in this order, each making a zone. */
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

/**
 * Areas by distance from each area, equally far ones as they stand; a circle ends before it would hold more than
 * `largestShare` of all that `weight` counts, or reach farther than `largestRadius`.
 */
export function scanZones(
  x: Float64Array,
  y: Float64Array,
  weight: Float64Array,
  largestShare: number,
  largestRadius: number,
): ScanZones {
  const n = x.length
  // Against the sum of the same numbers in another order, half of all has to remain half of all.
  const most = weight.reduce((sum, value) => sum + value, 0) * largestShare * (1 + 1e-12)
  const starts = new Uint32Array(n + 1)
  const members: Uint32Array[] = []
  const distance = new Float64Array(n)
  for (let centre = 0; centre < n; centre++) {
    for (let i = 0; i < n; i++) distance[i] = Math.hypot(x[i]! - x[centre]!, y[i]! - y[centre]!)
    const order = Uint32Array.from(x.keys()).sort((a, b) => distance[a]! - distance[b]! || a - b)
    let taken = 0
    for (let held = 0; taken < n; taken++) {
      held += weight[order[taken]!]!
      if (held > most || distance[order[taken]!]! > largestRadius) break
    }
    members.push(order.slice(0, taken))
    starts[centre + 1] = starts[centre]! + taken
  }
  const all = new Uint32Array(starts[n]!)
  members.forEach((list, centre) => all.set(list, starts[centre]))
  return { starts, members: all }
}
