/** The points a density is made of: read from files, and the incidents among them that were asked for. */
import type { Positioned } from '../core/hexagons/hazard-density.ts'
import { dayBounds } from '../core/trajectories/local-day.ts'
import type { Flaw } from '../core/values.ts'
import { fileAt } from '../formats/input-file.ts'
import { type RowOf, readRows } from '../formats/read-rows.ts'
import type { ReadOptions } from '../formats/records.ts'
import type { Question } from './hotspots-question.ts'

export interface Points<Row> {
  readonly rows: readonly Row[]
  /** Records whose one flaw is that nobody wrote down where: counted, not refused. */
  readonly withoutPosition: number
  readonly refused: number
  readonly flaws: readonly Flaw[]
}

export async function readPoints<K extends 'incidents' | 'households'>(
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

export interface Selection {
  readonly positions: readonly Positioned[]
  readonly otherCategory: number
  readonly otherPeriod: number
  /** Categories asked for that no record has: most likely misspelt. */
  readonly absentCategories: readonly string[]
}

/** The incidents of the categories and the days asked for. */
export function select(incidents: Points<RowOf<'incidents'>>, { categories, from, to }: Question): Selection {
  const wanted = categories && new Set(categories)
  const seen = new Set(incidents.rows.map((row) => row.category))
  const start = from === null ? Number.NEGATIVE_INFINITY : dayBounds(from).from
  const end = to === null ? Number.POSITIVE_INFINITY : dayBounds(to).from
  const ofCategory = wanted ? incidents.rows.filter((row) => wanted.has(row.category)) : incidents.rows
  const rows = ofCategory.filter((row) => row.occurredAt >= start && row.occurredAt < end)
  return {
    positions: positionsOf({ ...incidents, rows }),
    otherCategory: incidents.rows.length - ofCategory.length,
    otherPeriod: ofCategory.length - rows.length,
    absentCategories: [...(wanted ?? [])].filter((category) => !seen.has(category)),
  }
}
