/** Lines that are drawn or written on once, however many shapes they are part of. */
import type { Position } from 'geojson'
import { chainLines } from '../coverage/chain-lines.ts'
import { polygonsOf } from '../coverage/ring-table.ts'
import type { AreaGeometry } from '../values.ts'

type Lines = readonly (readonly Position[])[]

/**
 * The boundaries of some polygons without those of others, each stretch once: a dashed line drawn twice, once from either side, would
 * fill its own gaps.
 */
export function boundaryLines(
  geometries: readonly AreaGeometry[],
  without: readonly AreaGeometry[] = [],
): Position[][] {
  const ringsOf = (all: readonly AreaGeometry[]): Lines => all.flatMap((one) => polygonsOf(one).flat())
  return joined(ringsOf(geometries), ringsOf(without))
}

/** Pieces of one street as the longest lines they make up without branching. */
export const streetLines = (pieces: Lines): Position[][] => joined(pieces, [])

function joined(lines: Lines, without: Lines): Position[][] {
  const left = segmentsOf(lines)
  for (const key of segmentsOf(without).keys()) left.delete(key)
  return chainLines(
    [...left].toSorted(([p], [q]) => (p < q ? -1 : p > q ? 1 : 0)).map(([, segment]) => segment),
  )
}

function segmentsOf(lines: Lines): Map<string, readonly [Position, Position]> {
  const segments = new Map<string, readonly [Position, Position]>()
  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!]
      const [p, q] = a[0]! < b[0]! || (a[0] === b[0] && a[1]! < b[1]!) ? [a, b] : [b, a]
      segments.set([...p, ...q].map((degrees) => degrees.toFixed(9)).join(' '), [p, q])
    }
  return segments
}
