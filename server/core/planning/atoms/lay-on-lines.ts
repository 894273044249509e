import Flatbush from 'flatbush'
import type { Lines } from '../../coverage/trace-faces.ts'
import { eastMetres, localMetricFrame, northMetres } from '../../geometry/local-metric-frame.ts'
import type { AreaGeometry, LngLat } from '../../values.ts'
import type { Barrier } from '../values.ts'
import { NearLines } from './nearest-place.ts'
import { isPlace, segmentsOf } from './segments.ts'

/**
 * Barriers laid on lines that must stay where they are. A division in force follows its streets within the faults of two
 * drawings, some centimetres or metres; were both lines kept, each street would have a thread of ground along it that is nobody's
 * atom, and were the street's taken, every boundary would move. So the street gives way: its vertices near a line go to the line's
 * nearest corner, or where no corner is near to the nearest place on it, and it takes the corners in between, so that the two are one.
 *
 * A vertex moves where some street follows the line there, and all that have it move: streets that met, still meet.
 * @param held outlines whose lines stay
 * @param villages whose own outlines count whatever runs beside them: nothing is laid on these
 * @param reachMetres how near is near
 */
export function layOnLines(
  barriers: readonly Barrier[],
  held: readonly AreaGeometry[],
  villages: readonly AreaGeometry[],
  reachMetres: number,
): readonly Barrier[] {
  const all = segmentsOf(
    [...villages, ...held].map((geometry, i) => ({ owner: Math.min(i, villages.length), geometry })),
    [],
  )
  const isInner = (_: number, line: number): boolean =>
    all.owners[line]!.every((owner) => owner === villages.length)
  const lines = { ...all, from: all.from.filter(isInner), to: all.to.filter(isInner) }
  if (lines.from.length === 0) return barriers
  const table = heldLines(lines)
  const routes = barriers.map(({ path }) => stopsOf(path.filter(isPlace), table, reachMetres))
  const moved = new Map<string, LngLat>()
  for (const route of routes)
    for (const [i, { vertex, place }] of route.entries())
      if (vertex && follows(route, i)) moved.set(vertex.join(), place)
  return barriers.map((barrier, b) => {
    const path = routes[b]!.flatMap(({ vertex, place }, i): LngLat[] =>
      vertex ? [moved.get(vertex.join()) ?? vertex] : follows(routes[b]!, i) ? [place] : [],
    )
    return { ...barrier, path: path.filter(([x, y], i) => x !== path[i - 1]?.[0] || y !== path[i - 1]?.[1]) }
  })
}

/** Whether a street runs along a line from this stop or up to it, rather than just touch it. */
function follows(route: readonly Stop[], i: number): boolean {
  const { lines } = route[i]!
  return [route[i - 1], route[i + 1]].some((other) => other?.lines.some((line) => lines.includes(line)))
}

interface HeldLines {
  readonly lines: Lines
  readonly near: NearLines
  readonly corners: Flatbush
  /** Lines that meet at each corner. */
  readonly linesAt: readonly (readonly number[])[]
}

function heldLines(lines: Lines): HeldLines {
  const linesAt: number[][] = lines.x.map(() => [])
  for (const ends of [lines.from, lines.to]) for (const [line, v] of ends.entries()) linesAt[v]!.push(line)
  const corners = new Flatbush(lines.x.length)
  for (const [v, x] of lines.x.entries()) corners.add(x, lines.y[v]!)
  corners.finish()
  return { lines, near: new NearLines(lines), corners, linesAt }
}

/** A place that a path may take. */
interface Stop {
  /** The vertex of the path that would move here; null for a corner taken in. */
  readonly vertex: LngLat | null
  readonly place: LngLat
  /** Where along the path, in segments; then how far onward, where that is the same. */
  readonly along: number
  readonly onwardMetres: number
  /** Held lines it is on. */
  readonly lines: readonly number[]
}

function stopsOf(path: readonly LngLat[], held: HeldLines, reachMetres: number): Stop[] {
  const { x, y } = held.lines
  const stopAt = (along: number, place: LngLat, lines: readonly number[], vertex: LngLat | null): Stop => {
    return { vertex, place, along, onwardMetres: onward(path, Math.round(along), place), lines }
  }
  const atCorner = (along: number, corner: number, vertex: LngLat | null): Stop =>
    stopAt(along, [x[corner]!, y[corner]!], held.linesAt[corner]!, vertex)
  const stops = path.map((vertex, i): Stop => {
    const corner = nearestCorner(vertex, held, reachMetres)
    if (corner !== null) return atCorner(i, corner, vertex)
    const near = held.near.nearest(vertex, reachMetres)
    return near ? stopAt(i, near.place, [near.line], vertex) : stopAt(i, vertex, [], vertex)
  })
  for (const [corner, { along }] of cornersBeside(path, held, reachMetres))
    stops.push(atCorner(along, corner, null))
  return withoutDetours(stops.toSorted((p, q) => p.along - q.along || p.onwardMetres - q.onwardMetres))
}

/** How many corners of other lines may lie between two stops on one. */
const MOST_DETOUR = 4

/** Where one stop and a later one are on the same line, no corner of another line belongs in between. */
function withoutDetours(stops: readonly Stop[]): Stop[] {
  const kept: Stop[] = []
  for (let i = 0; i < stops.length; i++) {
    const stop = stops[i]!
    kept.push(stop)
    let next = i + 1
    while (stops[next]?.vertex === null && next < i + MOST_DETOUR + 1) next++
    while (next > i + 1 && !stops[next]?.lines.some((line) => stop.lines.includes(line))) next--
    i = next - 1
  }
  return kept
}

function nearestCorner(
  [px, py]: LngLat,
  { lines: { x, y }, corners, linesAt }: HeldLines,
  reachMetres: number,
): number | null {
  const frame = localMetricFrame(px, py)
  const [reachX, reachY] = [
    reachMetres / frame.metresPerDegreeLongitude,
    reachMetres / frame.metresPerDegreeLatitude,
  ]
  const isCorner = (v: number): boolean => linesAt[v]!.length > 0
  let best: number | null = null
  let least = reachMetres
  for (const v of corners.search(px - reachX, py - reachY, px + reachX, py + reachY, isCorner)) {
    const metres = Math.hypot(eastMetres(frame, x[v]!), northMetres(frame, y[v]!))
    if (metres > least || (metres === least && best !== null && v > best)) continue
    best = v
    least = metres
  }
  return best
}

interface Beside {
  readonly along: number
  readonly metres: number
}

/** Corners within reach of a path, with where along it they are nearest. */
function cornersBeside(
  path: readonly LngLat[],
  { lines: { x, y }, corners, linesAt }: HeldLines,
  reachMetres: number,
): ReadonlyMap<number, Beside> {
  const beside = new Map<number, Beside>()
  for (let i = 1; i < path.length; i++) {
    const [[ax, ay], [bx, by]] = [path[i - 1]!, path[i]!]
    const middle = localMetricFrame((ax + bx) / 2, (ay + by) / 2)
    // A tenth more: the frame at the corner itself, which decides, has another scale.
    const reachX = (1.1 * reachMetres) / middle.metresPerDegreeLongitude
    const reachY = (1.1 * reachMetres) / middle.metresPerDegreeLatitude
    const around = corners.search(
      Math.min(ax, bx) - reachX,
      Math.min(ay, by) - reachY,
      Math.max(ax, bx) + reachX,
      Math.max(ay, by) + reachY,
      (v) => linesAt[v]!.length > 0,
    )
    for (const v of around) {
      const frame = localMetricFrame(x[v]!, y[v]!)
      const [px, py] = [eastMetres(frame, ax), northMetres(frame, ay)]
      const [dx, dy] = [eastMetres(frame, bx) - px, northMetres(frame, by) - py]
      const t = Math.min(1, Math.max(0, -(px * dx + py * dy) / (dx * dx + dy * dy || 1)))
      const metres = Math.hypot(px + t * dx, py + t * dy)
      if (metres < reachMetres && metres < (beside.get(v)?.metres ?? Infinity))
        beside.set(v, { along: i - 1 + t, metres })
    }
  }
  return beside
}

/** How far a place lies onward of the path's vertex `i`, in the direction the path has there. */
function onward(path: readonly LngLat[], i: number, [x, y]: LngLat): number {
  const frame = localMetricFrame(...path[i]!)
  const [ax, ay] = path[Math.max(0, i - 1)]!
  const [bx, by] = path[Math.min(path.length - 1, i + 1)]!
  const [dx, dy] = [
    eastMetres(frame, bx) - eastMetres(frame, ax),
    northMetres(frame, by) - northMetres(frame, ay),
  ]
  return (eastMetres(frame, x) * dx + northMetres(frame, y) * dy) / (Math.hypot(dx, dy) || 1)
}
