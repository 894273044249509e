import type { LineString, MultiLineString } from 'geojson'
import { distanceMetres } from '../geometry/distance-metres.ts'
import { barrierOf } from '../planning/barrier-rank.ts'

/** A street, lane or path as it is stored; its class as OpenStreetMap values or the Chinese words for them. */
export interface Road {
  readonly id: string
  readonly class: string
  readonly path: LineString | MultiLineString
}

/** A line of a road and the lanes it is cut into. */
export interface LaneLine {
  /** Degrees. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Geodesic metres from the line's first vertex, at each vertex. */
  readonly along: Float64Array
  /** Its lanes are numbers `first` … `first + count - 1`, each of `each` metres. */
  readonly first: number
  readonly count: number
  readonly each: number
}

/** The lanes of a town: its streets in pieces that can be walked. */
export interface TownLanes {
  /** By number: `<road>-<piece>`, pieces counted from 1 along the road; in the order of the roads' ids. */
  readonly ids: readonly string[]
  readonly lines: readonly LaneLine[]
}

/**
 * Long streets are cut into equal pieces of about this length, counted along the whole street: so a piece is the same ground whatever
 * the grids are, and its id means the same place as long as the street is drawn alike. No policy value for that reason. Metres.
 */
const pieceMetres = 100

/** Whether people walk on a road: not on railways, motorways and their like. */
const isWalkable = (roadClass: string): boolean => {
  const found = barrierOf(roadClass)
  return found?.kind === 'road' && found.crossable
}

/** Cuts the walkable streets of a town into lanes. The order of the roads makes no difference. */
export function layLanes(roads: readonly Road[]): TownLanes {
  const ids: string[] = []
  const lines: LaneLine[] = []
  const walkable = roads.filter((one) => isWalkable(one.class))
  for (const { id, path } of walkable.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    let piece = 0
    for (const line of path.type === 'LineString' ? [path.coordinates] : path.coordinates) {
      const x = Float64Array.from(line, (position) => position[0]!)
      const y = Float64Array.from(line, (position) => position[1]!)
      const along = new Float64Array(x.length)
      for (let i = 1; i < x.length; i++)
        along[i] = along[i - 1]! + distanceMetres(x[i - 1]!, y[i - 1]!, x[i]!, y[i]!)
      const whole = along.at(-1) ?? 0
      if (!(whole > 0)) continue
      const count = Math.max(1, Math.round(whole / pieceMetres))
      lines.push({ x, y, along, first: ids.length, count, each: whole / count })
      for (let k = 0; k < count; k++) ids.push(`${id}-${++piece}`)
    }
  }
  return { ids, lines }
}
