/** Which property of a record holds which field. */
import type { Message } from '../../core/values.ts'
import { plainName } from '../columns.ts'
import type { FieldDescription } from './fields.ts'

/** Finds the property that holds a field. Tables share one header, so its answer is kept. */
export class FieldFinder {
  readonly labels: ReadonlyMap<string, Message>
  readonly #names: readonly (readonly [field: string, plain: readonly string[]])[]
  readonly #known = new WeakMap<readonly string[], ReadonlyMap<string, string>>()

  constructor(fields: readonly FieldDescription[]) {
    this.labels = new Map(fields.map(({ name, label }) => [name, label]))
    this.#names = fields.map(({ name, synonyms }) => [name, [name, ...synonyms].map(plainName)])
  }

  keysOf(columns: readonly string[]): ReadonlyMap<string, string> {
    const known = this.#known.get(columns)
    if (known) return known
    const byPlain = new Map<string, string>()
    for (const column of columns) {
      const plain = plainName(column)
      if (!byPlain.has(plain)) byPlain.set(plain, column)
    }
    const found = new Map<string, string>()
    for (const [field, plainNames] of this.#names) {
      const plain = plainNames.find((name) => byPlain.has(name))
      if (plain !== undefined) found.set(field, byPlain.get(plain)!)
    }
    this.#known.set(columns, found)
    return found
  }
}
