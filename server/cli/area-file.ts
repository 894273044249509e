import { dissolve } from '../core/coverage/dissolve.ts'
import type { AreaGeometry, Flaw } from '../core/values.ts'
import { flaw } from '../formats/flaw-codes.ts'
import { fileAt } from '../formats/input-file.ts'
import { readFeatureBatches } from '../formats/read-features.ts'
import type { ReadOptions } from '../formats/records.ts'

/**
 * All polygons of a file together as one area, side by side or one within another, or everything that is wrong with the
 * file: half an area would be a wrong answer, so one record that cannot be used refuses it. Only records without any
 * geometry, as lists of areas have for upper levels, are passed over: `skipped` tells them.
 */
export async function readAreaFile(
  path: string,
  options: ReadOptions,
): Promise<
  { readonly area: AreaGeometry; readonly skipped: readonly Flaw[] } | { readonly flaws: readonly Flaw[] }
> {
  const areas: AreaGeometry[] = []
  const flaws: Flaw[] = []
  const skipped: Flaw[] = []
  for await (const batch of readFeatureBatches(fileAt(path), options)) {
    for (const read of batch) {
      if ('flaws' in read) {
        flaws.push(...read.flaws)
        continue
      }
      const { geometry, place } = read.record
      if (geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon') areas.push(geometry)
      else if (geometry === null) skipped.push(flaw('geometry_missing', place, {}))
      else flaws.push(flaw('geometry_wrong_type', place, { wanted: 'Polygon', found: geometry.type }))
    }
  }
  if (flaws.length > 0 || areas.length === 0) return { flaws: [...flaws, ...skipped] }
  return { area: dissolve(areas), skipped }
}
