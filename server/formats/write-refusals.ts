/** Refused records → CSV a clerk opens in a spreadsheet. */
import type { Flaw, Place } from '../core/values.ts'
import { byteOrderMark, csvLine, inert } from './csv-line.ts'

export const refusalColumns = [
  'file',
  'record',
  'line',
  'field',
  'code',
  'message_zh',
  'message_en',
  'value',
] as const

/** The column or property, else where in the geometry: `part 1, ring 2, vertex 7`. */
export const fieldOf = ({ field, part, ring, vertex }: Place): string => {
  const inGeometry = Object.entries({ part, ring, vertex }).filter(([, at]) => at !== undefined)
  return [field, ...inGeometry.map(([name, at]) => `${name} ${at}`)]
    .filter((one) => one !== undefined)
    .join(', ')
}

/** One line a flaw, with a byte order mark (Excel reads Chinese right) and no cell a spreadsheet would run. */
export async function* writeRefusals(flaws: Iterable<Flaw> | AsyncIterable<Flaw>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(refusalColumns)
  for await (const { place, code, message, value } of flaws) {
    const cells = [place.file, place.record, place.line, fieldOf(place), code, message.zh, message.en, value]
    yield csvLine(cells.map(inert))
  }
}
