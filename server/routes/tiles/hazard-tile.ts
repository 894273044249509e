/** Hazard density as a tile: the very figures of /api/areas/{code}/hotspots, drawn. */
import type { Hotspots } from '../../contract/hotspots.ts'
import { hexagonBoundary } from '../../core/hexagons/hexagon.ts'
import { type TileFrame, toTileUnits } from '../../formats/mvt/tile-frame.ts'
import { polygonGeometry } from '../../formats/mvt/tile-geometry.ts'
import type { TileFeature, TileLayer } from '../../formats/mvt/write-tile.ts'

/** The hexagons that reach into the tile; whole, not clipped. */
export function hazardLayer({ cells }: Hotspots, frame: TileFrame): TileLayer {
  const [west, south, east, north] = frame.degrees
  const features: TileFeature[] = []
  for (const cell of cells) {
    const ring = hexagonBoundary(cell.h3).coordinates[0] ?? []
    const xs = ring.map(([x = 0]) => x)
    const ys = ring.map(([, y = 0]) => y)
    if (
      Math.max(...xs) < west ||
      Math.min(...xs) > east ||
      Math.max(...ys) < south ||
      Math.min(...ys) > north
    )
      continue
    const geometry = polygonGeometry([[ring.flatMap(([x = 0, y = 0]) => toTileUnits(frame, x, y))]])
    if (!geometry) continue
    const { h3, count, per_km2, rate, z, q } = cell
    features.push({ geometry, properties: { h3, count, per_km2, rate, z, q, class: cell.class } })
  }
  return { name: 'hazard', features }
}
