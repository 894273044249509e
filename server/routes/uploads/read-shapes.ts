/** Uploaded polygons and points, for work that stores nothing. */
import type { Position } from 'geojson'
import type { DivisionGrid } from '../../core/coverage/report.ts'
import type { Site } from '../../core/planning/values.ts'
import type { AreaGeometry, Flaw, HouseholdPoint } from '../../core/values.ts'
import { chooseLabels } from '../../formats/choose-label.ts'
import { flaw } from '../../formats/flaw-codes.ts'
import type { InputFile } from '../../formats/input-file.ts'
import { readFeatureBatches } from '../../formats/read-features.ts'
import { readRows } from '../../formats/read-rows.ts'
import type { FeatureRecord, ReadOptions } from '../../formats/records.ts'

interface Shape {
  readonly record: FeatureRecord
  readonly geometry: AreaGeometry
}

/** Every polygon of the files; what cannot be one is added to `flaws`. */
async function readPolygons(
  files: readonly InputFile[],
  options: ReadOptions,
  flaws: Flaw[],
): Promise<Shape[]> {
  const shapes: Shape[] = []
  for (const file of files) {
    for await (const batch of readFeatureBatches(file, options)) {
      for (const read of batch) {
        if ('flaws' in read) {
          flaws.push(...read.flaws)
          continue
        }
        const { geometry, place } = read.record
        if (geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon')
          shapes.push({ record: read.record, geometry })
        else if (geometry)
          flaws.push(flaw('geometry_wrong_type', place, { wanted: 'Polygon', found: geometry.type }))
        else flaws.push(flaw('geometry_missing', place, {}))
      }
    }
  }
  return shapes
}

/** Grids of files, called by their column of codes or by what tells them apart. */
export async function readDivision(
  files: readonly InputFile[],
  options: ReadOptions,
  flaws: Flaw[],
): Promise<DivisionGrid[]> {
  const shapes = await readPolygons(files, options, flaws)
  const { labels, declared } = chooseLabels(
    shapes.map((one) => one.record),
    options.map,
  )
  return shapes.map(({ geometry }, i) => ({ code: labels[i] ?? '', geometry, codeDeclared: declared }))
}

/** All polygons of files as one area. */
export async function readArea(
  files: readonly InputFile[],
  options: ReadOptions,
  flaws: Flaw[],
): Promise<AreaGeometry> {
  const coordinates: Position[][][] = []
  for (const { geometry } of await readPolygons(files, options, flaws))
    coordinates.push(...(geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates))
  return { type: 'MultiPolygon', coordinates }
}

/** Natural villages or buildings of files. */
export async function readSites(
  files: readonly InputFile[],
  kind: 'villages' | 'buildings',
  options: ReadOptions,
  flaws: Flaw[],
): Promise<Site[]> {
  const sites: Site[] = []
  for (const file of files) {
    for await (const batch of readRows(file, kind, options)) {
      for (const read of batch) {
        if ('flaws' in read) flaws.push(...read.flaws)
        else {
          const { id, name, boundary } = read.record.row
          sites.push({ id, name: name ?? null, geometry: boundary })
        }
      }
    }
  }
  return sites
}

/** Households of files; one without a position is a flaw like any other. */
export async function readHouseholds(
  files: readonly InputFile[],
  options: ReadOptions,
  flaws: Flaw[],
): Promise<HouseholdPoint[]> {
  const households: HouseholdPoint[] = []
  for (const file of files) {
    for await (const batch of readRows(file, 'households', options)) {
      for (const read of batch) {
        if ('flaws' in read) flaws.push(...read.flaws)
        else {
          const { id, longitude, latitude } = read.record.row
          households.push({ id, longitude, latitude })
        }
      }
    }
  }
  return households
}
