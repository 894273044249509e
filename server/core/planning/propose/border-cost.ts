import type { AtomBorder } from '../values.ts'

/**
 * What a metre of boundary on a barrier of a rank counts, a metre off any barrier being 1: 0.1 on a railway or river
 * (rank 0), 0.6 on a path (rank 5). Never nothing, so that of two clear boundaries the shorter, more compact one wins.
 */
const shareOfRank = (rank: number): number => (1 + rank) / 10

/** Effective metres of a border as a boundary between two grids: the fewer, the clearer and shorter the boundary. */
export function effectiveMetres({
  lengthMetres,
  barrierMetres,
  rank,
}: Pick<AtomBorder, 'lengthMetres' | 'barrierMetres' | 'rank'>): number {
  const onBarrier = rank === null ? 0 : Math.min(barrierMetres, lengthMetres)
  return lengthMetres - onBarrier + onBarrier * shareOfRank(rank ?? 0)
}
