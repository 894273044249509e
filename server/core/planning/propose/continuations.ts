import type { Stability } from './partition.ts'

/**
 * Which grid in force each new grid continues: the one it keeps most of, the largest part given first, each continued once;
 * -1 where none is left.
 * @param pieces the pieces that the new grids are made of
 * @param cut new grid of each of them, 0 … grids - 1
 * @param taken grids in force that others continue; those given are added
 */
export function continuations(
  pieces: Int32Array,
  cut: Int32Array,
  grids: number,
  stability: Stability | null,
  taken: Set<number>,
): number[] {
  const continues = Array.from({ length: grids }, () => -1)
  if (!stability) return continues
  const kept = new Map<string, { grid: number; current: number; weight: number }>()
  for (const [i, piece] of pieces.entries()) {
    const current = stability.current[piece]!
    if (current < 0) continue
    const key = `${cut[i]} ${current}`
    const pair = kept.get(key) ?? { grid: cut[i]!, current, weight: 0 }
    pair.weight += stability.weight[piece]!
    kept.set(key, pair)
  }
  const pairs = [...kept.values()].sort(
    (p, q) => q.weight - p.weight || p.current - q.current || p.grid - q.grid,
  )
  for (const { grid, current } of pairs) {
    if (continues[grid]! >= 0 || taken.has(current)) continue
    continues[grid] = current
    taken.add(current)
  }
  return continues
}
