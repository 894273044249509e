/** How a kind of row describes its fields, and how one record's values are read by these descriptions. */
import type { Flaw } from '../../core/values.ts'
import { listed } from '../columns.ts'
import { flaw } from '../flaw-codes.ts'
import type { FeatureRecord, Read } from '../records.ts'
import { type FieldDescription, FieldFinder } from './field-finder.ts'
import { Values } from './values.ts'

export { type Choice, chosen } from './values.ts'

export interface KindReader<Row> {
  readonly kind: string
  readonly fields: readonly FieldDescription[]
  /** The required columns a table lacks, one flaw each; none for records that name their own fields. */
  missingColumns(record: FeatureRecord): readonly Flaw[]
  /** A typed row, or everything that is wrong with the record. */
  parse(record: FeatureRecord): Read<Row>
}

/** `members` with the undefined ones left out: optional fields of a row are absent, not undefined. */
export type Optional<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

export function present<T extends Readonly<Record<string, unknown>>>(members: T): Optional<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Optional<T>
}

/**
 * A reader made of a kind's fields and the function that builds its row. `build` reads through `Values`, which
 * collects what is wrong; its result is used only when nothing is.
 */
export function defineKind<Row>(
  kind: string,
  fields: readonly FieldDescription[],
  build: (values: Values) => Row,
): KindReader<Row> {
  const finder = new FieldFinder(fields)
  return {
    kind,
    fields,
    missingColumns: ({ columns, place }) => {
      if (!columns) return []
      const keys = finder.keysOf(columns)
      return fields
        .filter(({ name, required }) => required && !keys.has(name))
        .map(({ name, label }) =>
          flaw('column_missing', place.file === undefined ? {} : { file: place.file }, {
            field: name,
            label,
            columns: listed(columns),
          }),
        )
    },
    parse: (record) => {
      const values = new Values(record, finder)
      const row = build(values)
      return values.flaws.length > 0 ? { flaws: values.flaws } : { record: row }
    },
  }
}
