/** Which hexagons a statistic is about: the zeros among them count as much as the incidents. */
import { convex, featureCollection, point } from '@turf/turf'
import { getHexagonAreaAvg, polygonToCells } from 'h3-js'
import { areaSquareMetres } from '../geometry/area-square-metres.ts'
import type { AreaGeometry } from '../values.ts'
import { hexagonCentre } from './hexagon.ts'

/** More hexagons than this are refused: a district of 10,000 km² at resolution 10 stays below. */
export const mostHexagons = 1_000_000

/** The study area would have more hexagons than can be worked with: a coarser resolution or a smaller area is needed. */
export class StudyAreaTooLarge extends RangeError {
  readonly hexagons: number

  constructor(hexagons: number) {
    super(`the study area would have about ${hexagons} hexagons, ${mostHexagons} are allowed`)
    this.name = 'StudyAreaTooLarge'
    this.hexagons = hexagons
  }
}

/**
 * The hexagons whose centre lies in the area, in no particular order, each once: together as large as the area, whatever
 * its outline. An area smaller than a hexagon may have none.
 * @throws StudyAreaTooLarge
 */
export function hexagonsCovering(area: AreaGeometry, resolution: number): string[] {
  const expected = Math.round(areaSquareMetres(area) / getHexagonAreaAvg(resolution, 'm2'))
  if (expected > mostHexagons) throw new StudyAreaTooLarge(expected)
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
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
