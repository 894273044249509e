import type { Polygon, Position } from 'geojson'
import { hashText } from '../../coverage/number-problems.ts'
import { polygonsWithin } from '../../coverage/outline.ts'
import { areaSquareMetres } from '../../geometry/area-square-metres.ts'
import { type Cells, eachSide } from './cells.ts'
import type { Fabric } from './fabric.ts'

/** Ground of one atom before its people are counted. */
export interface Ground {
  readonly id: string
  readonly village: number
  readonly geometry: Polygon
  readonly cells: readonly number[]
}

/** The polygons of all blocks, by id. */
export function outlineAtoms(
  fabric: Fabric,
  cells: Cells,
  blocks: Int32Array,
  villageCodes: readonly string[],
): Ground[] {
  const members = new Map<number, number[]>()
  for (const [cell, block] of blocks.entries()) {
    const own = members.get(block)
    if (own) own.push(cell)
    else members.set(block, [cell])
  }
  const passed = passedVertices(fabric, cells, blocks)
  const grounds = [...members.values()].flatMap((own) => {
    const faces = new Set(own.map((cell) => cells.face[cell]!))
    // Faces joined across lines: one polygon. It could only be none if rounding had left no area.
    return polygonsWithin(fabric, faces).map((rings) => {
      const geometry: Polygon = {
        type: 'Polygon',
        coordinates: rings.map((ring) => withoutPassed(ring, passed)),
      }
      const village = cells.village[own[0]!]!
      const id = `${villageCodes[village]}-${hashText(groundKey(geometry))}`
      return { id, village, geometry, cells: own }
    })
  })
  return grounds.sort((p, q) => (p.id < q.id ? -1 : 1))
}

/**
 * Centre of the area to 1e-6 degrees (0.1 m) and the area in m²: two atoms of a village cannot have both in common, and
 * neither changes when a street of the neighbour's comes to meet the outline, as a vertex chosen from it might.
 */
function groundKey(geometry: Polygon): string {
  const [x0, y0] = geometry.coordinates[0]![0] as [number, number]
  let [double, sumX, sumY] = [0, 0, 0]
  for (const ring of geometry.coordinates)
    for (let i = 1; i < ring.length; i++) {
      const [px, py] = [ring[i - 1]![0]! - x0, ring[i - 1]![1]! - y0]
      const [qx, qy] = [ring[i]![0]! - x0, ring[i]![1]! - y0]
      const cross = px * qy - qx * py
      double += cross
      sumX += cross * (px + qx)
      sumY += cross * (py + qy)
    }
  const x = x0 + sumX / (3 * double)
  const y = y0 + sumY / (3 * double)
  return `${x.toFixed(6)} ${y.toFixed(6)} ${areaSquareMetres(geometry).toFixed(0)}`
}

/**
 * Vertices, as text, at which a line that bounds no atom met a straight stretch of one that does: left out, so that an
 * outline keeps the vertices it was drawn with. Both neighbours leave them out.
 */
function passedVertices(fabric: Fabric, cells: Cells, blocks: Int32Array): ReadonlySet<string> {
  const { x, y, from, to } = fabric.lines
  const degree = new Int32Array(x.length)
  const lineAt = new Int32Array(x.length).fill(-1)
  const straight = new Uint8Array(x.length)
  for (let line = 0; line < from.length; line++) {
    if (!isBorder(fabric, cells, blocks, line)) continue
    for (const v of [from[line]!, to[line]!]) {
      degree[v]!++
      const other = lineAt[v]!
      if (other === -1) lineAt[v] = line
      else straight[v] = fabric.sources[line]!.join() === fabric.sources[other]!.join() ? 1 : 0
    }
  }
  const passed = new Set<string>()
  for (let v = 0; v < x.length; v++) if (degree[v] === 2 && straight[v] === 1) passed.add(`${x[v]} ${y[v]}`)
  return passed
}

function isBorder(fabric: Fabric, cells: Cells, blocks: Int32Array, line: number): boolean {
  let isOne = false
  eachSide(fabric, cells, line, (left, right) => {
    if (left === -1 || right === -1 || blocks[left] !== blocks[right]) isOne = true
  })
  return isOne
}

function withoutPassed(ring: readonly Position[], passed: ReadonlySet<string>): Position[] {
  const kept = ring.slice(1).filter((p) => !passed.has(`${p[0]} ${p[1]}`))
  return [kept.at(-1)!, ...kept]
}
