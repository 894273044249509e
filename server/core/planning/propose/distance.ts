/** How different two plans of the same pieces are. */

/**
 * Share of the weight that would change grid between two plans, when each grid is paired with the one it shares most with,
 * the largest share first: 0 for the same plan whatever its numbers, below 1 always.
 * @param weight of each piece, zero or more
 */
export function planDistance(a: Int32Array, b: Int32Array, weight: ArrayLike<number>): number {
  const shared = new Map<string, { a: number; b: number; weight: number }>()
  let total = 0
  for (const [piece, grid] of a.entries()) {
    const key = `${grid} ${b[piece]}`
    const pair = shared.get(key) ?? { a: grid, b: b[piece]!, weight: 0 }
    pair.weight += weight[piece]!
    shared.set(key, pair)
    total += weight[piece]!
  }
  const pairs = [...shared.values()].sort((p, q) => q.weight - p.weight || p.a - q.a || p.b - q.b)
  const usedA = new Set<number>()
  const usedB = new Set<number>()
  let kept = 0
  for (const pair of pairs) {
    if (usedA.has(pair.a) || usedB.has(pair.b)) continue
    usedA.add(pair.a)
    usedB.add(pair.b)
    kept += pair.weight
  }
  return total > 0 ? 1 - kept / total : 0
}
