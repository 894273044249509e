/** How a verb of the `wangge` command is described and run. Each file of this folder exports one `Verb`. */
import { parseArgs } from 'node:util'
import type { Message } from '../core/values.ts'
import type { Database } from '../db/database.ts'
import type { OpenOptions } from '../db/engine.ts'

/** Done and nothing wrong · done, and problems were found · the input or the call cannot be used. */
export type ExitCode = 0 | 1 | 2

/** A file that is being written: beside its place first. */
export interface OutputFile {
  readonly path: string
  readonly aside: string
}

/** Where a verb's output goes: results to `out`, progress and messages to `err`. */
export interface VerbIo {
  out(text: string): void
  err(text: string): void
  /** Standard input, for a verb that reads it; absent: there is none. */
  readonly input?: AsyncIterable<Uint8Array | string>
  /** True when `err` is a terminal, so a progress bar makes sense. */
  readonly errIsTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** The clock: epoch milliseconds. */
  readonly now: () => number
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
  /** Told of each file before it is written, for whoever has to tidy up after an interruption. */
  readonly onFile?: (file: OutputFile) => void
  /** What opens the database for a verb, which closes it; absent: `openDatabase`. */
  readonly openDatabase?: (options: OpenOptions) => Promise<Database>
}

export interface OptionDescription {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  /** Shown in the usage as `--name VALUE`. */
  readonly value?: string
  readonly help: Message
}

export interface Verb {
  readonly name: string
  /** E.g. `GRIDS [--within AREA]`, shown after the verb. */
  readonly usage: string
  readonly summary: Message
  readonly options: Readonly<Record<string, OptionDescription>>
  run(args: VerbArgs, io: VerbIo): Promise<ExitCode>
}

export interface VerbArgs {
  readonly positionals: readonly string[]
  /** The last value of a string option, or undefined. */
  text(name: string): string | undefined
  /** Every value of a repeated option. */
  texts(name: string): readonly string[]
  flag(name: string): boolean
}

/** The call itself cannot be used; the command prints the message with the verb's usage and exits 2. */
export class UsageError extends Error {
  readonly detail: Message

  constructor(detail: Message) {
    super(detail.en)
    this.name = 'UsageError'
    this.detail = detail
  }
}

/** Parses a verb's own arguments. @throws UsageError for an unknown option or a missing value. */
export function parseVerbArgs(verb: Verb, argv: readonly string[]): VerbArgs {
  const options = Object.fromEntries(
    Object.entries(verb.options).map(([name, o]) => [
      name,
      { type: o.type, multiple: o.multiple ?? false, ...(o.short ? { short: o.short } : {}) },
    ]),
  )
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw new UsageError({ zh: `参数不正确：${text}`, en: text })
  }
  const values = parsed.values as Record<string, string | boolean | (string | boolean)[] | undefined>
  const texts = (name: string): string[] => {
    const value = values[name]
    if (value === undefined) return []
    return (Array.isArray(value) ? value : [value]).map(String)
  }
  return {
    positionals: parsed.positionals,
    text: (name) => texts(name).at(-1),
    texts,
    flag: (name) => values[name] === true,
  }
}
