/** Files → typed rows of a kind (areas, grids, households…). */

import type { InputFile } from './input-file.ts'
import { areas, grids } from './kinds/areas.ts'
import { assignments, roster, visits } from './kinds/duties.ts'
import type { KindReader } from './kinds/fields.ts'
import { buildings, land, roads, villages } from './kinds/ground.ts'
import { incidents } from './kinds/incidents.ts'
import { households, places, workers } from './kinds/people.ts'
import type { FeatureRecord } from './read-features.ts'
import { readFeatureBatches } from './read-features.ts'
import type { Read, ReadOptions } from './records.ts'

/** Every kind a file of places can be imported as; traces go through read-fixes.ts. */
export const kindReaders = {
  areas,
  grids,
  villages,
  buildings,
  roads,
  land,
  households,
  places,
  workers,
  assignments,
  roster,
  visits,
  incidents,
} as const

export type Kind = keyof typeof kindReaders
/** The row of a kind. */
export type RowOf<K extends Kind> = (typeof kindReaders)[K] extends KindReader<infer Row> ? Row : never

export const kinds = Object.keys(kindReaders) as readonly Kind[]

export const isKind = (word: string): word is Kind => Object.hasOwn(kindReaders, word)

/** The reader of a kind. */
export const kindReader = <K extends Kind>(kind: K): KindReader<RowOf<K>> =>
  kindReaders[kind] as unknown as KindReader<RowOf<K>>

export interface RowRecord<Row> {
  readonly row: Row
  readonly source: FeatureRecord
}

/**
 * Streams a file as rows of a kind, with the record each came from. A table that lacks a required column is refused
 * once, naming the columns it has, instead of once a row.
 */
export async function* readRows<K extends Kind>(
  file: InputFile,
  kind: K,
  options: ReadOptions = {},
): AsyncGenerator<readonly Read<RowRecord<RowOf<K>>>[]> {
  const reader = kindReader(kind)
  let checked = false
  for await (const batch of readFeatureBatches(file, options)) {
    if (!checked) {
      const first = batch.find((read) => 'record' in read)
      const missing = first ? reader.missingColumns(first.record) : []
      if (missing.length > 0) {
        yield [{ flaws: missing }]
        return
      }
      checked = first !== undefined
    }
    yield batch.map((read) => ('flaws' in read ? read : parsed(reader, read.record)))
  }
}

function parsed<Row>(reader: KindReader<Row>, source: FeatureRecord): Read<RowRecord<Row>> {
  const read = reader.parse(source)
  return 'flaws' in read ? read : { record: { row: read.record, source } }
}
