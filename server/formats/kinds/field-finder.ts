/** Which property of a record holds which field. */
import type { Message } from '../../core/values.ts'
import { plainName } from '../columns.ts'

/** Hostile input could bring a new set of names with every record. */
const mostKnown = 1000

/** Finds the property that holds a field. Few sets of names occur in a file, so the answers are kept. */
export class FieldFinder {
  readonly labels: ReadonlyMap<string, Message>
  readonly #names: readonly (readonly [field: string, plain: readonly string[]])[]
  readonly #known = new Map<string, ReadonlyMap<string, string>>()

  constructor(fields: readonly FieldDescription[]) {
    this.labels = new Map(fields.map(({ name, label }) => [name, label]))
    // A column headed as messages call the field is found as well.
    this.#names = fields.map(({ name, label, synonyms }) => [
      name,
      [name, ...synonyms, label.zh, label.en].map(plainName),
    ])
  }

  keysOf(columns: readonly string[]): ReadonlyMap<string, string> {
    const signature = columns.join('\n')
    const known = this.#known.get(signature)
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
    if (this.#known.size >= mostKnown) this.#known.clear()
    this.#known.set(signature, found)
    return found
  }
}

export interface FieldDescription {
  /** What `--map COLUMN=name` says. */
  readonly name: string
  readonly label: Message
  /** Other names a column may bear, the preferred first. */
  readonly synonyms: readonly string[]
  /** A table without such a column cannot be used. */
  readonly required?: boolean
}
