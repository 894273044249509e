/** Which hexagons a statistic is about: the zeros among them count as much as the incidents. */
import { convex, featureCollection, point } from '@turf/turf'
import { polygonToCells } from 'h3-js'
import { areaSquareMetres } from '../geometry/area-square-metres.ts'
import type { AreaGeometry } from '../values.ts'
import { hexagonAreaSquareKm, hexagonCentre, pointToHexagon } from './hexagon.ts'

/** The study area would have more hexagons than can be worked with: a coarser resolution or a smaller area is needed. */
export class StudyAreaTooLarge extends RangeError {
  readonly hexagons: number
  readonly allowed: number

  constructor(hexagons: number, allowed: number) {
    super(`the study area would have about ${hexagons} hexagons, ${allowed} are allowed`)
    this.name = 'StudyAreaTooLarge'
    this.hexagons = hexagons
    this.allowed = allowed
  }
}

/**
 * The hexagons whose centre lies in the area, in no particular order, each once: together as large as the area, whatever
 * its outline. An area smaller than a hexagon may have none.
 * @throws StudyAreaTooLarge when they would be more than `allowed`, before anything is computed
 */
export function hexagonsCovering(area: AreaGeometry, resolution: number, allowed: number): string[] {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
  const corner = polygons[0]?.[0]?.[0]
  if (!corner) return []
  const squareKm = hexagonAreaSquareKm(pointToHexagon(corner[0]!, corner[1]!, resolution))
  const expected = Math.round(areaSquareMetres(area) / 1e6 / squareKm)
  if (expected > allowed) throw new StudyAreaTooLarge(expected, allowed)
  return [...new Set(polygons.flatMap((rings) => polygonToCells(rings, resolution, true)))]
}

/**
 * The convex hull of the hexagons' centres; `null` when they lie on a line. What stands in for a study area that nobody
 * gave: it claims that an incident could have been reported anywhere between those that were.
 */
export function hullOf(hexagons: Iterable<string>): AreaGeometry | null {
  const centres = Array.from(hexagons, (hexagon) => point([...hexagonCentre(hexagon)]))
  return centres.length < 3 ? null : (convex(featureCollection(centres))?.geometry ?? null)
}
