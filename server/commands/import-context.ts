/** The area an import goes into: its towns and villages, and which of them a position lies in. */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { centroid } from '@turf/centroid'
import { multiPolygon, point } from '@turf/helpers'
import type { MultiPolygon, Position } from 'geojson'
import polylabel from 'polylabel'
import { type KnownArea, listAreasBelow } from '../db/imports.ts'
import type { Scoped } from '../db/scoped.ts'
import { AppError } from '../errors.ts'

export interface ImportContext {
  readonly area: KnownArea
  readonly towns: readonly KnownArea[]
  readonly townIds: readonly string[]
  /** Villages of those towns by code. */
  readonly villages: ReadonlyMap<string, KnownArea>
  /** The town of a position: the only one, or the one whose boundary holds it; null when none does. */
  townAt(position: Position): string | null
  /** The village of a town that holds a position, or null. */
  villageAt(town: string, position: Position): string | null
}

/** @throws AppError `not_found` when there is no such area. */
export async function loadImportContext(db: Scoped, code: string): Promise<ImportContext> {
  const below = await listAreasBelow(db, code)
  const area = below.find((one) => one.code === code)
  if (!area) {
    throw new AppError('not_found', {
      zh: `没有区域 ${code}：请先导入它（wangge import areas 文件 --area 上级编码）`,
      en: `There is no area ${code}: import it first (wangge import areas FILE --area PARENT)`,
    })
  }
  const inTown = area.townId === null ? below : await listAreasBelow(db, area.townId)
  const towns = inTown.filter((one) => one.level === 'township')
  const villages = inTown.filter((one) => one.level === 'village')
  const townFinders = towns.map(finderOf)
  const villageFinders = villages.map(finderOf)
  const only = towns.length === 1 ? towns[0] : undefined
  return {
    area,
    towns,
    townIds: towns.map((one) => one.code),
    villages: new Map(villages.map((one) => [one.code, one])),
    townAt: (position) => only?.code ?? townFinders.find((one) => one.holds(position))?.area.code ?? null,
    villageAt: (town, position) =>
      villageFinders.find((one) => one.area.townId === town && one.holds(position))?.area.code ?? null,
  }
}

interface Finder {
  readonly area: KnownArea
  holds(position: Position): boolean
}

function finderOf(area: KnownArea): Finder {
  const { boundary } = area
  if (!boundary) return { area, holds: () => false }
  const feature = multiPolygon(boundary.coordinates)
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x = 0, y = 0] of boundary.coordinates.flat(2)) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return {
    area,
    holds: ([x = 0, y = 0]) =>
      x >= west && x <= east && y >= south && y <= north && booleanPointInPolygon(point([x, y]), feature),
  }
}

/** A position inside a polygon: its centroid where that lies inside, else the pole of inaccessibility of its largest part. */
export function interiorPosition(boundary: MultiPolygon): Position {
  const feature = multiPolygon(boundary.coordinates)
  const centre = centroid(feature)
  if (booleanPointInPolygon(centre, feature)) return centre.geometry.coordinates
  const largest = boundary.coordinates.reduce((best, part) =>
    (part[0]?.length ?? 0) > (best[0]?.length ?? 0) ? part : best,
  )
  const [x, y] = polylabel(largest, 1e-7)
  return [x ?? 0, y ?? 0]
}
