import type { LngLat } from '../../values.ts'
import { nearestOnPath, pathLengthMetres } from './along-path.ts'
import { barrierWithout, moveEnd, recordOf, reversedPath } from './arc-changes.ts'
import type { ArcRecord, Drawing, Patch } from './drawing.ts'
import type { Refusal } from './edit.ts'
import { type ChangedArc, judgePaths } from './planar-test.ts'
import { refusal } from './refuse.ts'

/** Nearer than this to a vertex of the outline, a sliding junction takes its place: 1 mm. */
const TAKE_VERTEX_METRES = 0.001

/**
 * Slides a junction along a village's outline, no farther than the next junctions, to the place nearest to `to`. The outline keeps
 * every vertex, the junction's old place among them.
 * @param fixed,free half-arcs running out of the junction, on the outline and off it
 */
export function slideJunction(
  drawing: Drawing,
  fixed: readonly number[],
  free: readonly number[],
  to: LngLat,
): Patch | Refusal {
  const [one, two] = fixed
  if (free.length === 0) return refusal('village_line_fixed', to)
  if (fixed.length !== 2 || one === undefined || two === undefined || one >> 1 === two >> 1)
    return refusal('junction_fixed', to)
  const [here, there] = [nearestOn(drawing, one, to), nearestOn(drawing, two, to)]
  // `ahead` gives the stretch it is slid over to `behind`.
  const [behind, ahead, nearest] =
    there.distanceMetres <= here.distanceMetres ? [one, two, there] : [two, one, here]
  const aheadPath = outgoing(drawing, ahead)
  let { after, along } = nearest
  let place: LngLat = [nearest.longitude, nearest.latitude]
  const isAt = (vertex: number): boolean =>
    pathLengthMetres([...place, aheadPath[2 * vertex]!, aheadPath[2 * vertex + 1]!]) <= TAKE_VERTEX_METRES
  for (const vertex of [after, after + 1])
    if (isAt(vertex)) {
      place = [aheadPath[2 * vertex]!, aheadPath[2 * vertex + 1]!]
      after = vertex
      along = 0
      break
    }
  if (after === 0 && along === 0) return refusal('nothing_to_change', place)
  if (after >= aheadPath.length / 2 - 1) return refusal('lines_meet', place)

  const passed: number[] = []
  for (let v = along === 0 ? after - 1 : after; v >= 0; v--)
    passed.push(aheadPath[2 * v]!, aheadPath[2 * v + 1]!)
  const behindPath = [...place, ...passed, ...outgoing(drawing, behind).slice(2)]
  const restPath = [...place, ...aheadPath.slice(2 * after + 2)]
  const changed = new Map<number, ChangedArc>()
  putOutgoing(changed, behind, behindPath)
  putOutgoing(changed, ahead, restPath)
  for (const half of free) moveEnd(drawing, changed, half, place)
  const wrong = judgePaths(drawing, changed)
  if (wrong) return wrong

  const aheadArc = drawing.arcs[ahead >> 1]!
  const keptMetres = barrierWithout(aheadArc, aheadArc.lengthMetres - pathLengthMetres(restPath))
  const arcs = [...changed].map(([number, { path, first, last }]): [number, ArcRecord] => {
    const arc = drawing.arcs[number]!
    let barrierMetres: number
    if (number === ahead >> 1) barrierMetres = keptMetres
    else if (number === behind >> 1) barrierMetres = arc.barrierMetres + aheadArc.barrierMetres - keptMetres
    else barrierMetres = barrierWithout(arc, pathLengthMetres(arc.path, first, last))
    return [number, { ...recordOf(arc), path, barrierMetres }]
  })
  return { type: 'patch', arcs, atoms: [], grids: [] }
}

/** The path of a half-arc, away from its node. */
function outgoing(drawing: Drawing, half: number): readonly number[] {
  const { path } = drawing.arcs[half >> 1]!
  return (half & 1) === 0 ? path : reversedPath(path)
}

const nearestOn = (drawing: Drawing, half: number, [longitude, latitude]: LngLat) =>
  nearestOnPath(outgoing(drawing, half), longitude, latitude)

/** Only the segment at the junction is not one there was. */
function putOutgoing(changed: Map<number, ChangedArc>, half: number, path: readonly number[]): void {
  const last = path.length / 2 - 1
  if ((half & 1) === 0) changed.set(half >> 1, { path, first: 0, last: 1 })
  else changed.set(half >> 1, { path: reversedPath(path), first: last - 1, last })
}
