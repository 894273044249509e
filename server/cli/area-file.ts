import type { Position } from 'geojson'
import type { AreaGeometry, Flaw } from '../core/values.ts'
import { flaw } from '../formats/flaw-codes.ts'
import { fileAt } from '../formats/input-file.ts'
import { readFeatureBatches } from '../formats/read-features.ts'
import type { ReadOptions } from '../formats/records.ts'

/**
 * All polygons of a file together as one area, or everything that is wrong with the file: half an area would be a
 * wrong answer, so one record that cannot be used refuses it.
 */
export async function readAreaFile(
  path: string,
  options: ReadOptions,
): Promise<{ readonly area: AreaGeometry } | { readonly flaws: readonly Flaw[] }> {
  const coordinates: Position[][][] = []
  const flaws: Flaw[] = []
  for await (const batch of readFeatureBatches(fileAt(path), options)) {
    for (const read of batch) {
      if ('flaws' in read) {
        flaws.push(...read.flaws)
        continue
      }
      const { geometry, place } = read.record
      if (geometry?.type === 'Polygon') coordinates.push(geometry.coordinates)
      else if (geometry?.type === 'MultiPolygon') coordinates.push(...geometry.coordinates)
      else if (geometry === null) flaws.push(flaw('geometry_missing', place, {}))
      else flaws.push(flaw('geometry_wrong_type', place, { wanted: 'Polygon', found: geometry.type }))
    }
  }
  return flaws.length > 0 ? { flaws } : { area: { type: 'MultiPolygon', coordinates } }
}
