import type { AreaGeometry, LngLat } from '../values.ts'
import { largestInscribedCircle } from './inscribed-circle.ts'
import { eastMetres, latitudeAt, localMetricFrame, longitudeAt, northMetres } from './local-metric-frame.ts'

/** Where a name has most room: the middle of the largest circle inside any part, in degrees. */
export function labelPoint(geometry: AreaGeometry): LngLat {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const [longitude = 0, latitude = 0] = parts[0]?.[0]?.[0] ?? []
  const frame = localMetricFrame(longitude, latitude)
  const [roomiest] = parts
    .map((rings) =>
      largestInscribedCircle(
        rings.map((ring) =>
          ring.map(([x = 0, y = 0]) => [eastMetres(frame, x), northMetres(frame, y)] as const),
        ),
      ),
    )
    .toSorted((a, b) => b.radius - a.radius)
  return roomiest ? [longitudeAt(frame, roomiest.x), latitudeAt(frame, roomiest.y)] : [longitude, latitude]
}
