import { bbox } from '@turf/bbox'
import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import type { AreaGeometry } from '../values.ts'
import { pointInFace } from './arrangement.ts'
import { type EdgeTable, edgeTable, usesOf } from './edge-table.ts'
import { type Location, locator } from './locate.ts'
import { nodeEdges } from './node-edges.ts'
import { polygonsWithin } from './outline.ts'
import { ringTable } from './ring-table.ts'
import { type Lines, traceFaces } from './trace-faces.ts'

/** Where the boundaries of a layer's grids run. */
export interface Boundaries {
  readonly table: EdgeTable
  readonly locate: (longitude: number, latitude: number) => Location
  /** The owner that is the area, or -1. */
  readonly area: number
}

/**
 * A function that says which grids a polygon lies in, and what of it lies in each: exactly, by drawing it together with the
 * boundaries that run across its box. A polygon that no boundary comes near is in one grid or none, told without drawing.
 * Ground that several grids have is on no side: whose it is, the overlap has to tell.
 */
export function sideFinder({
  table,
  locate,
  area,
}: Boundaries): (geometry: AreaGeometry) => Map<number, Position[][][]> {
  const edges = Array.from({ length: table.edges }, (_, e) => e).filter((e) =>
    usesOf(table, e).some((use) => table.ownerOf[use] !== area),
  )
  const { vertexX: vx, vertexY: vy, low, high } = table
  const index = edges.length > 0 ? new Flatbush(edges.length) : null
  for (const e of edges) {
    const [a, b] = [low[e]!, high[e]!]
    const [ax, ay, bx, by] = [vx[a]!, vy[a]!, vx[b]!, vy[b]!]
    index?.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  index?.finish()
  const gridsAt = ([x, y]: readonly number[]): number[] =>
    locate(x!, y!).inside.filter((owner) => owner !== area)

  return (geometry) => {
    const [west, south, east, north] = bbox(geometry)
    const crossing = index?.search(west, south, east, north).toSorted((p, q) => p - q) ?? []
    const rings = ringTable([geometry])
    if (crossing.length === 0) {
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      const grids = gridsAt([rings.x[0] ?? Number.NaN, rings.y[0] ?? Number.NaN])
      return new Map(grids.length === 1 ? [[grids[0]!, polygons]] : [])
    }
    const own = edgeTable(rings, new Set())
    const drawing = draw(
      own,
      table,
      crossing.map((k) => edges[k]!),
    )
    const inSite = locator(rings)
    const members = new Map<number, Set<number>>()
    for (let face = 1; face < drawing.faces.faces; face++) {
      const point = pointInFace(drawing.lines, drawing.faces, face)
      if (inSite(...point).inside.length === 0) continue
      const [grid, ...others] = gridsAt(point)
      if (grid === undefined || others.length > 0) continue
      const faces = members.get(grid)
      if (faces) faces.add(face)
      else members.set(grid, new Set([face]))
    }
    return new Map([...members].map(([grid, faces]) => [grid, polygonsWithin(drawing, faces)]))
  }
}

function draw(own: EdgeTable, table: EdgeTable, crossing: readonly number[]) {
  const x: number[] = []
  const y: number[] = []
  const ends = { from: [] as number[], to: [] as number[] }
  const add = (source: EdgeTable, edge: number): void => {
    for (const [v, list] of [
      [source.low[edge]!, ends.from],
      [source.high[edge]!, ends.to],
    ] as const) {
      y.push(source.vertexY[v]!)
      list.push(x.push(source.vertexX[v]!) - 1)
    }
  }
  for (let edge = 0; edge < own.edges; edge++) add(own, edge)
  for (const edge of crossing) add(table, edge)
  const pieces = nodeEdges(x, y, ends.from, ends.to)
  const seen = new Set<string>()
  const lines = { x, y, from: [] as number[], to: [] as number[] } satisfies Lines
  for (const [i, a] of pieces.from.entries()) {
    const b = pieces.to[i]!
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`
    if (seen.has(key)) continue
    seen.add(key)
    lines.from.push(a)
    lines.to.push(b)
  }
  return { lines, faces: traceFaces(lines) }
}
