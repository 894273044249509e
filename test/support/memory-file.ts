/** A file that exists only in a test. */
import { Readable } from 'node:stream'
import type { InputFile } from '../../server/formats/input-file.ts'

export const memoryFile = (name: string, content: string | Uint8Array): InputFile => ({
  name,
  open: () => Readable.from([Buffer.from(content)]),
})

/** A GeoJSON FeatureCollection of polygons given by their corners. */
export const polygonFile = (
  name: string,
  features: readonly { readonly properties: object; readonly ring: readonly (readonly [number, number])[] }[],
): InputFile =>
  memoryFile(
    name,
    JSON.stringify({
      type: 'FeatureCollection',
      features: features.map(({ properties, ring }) => ({
        type: 'Feature',
        properties,
        geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
      })),
    }),
  )

/** The corners of a box, counter-clockwise. */
export const box = (
  west: number,
  south: number,
  east: number,
  north: number,
): (readonly [number, number])[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]
