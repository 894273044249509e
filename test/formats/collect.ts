/** Reads a file to its end, for the tests of this folder. */
import { fileURLToPath } from 'node:url'
import type { Flaw } from '../../server/core/values.ts'
import { fileAt, fileOf, type InputFile } from '../../server/formats/input-file.ts'
import type { Read } from '../../server/formats/records.ts'

export const fixture = (name: string): InputFile =>
  fileAt(fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url)))

export const textFile = (name: string, text: string): InputFile => fileOf(name, Buffer.from(text))

export interface Collected<T> {
  readonly records: T[]
  /** One list a refused record or file. */
  readonly refused: (readonly Flaw[])[]
}

export async function collect<T>(reads: AsyncIterable<Read<T>>): Promise<Collected<T>> {
  const collected: Collected<T> = { records: [], refused: [] }
  for await (const read of reads)
    if ('record' in read) collected.records.push(read.record)
    else collected.refused.push(read.flaws)
  return collected
}

/** `record line code field/part/ring/vertex value`, short enough for a table of expectations. */
export const brief = ({ code, place, value }: Flaw): string =>
  [
    code,
    place.record === undefined ? undefined : `record ${place.record}`,
    place.line === undefined ? undefined : `line ${place.line}`,
    place.field,
    place.part === undefined ? undefined : `part ${place.part}`,
    place.ring === undefined ? undefined : `ring ${place.ring}`,
    place.vertex === undefined ? undefined : `vertex ${place.vertex}`,
    value === undefined ? undefined : `= ${value}`,
  ]
    .filter((one) => one !== undefined)
    .join(' ')
