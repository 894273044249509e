/** What `wangge hotspots` reads from files: incidents as records, households and grids as the ground they are counted on. */
import type { Position } from 'geojson'
import type { AnalysisGrid, IncidentRecord } from '../core/analysis/values.ts'
import type { Positioned } from '../core/hexagons/hazard-density.ts'
import type { Flaw } from '../core/values.ts'
import { fileAt } from '../formats/input-file.ts'
import { type RowOf, readRows } from '../formats/read-rows.ts'
import type { ReadOptions } from '../formats/records.ts'

export interface Points<Row> {
  readonly rows: readonly Row[]
  /** Records whose one flaw is that nobody wrote down where: counted, not refused. */
  readonly withoutPosition: number
  readonly refused: number
  readonly flaws: readonly Flaw[]
}

export async function readPoints<K extends 'incidents' | 'households' | 'grids'>(
  path: string,
  kind: K,
  options: ReadOptions,
): Promise<Points<RowOf<K>>> {
  const rows: RowOf<K>[] = []
  const flaws: Flaw[] = []
  let withoutPosition = 0
  let refused = 0
  for await (const batch of readRows(fileAt(path), kind, options)) {
    for (const read of batch) {
      if ('record' in read) rows.push(read.record.row)
      else if (read.flaws.every((one) => one.code === 'position_missing')) withoutPosition++
      else {
        refused++
        flaws.push(...read.flaws)
      }
    }
  }
  return { rows, withoutPosition, refused, flaws }
}

/** Why a file cannot be used at all: a flaw of the file itself, or no record that can be read. */
export function unusableReasons({ rows, withoutPosition, flaws }: Points<unknown>): readonly Flaw[] {
  if (rows.length === 0 && withoutPosition === 0) return flaws
  return flaws.filter(({ place }) => place.record === undefined && place.line === undefined)
}

/** The rows' positions, and a place for each record that has none. */
export const positionsOf = ({ rows, withoutPosition }: Points<Positioned>): Positioned[] => [
  ...rows,
  ...Array.from({ length: withoutPosition }, () => ({ longitude: null, latitude: null })),
]

/** What a status is where a file has none; as the import has it. */
const statusWithout = 'reported'

export const recordsOf = ({ rows }: Points<RowOf<'incidents'>>): IncidentRecord[] =>
  rows.map((row) => ({
    id: row.id,
    occurredAt: row.occurredAt,
    category: row.category,
    severity: row.severity ?? null,
    status: row.status ?? statusWithout,
    longitude: row.longitude,
    latitude: row.latitude,
  }))

/** Grids by code, as `wangge import` keeps them: features with one code are the parts of one grid, a part given twice counts once. */
export function gridsOf({ rows }: Points<RowOf<'grids'>>): AnalysisGrid[] {
  const grids = new Map<string, { name: string | null; parts: Map<string, Position[][]> }>()
  for (const { kind, code, name, boundary } of rows) {
    if (kind === 'microgrid') continue
    const grid = grids.get(code) ?? { name: name ?? null, parts: new Map() }
    for (const part of boundary.coordinates) grid.parts.set(JSON.stringify(part), part)
    grids.set(code, grid)
  }
  return [...grids].map(([code, { name, parts }]) => ({
    code,
    name,
    geometry: { type: 'MultiPolygon', coordinates: [...parts.values()] },
  }))
}
