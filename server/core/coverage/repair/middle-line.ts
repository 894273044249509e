import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { Position } from 'geojson'
import {
  eastMetres,
  type LocalMetricFrame,
  localMetricFrame,
  northMetres,
} from '../../geometry/local-metric-frame.ts'
import { segmentRelation } from '../../geometry/segment-relation.ts'
import type { Layer } from '../check-layer.ts'
import { origin, twin } from '../trace-faces.ts'
import type { Cut } from './redraw.ts'

/** A middle line has a vertex for each of its neighbours' vertices; a face with more than this is not one to share. */
const MOST_VERTICES = 2000

interface Run {
  readonly owner: number | null
  readonly halves: number[]
}

/**
 * Cuts a face in two between the two neighbours that lie along it: its middle line runs from one end to the other, at each
 * step half-way between the places that stand at the same part of either side's length. What closes off the ends belongs to
 * neither. Null where there are more than two sides, a hole, a pinch, or where that line would leave the face.
 * @param ownerAcross who gets the ground along a half-edge of the face; null for a side that is nobody's
 */
export function middleLine(
  layer: Layer,
  face: number,
  ownerAcross: (half: number) => number | null,
): Cut | null {
  const { lines, faces } = layer.arrangement
  const walk: number[] = []
  let half = faces.walks[face]![0]!
  do {
    walk.push(half)
    half = faces.next[half]!
  } while (half !== faces.walks[face]![0]! && walk.length <= MOST_VERTICES)
  const vertices = walk.map((h) => origin(lines, h))
  if (faces.walks[face]!.length > 1 || walk.length > MOST_VERTICES) return null
  if (new Set(vertices).size < vertices.length) return null
  const runs = runsAround(walk, ownerAcross)
  const sides = runs.filter((run) => run.owner !== null)
  if (sides.length !== 2 || sides[0]!.owner === sides[1]!.owner) return null
  // Going around with the ground on the left: the first side, an end, the second side, an end.
  const [first, second] = sides as [Run, Run]
  const [i, j] = [runs.indexOf(first), runs.indexOf(second)]
  const middleOf = (closing: Run | undefined, after: Run): number =>
    origin(lines, closing?.halves[Math.floor(closing.halves.length / 2)] ?? after.halves[0]!)
  const stop = middleOf(j - i > 1 ? runs[i + 1] : undefined, second)
  const start = middleOf(i > 0 ? runs[0] : runs[j + 1], first)
  const frame = localMetricFrame(lines.x[start]!, lines.y[start]!)
  const place = (v: number): Position => [lines.x[v]!, lines.y[v]!]
  const along = (run: Run): Position[] => [
    ...run.halves.map((h) => place(origin(lines, h))),
    place(origin(lines, twin(run.halves.at(-1)!))),
  ]
  const line = [
    place(start),
    ...between(along(first), along(second).toReversed(), frame).filter(
      (p) => ![start, stop].some((v) => p[0] === lines.x[v] && p[1] === lines.y[v]),
    ),
    place(stop),
  ]
  if (!staysInside(line, [...vertices, vertices[0]!].map(place))) return null
  // The first side runs from start to stop with the ground on its left, so it lies right of the line.
  return { face, line, from: start, to: stop, left: second.owner!, right: first.owner! }
}

/** Consecutive half-edges of one owner, in a circle that begins where the owner changes. */
function runsAround(walk: readonly number[], ownerAcross: (half: number) => number | null): Run[] {
  const owners = walk.map(ownerAcross)
  const begin = owners.findIndex((owner, i) => owner !== owners.at(i - 1))
  if (begin === -1) return []
  const runs: { owner: number | null; halves: number[] }[] = []
  for (let k = 0; k < walk.length; k++) {
    const i = (begin + k) % walk.length
    const last = runs.at(-1)
    if (last && last.owner === owners[i]) last.halves.push(walk[i]!)
    else runs.push({ owner: owners[i]!, halves: [walk[i]!] })
  }
  return runs
}

/**
 * Half-way between two lines, at every part of the way at which either has a vertex. Where they end apart from each other it
 * begins, and ends, half of that width further in: there it is as far from the end as from either side.
 */
function between(one: readonly Position[], two: readonly Position[], frame: LocalMetricFrame): Position[] {
  const [p, q] = [shares(one, frame), shares(two, frame)]
  const longest = Math.max(lengthOf(one, frame), lengthOf(two, frame))
  const inset = (a: Position, b: Position): number => Math.min(1 / 4, lengthOf([a, b], frame) / 2 / longest)
  const first = inset(one[0]!, two[0]!)
  const last = 1 - inset(one.at(-1)!, two.at(-1)!)
  const steps = [first, ...[...p, ...q].filter((t) => t > first && t < last), last].toSorted((a, b) => a - b)
  return steps
    .filter((t, i) => i === 0 || t - steps[i - 1]! > 1e-6)
    .map((t): Position => {
      const [a, b] = [placeAt(one, p, t), placeAt(two, q, t)]
      return [(a[0]! + b[0]!) / 2, (a[1]! + b[1]!) / 2]
    })
}

const lengthOf = (line: readonly Position[], frame: LocalMetricFrame): number =>
  lengthsAlong(line, frame).at(-1)!

/** Part of the line's length at which each vertex stands, 0 to 1. */
function shares(line: readonly Position[], frame: LocalMetricFrame): number[] {
  const lengths = lengthsAlong(line, frame)
  return lengths.map((length) => length / lengths.at(-1)!)
}

/** Metres along the line to each vertex. */
function lengthsAlong(line: readonly Position[], frame: LocalMetricFrame): number[] {
  const lengths = [0]
  for (let i = 1; i < line.length; i++) {
    const dx = eastMetres(frame, line[i]![0]!) - eastMetres(frame, line[i - 1]![0]!)
    const dy = northMetres(frame, line[i]![1]!) - northMetres(frame, line[i - 1]![1]!)
    lengths.push(lengths[i - 1]! + Math.hypot(dx, dy))
  }
  return lengths
}

function placeAt(line: readonly Position[], at: readonly number[], t: number): Position {
  const i = Math.max(
    1,
    at.findIndex((share) => share >= t),
  )
  const [from, to] = [line[i - 1]!, line[i]!]
  const part = (t - at[i - 1]!) / (at[i]! - at[i - 1]!)
  return [from[0]! + part * (to[0]! - from[0]!), from[1]! + part * (to[1]! - from[1]!)]
}

/** Whether the line meets the ring at its two ends only, and itself nowhere, and sets out into the ring. */
function staysInside(line: readonly Position[], ring: readonly Position[]): boolean {
  const relation = (a: Position, b: Position, c: Position, d: Position) =>
    segmentRelation(a[0]!, a[1]!, b[0]!, b[1]!, c[0]!, c[1]!, d[0]!, d[1]!)
  const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1]
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    if (same(a, b)) return false
    for (let k = 1; k < ring.length; k++) {
      const [c, d] = [ring[k - 1]!, ring[k]!]
      const found = relation(a, b, c, d)
      if (found === 'apart') continue
      // Only the ends of the line may stand on the ring, and there only on its vertices.
      const isStart = i === 1 && (same(a, c) || same(a, d))
      const isStop = i === line.length - 1 && (same(b, c) || same(b, d))
      if (found !== 'touch' || !(isStart || isStop)) return false
    }
    for (let k = i + 1; k < line.length; k++)
      if (relation(a, b, line[k - 1]!, line[k]!) !== (k === i + 1 ? 'touch' : 'apart')) return false
  }
  const [p, q] = line as [Position, Position]
  const within = [(p[0]! + q[0]!) / 2, (p[1]! + q[1]!) / 2]
  return booleanPointInPolygon(within, { type: 'Polygon', coordinates: [[...ring]] })
}
