/** Boxes around geometries, in degrees; for showing, not for measuring. */
import type { Geometry, Position } from 'geojson'
import type { Bbox } from '../state.ts'

/** The box around a geometry; undefined when it has no positions. */
export function bboxOf(geometry: Geometry): Bbox | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [longitude = 0, latitude = 0] of positionsOf(geometry)) {
    west = Math.min(west, longitude)
    south = Math.min(south, latitude)
    east = Math.max(east, longitude)
    north = Math.max(north, latitude)
  }
  return west <= east ? [west, south, east, north] : undefined
}

function* positionsOf(geometry: Geometry): Generator<Position> {
  if (geometry.type === 'GeometryCollection') for (const part of geometry.geometries) yield* positionsOf(part)
  else yield* flatten(geometry.coordinates)
}

type Nested = Position | readonly Nested[]

function* flatten(coordinates: Nested): Generator<Position> {
  if (typeof coordinates[0] === 'number') yield coordinates as Position
  else for (const part of coordinates as readonly Nested[]) yield* flatten(part)
}

/** The box of several boxes; undefined of none. */
export function joinBboxes(boxes: readonly (Bbox | undefined)[]): Bbox | undefined {
  const known = boxes.filter((box) => box !== undefined)
  if (known.length === 0) return undefined
  return [
    Math.min(...known.map((box) => box[0])),
    Math.min(...known.map((box) => box[1])),
    Math.max(...known.map((box) => box[2])),
    Math.max(...known.map((box) => box[3])),
  ]
}
