import type { Lines } from '../../coverage/trace-faces.ts'
import { NearLines } from './nearest-place.ts'
import type { Segments } from './segments.ts'

/**
 * The segments with a short one added from each loose end of a barrier to the line nearest to it, where that is no farther than
 * `gapMetres`: streets drawn a step short of the street or boundary they lead to would otherwise bound nothing.
 * @param lines the segments cut where they meet, `sources` which segments each line is a piece of
 * @returns the very same segments where there is nothing to close, and the barriers that were lengthened
 */
export function closeGaps(
  segments: Segments,
  lines: Lines,
  sources: readonly (readonly number[])[],
  gapMetres: number,
): { segments: Segments; closed: number[] } {
  const loose = looseEnds(lines)
  if (loose.length === 0 || !(gapMetres > 0)) return { segments, closed: [] }
  const { x, y } = lines
  const others = new NearLines(lines)
  const added = { x: [...segments.x], y: [...segments.y], from: [] as number[], to: [] as number[] }
  const barriers: number[][] = []
  for (const { vertex, line: own } of loose) {
    const near = others.nearest([x[vertex]!, y[vertex]!], gapMetres, own)
    if (!near) continue
    added.from.push(added.x.push(x[vertex]!) - 1)
    added.y.push(y[vertex]!)
    added.to.push(added.x.push(near.place[0]) - 1)
    added.y.push(near.place[1])
    barriers.push(sources[own]!.flatMap((segment) => segments.barriers[segment]!))
  }
  if (barriers.length === 0) return { segments, closed: [] }
  return {
    segments: {
      x: added.x,
      y: added.y,
      from: [...segments.from, ...added.from],
      to: [...segments.to, ...added.to],
      owners: [...segments.owners, ...barriers.map(() => [])],
      barriers: [...segments.barriers, ...barriers],
    },
    closed: [...new Set(barriers.flat())],
  }
}

function looseEnds({ x, from, to }: Lines): { vertex: number; line: number }[] {
  const degree = new Int32Array(x.length)
  const lineAt = new Int32Array(x.length)
  for (const ends of [from, to])
    for (const [line, vertex] of ends.entries()) {
      degree[vertex]!++
      lineAt[vertex] = line
    }
  return Array.from(degree, (_, vertex) => ({ vertex, line: lineAt[vertex]! })).filter(
    ({ vertex }) => degree[vertex] === 1,
  )
}
