/** Where the geometries and boxes lie that are asked with, in whatever system they are given. */
import type { Geometry, Position } from 'geojson'
import type { Condition } from '../../core/filters/condition.ts'
import type { Locate } from '../../core/filters/filter-values.ts'
import type { Message } from '../../core/values.ts'
import { refuseParameter, type System } from './crs.ts'

/** A straight line of a projection bends in degrees: it gets a point each so many metres, at most so many of them. */
const stepMetres = 1000
const mostSteps = 256
const mostVertices = 20_000

const outside: Message = {
  zh: '坐标超出坐标系的范围（注意坐标轴顺序）',
  en: 'coordinates beyond the reach of the system (mind the order of its axes)',
}

/** Reads geometries and boxes that are given in a system. */
export function locator(system: System): Locate {
  return (given) => {
    const geometry = isBox(given) ? boxShape(given, system) : given
    const wrong = shapeFlaw(geometry)
    if (wrong) return { reason: wrong }
    let vertices = 0
    let isInside = true
    const point = (position: Position): Position => {
      if (++vertices > mostVertices) return position
      const found = system.toLngLat(position)
      isInside &&= reaches(system, position, found)
      return found
    }
    const located = eachLine(geometry, (line) => dense(line, system).map(point), point)
    if (vertices > mostVertices)
      return { reason: { zh: `顶点超过 ${mostVertices} 个`, en: `more than ${mostVertices} vertices` } }
    return isInside ? located : { reason: outside }
  }
}

const isBox = (given: Geometry | readonly number[]): given is readonly number[] => Array.isArray(given)

/** Whether a point lies on the Earth, and the projection brings it back to where it was given, within a metre. */
function reaches(system: System, given: Position, [longitude = Number.NaN, latitude = Number.NaN]: Position) {
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return false
  if (system.geographic) return true
  const back = system.fromLngLat([longitude, latitude])
  return given.slice(0, 2).every((value, i) => Math.abs(value - back[i]!) < 1)
}

function dense(line: readonly Position[], system: System): Position[] {
  if (system.geographic) return [...line]
  return line.flatMap((end, i) => {
    const start = line[i - 1]
    if (!start) return [end]
    const [fromA = 0, fromB = 0] = start
    const [toA = 0, toB = 0] = end
    const steps = Math.min(
      mostSteps,
      Math.max(1, Math.ceil(Math.hypot(toA - fromA, toB - fromB) / stepMetres)),
    )
    return Array.from({ length: steps }, (_, step) => {
      const share = (step + 1) / steps
      return [fromA + (toA - fromA) * share, fromB + (toB - fromB) * share]
    })
  })
}

/** A geometry with each of its lines and rings, and each single point, changed. */
function eachLine(
  geometry: Geometry,
  line: (positions: readonly Position[]) => Position[],
  point: (position: Position) => Position,
): Geometry {
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: point(geometry.coordinates) }
    case 'MultiPoint':
      return { type: 'MultiPoint', coordinates: geometry.coordinates.map(point) }
    case 'LineString':
      return { type: 'LineString', coordinates: line(geometry.coordinates) }
    case 'MultiLineString':
    case 'Polygon':
      return { type: geometry.type, coordinates: geometry.coordinates.map(line) }
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: geometry.coordinates.map((one) => one.map(line)) }
    case 'GeometryCollection':
      return {
        type: 'GeometryCollection',
        geometries: geometry.geometries.map((one) => eachLine(one, line, point)),
      }
  }
}

/** A line of one point, or a ring that is not closed. */
function shapeFlaw(geometry: Geometry): Message | undefined {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.map(shapeFlaw).find(Boolean)
  const lines = geometry.type === 'LineString' ? [geometry.coordinates] : []
  if (geometry.type === 'MultiLineString') lines.push(...geometry.coordinates)
  if (lines.some((line) => line.length < 2))
    return { zh: '线至少要有两个点', en: 'a line has two points at least' }
  const rings =
    geometry.type === 'Polygon'
      ? geometry.coordinates
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates.flat()
        : []
  return rings.every((ring) => ring.length >= 4 && String(ring[0]) === String(ring.at(-1)))
    ? undefined
    : { zh: '环必须闭合，且至少有四个点', en: 'a ring is closed and has four points at least' }
}

/** The two corners of a box, heights left out. */
function corners(numbers: readonly number[]): readonly [Position, Position] {
  const [a = 0, b = 0, c = 0, d = 0] =
    numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers
  return [
    [a, b],
    [c, d],
  ]
}

/** West > east is two boxes, either side of the antimeridian. */
function boxShape(numbers: readonly number[], system: System): Geometry {
  const [low, high] = corners(numbers)
  const ring = ([a, b]: Position, [c, d]: Position): Position[] =>
    [
      [a, b],
      [c, b],
      [c, d],
      [a, d],
      [a, b],
    ] as Position[]
  // A box without extent is the point or the line it has shrunk to.
  if (low.some((value, i) => value === high[i]))
    return String(low) === String(high)
      ? { type: 'Point', coordinates: low }
      : { type: 'LineString', coordinates: [low, high] }
  const east = system.northFirst ? 1 : 0
  if (!system.geographic || low[east]! <= high[east]!)
    return { type: 'Polygon', coordinates: [ring(low, high)] }
  const at = (position: Position, longitude: number): Position =>
    position.map((value, i) => (i === east ? longitude : value))
  return {
    type: 'MultiPolygon',
    coordinates: [[ring(low, at(high, 180))], [ring(at(low, -180), high)]],
  }
}

/** What a `bbox` asks for: boxes in degrees where its sides follow meridians and parallels, else a condition. */
export function boxAsked(
  text: string,
  system: System,
): { readonly boxes: number[] | null; readonly condition: Condition | null } {
  const numbers = text.split(',').map(Number)
  const [low, high] = corners(numbers)
  const north = system.northFirst ? 0 : 1
  const isUpright = low[north]! <= high[north]! && (system.geographic || low[1 - north]! <= high[1 - north]!)
  if (!isUpright)
    refuseParameter('bbox', { zh: '下角不能大于上角', en: 'its lower corner lies above its upper one' }, text)
  const shape = locator(system)(numbers)
  if ('reason' in shape) return refuseParameter('bbox', shape.reason, text)
  if (!system.geographic && system.code !== 3857)
    return { boxes: null, condition: meets({ kind: 'shape', type: 'geometry', geometry: shape }) }
  const [west = 0, south = 0] = system.toLngLat(low)
  const [east = 0, top = 0] = system.toLngLat(high)
  return {
    boxes: west <= east ? [west, south, east, top] : [west, south, 180, top, -180, south, east, top],
    condition: null,
  }
}

const meets = (right: Extract<Condition, { kind: 'spatial' }>['right']): Condition => ({
  kind: 'spatial',
  relation: 'intersects',
  left: { kind: 'property', type: 'geometry', name: 'geometry' },
  right,
})
