import Flatbush from 'flatbush'
import type { Lines } from '../../coverage/trace-faces.ts'
import { eastMetres, localMetricFrame, northMetres } from '../../geometry/local-metric-frame.ts'
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
  const index = new Flatbush(lines.from.length)
  for (const [line, a] of lines.from.entries()) {
    const b = lines.to[line]!
    index.add(Math.min(x[a]!, x[b]!), Math.min(y[a]!, y[b]!), Math.max(x[a]!, x[b]!), Math.max(y[a]!, y[b]!))
  }
  index.finish()
  const added = { x: [...segments.x], y: [...segments.y], from: [] as number[], to: [] as number[] }
  const barriers: number[][] = []
  for (const { vertex, line: own } of loose) {
    const near = nearestPlace(lines, index, vertex, own, gapMetres)
    if (!near) continue
    added.from.push(added.x.push(x[vertex]!) - 1)
    added.y.push(y[vertex]!)
    added.to.push(added.x.push(near[0]) - 1)
    added.y.push(near[1])
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

/** The place nearest to a vertex on any line but its own, a vertex of that line rather than a place a hair beside it. */
function nearestPlace(
  { x, y, from, to }: Lines,
  index: Flatbush,
  vertex: number,
  own: number,
  gapMetres: number,
): [longitude: number, latitude: number] | null {
  const [px, py] = [x[vertex]!, y[vertex]!]
  const frame = localMetricFrame(px, py)
  const reachX = gapMetres / frame.metresPerDegreeLongitude
  const reachY = gapMetres / frame.metresPerDegreeLatitude
  let best: [number, number] | null = null
  let least = gapMetres
  for (const line of index.search(px - reachX, py - reachY, px + reachX, py + reachY).sort((p, q) => p - q)) {
    if (line === own) continue
    const [a, b] = [from[line]!, to[line]!]
    const [ax, ay] = [eastMetres(frame, x[a]!), northMetres(frame, y[a]!)]
    const [dx, dy] = [eastMetres(frame, x[b]!) - ax, northMetres(frame, y[b]!) - ay]
    const t = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
    const distance = Math.hypot(ax + t * dx, ay + t * dy)
    if (distance >= least) continue
    least = distance
    best =
      t === 0
        ? [x[a]!, y[a]!]
        : t === 1
          ? [x[b]!, y[b]!]
          : [x[a]! + t * (x[b]! - x[a]!), y[a]! + t * (y[b]! - y[a]!)]
  }
  return best
}
