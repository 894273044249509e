import { polygonFlaws } from '../geometry/polygon-flaws.ts'
import type { AreaGeometry } from '../values.ts'
import { arrange } from './arrangement.ts'
import { edgeTable } from './edge-table.ts'
import { locator } from './locate.ts'
import { polygonsWithin } from './outline.ts'
import { ringTable } from './ring-table.ts'

/**
 * The ground that areas cover together, as districts side by side or a township and its villages do, without the lines
 * between and within them. Edges that two areas share disappear; every other vertex stays where it is, so that grids drawn
 * along the outer edge still match it. A single area is returned as it is.
 */
export function dissolve(areas: readonly AreaGeometry[]): AreaGeometry {
  const [only, ...others] = areas
  if (only && others.length === 0) return only
  const rings = ringTable(areas)
  const broken = new Set(areas.flatMap((area, i) => (polygonFlaws(area).length > 0 ? [i] : [])))
  const arrangement = arrange(edgeTable(rings, broken), -1, locator(rings))
  const covered = new Set(arrangement.cover.flatMap((cover, face) => (cover.length > 0 ? [face] : [])))
  return { type: 'MultiPolygon', coordinates: polygonsWithin(arrangement, covered) }
}
