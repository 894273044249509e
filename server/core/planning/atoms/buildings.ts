import { bbox } from '@turf/bbox'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import Flatbush from 'flatbush'
import { polygonsOf } from '../../coverage/ring-table.ts'
import { segmentRelation } from '../../geometry/segment-relation.ts'
import type { AreaGeometry } from '../../values.ts'
import type { Site } from '../values.ts'
import type { Fabric } from './fabric.ts'

/** Which buildings a line of the fabric runs through for more than a graze, ascending. */
export type CutBuildings = (line: number) => number[]

/** @param grazeMetres what is shorter than this inside a building does not count */
export function buildingsCut(fabric: Fabric, buildings: readonly Site[], grazeMetres: number): CutBuildings {
  const { lines, metres } = fabric
  const boxed = buildings.flatMap(({ geometry }, building) => {
    const box = bbox(geometry)
    return box.every(Number.isFinite) ? [{ building, geometry, box }] : []
  })
  if (boxed.length === 0) return () => []
  const index = new Flatbush(boxed.length)
  for (const { box } of boxed) index.add(box[0], box[1], box[2], box[3])
  index.finish()
  return (line) => {
    const [a, b] = [lines.from[line]!, lines.to[line]!]
    const [ax, ay, bx, by] = [lines.x[a]!, lines.y[a]!, lines.x[b]!, lines.y[b]!]
    return index
      .search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
      .filter((i) => insidePart(boxed[i]!.geometry, ax, ay, bx, by) * metres[line]! > grazeMetres)
      .map((i) => boxed[i]!.building)
      .sort((p, q) => p - q)
  }
}

/** What part of a segment lies inside a building, 0 to 1. */
function insidePart(geometry: AreaGeometry, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const meetings = [0, 1]
  for (const ring of polygonsOf(geometry).flat())
    for (let i = 1; i < ring.length; i++) {
      const [px, py] = ring[i - 1] as [number, number]
      const [qx, qy] = ring[i] as [number, number]
      if (px === qx && py === qy) continue
      if (segmentRelation(ax, ay, bx, by, px, py, qx, qy) === 'apart') continue
      const across = dx * (qy - py) - dy * (qx - px)
      if (across !== 0) meetings.push(((px - ax) * (qy - py) - (py - ay) * (qx - px)) / across)
    }
  meetings.sort((s, t) => s - t)
  let inside = 0
  for (let k = 1; k < meetings.length; k++) {
    const [s, t] = [meetings[k - 1]!, meetings[k]!]
    const middle = (s + t) / 2
    // Along a wall is not inside.
    if (booleanPointInPolygon([ax + dx * middle, ay + dy * middle], geometry, { ignoreBoundary: true }))
      inside += t - s
  }
  return inside
}
