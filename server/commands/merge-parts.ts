/** Several features with one code and the same attributes are the parts of one area: their polygons are put together. */
import type { MultiPolygon } from 'geojson'
import type { Found, ImportRun } from './import-run.ts'

interface WithBoundary {
  readonly boundary: MultiPolygon | null
}

/**
 * Records that share a key and everything but their polygons become one record, at the place of the first; polygons that
 * repeat another's exactly are dropped as repeats. Records that share a key with other attributes are left for the caller to refuse.
 */
export function mergeParts<Row extends WithBoundary>(
  run: ImportRun,
  found: readonly Found<Row>[],
  keyOf: (row: Row) => string,
): Found<Row>[] {
  const groups = new Map<string, Found<Row>[]>()
  for (const one of found) {
    const key = `${keyOf(one.row)}\n${JSON.stringify({ ...one.row, boundary: null })}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  let merged = 0
  const rows = [...groups.values()].map((group) => {
    const first = group[0] as Found<Row>
    if (group.length === 1 || group.some((one) => one.row.boundary === null)) return first
    const parts = new Map(
      group.flatMap((one) => one.row.boundary?.coordinates ?? []).map((part) => [JSON.stringify(part), part]),
    )
    const repeats = group.length - parts.size
    if (repeats > 0) run.tally.repeated += repeats
    merged += group.length - 1 - Math.max(0, repeats)
    return {
      ...first,
      row: { ...first.row, boundary: { type: 'MultiPolygon' as const, coordinates: [...parts.values()] } },
    }
  })
  if (merged > 0) {
    run.notices.push({
      zh: `${merged} 条记录与同编码、同属性的记录合并为一个多部分图形`,
      en: `${merged} records were joined, as further parts, to records with the same code and attributes`,
    })
    run.tally.repeated += merged
  }
  return rows
}
