/** A record of a format that names its columns once and keeps its geometry beside them: Shapefile, GeoPackage, FlatGeobuf. */
import type { Place } from '../core/values.ts'
import { type GeometryRules, normaliseGeometry } from './normalise-geometry.ts'
import type { FeatureRecord, Read } from './records.ts'

/**
 * @param columns after `--map`; one named '' is left out
 * @param values of the columns, in their order
 * @param geometry as the file has it, null where it has none
 */
export function columnedRecord(
  columns: readonly string[],
  values: readonly unknown[],
  geometry: unknown,
  rules: GeometryRules,
  place: Place,
): Read<FeatureRecord> {
  const properties: Record<string, unknown> = {}
  for (const [i, column] of columns.entries()) if (column !== '') properties[column] = values[i] ?? null
  const normalised = geometry === null ? { geometry: null } : normaliseGeometry(geometry, rules, place)
  return 'flaws' in normalised
    ? normalised
    : { record: { place, geometry: normalised.geometry, properties, columns } }
}
