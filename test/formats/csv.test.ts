import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvRow, csvRows, delimiterOf } from '../../server/formats/csv.ts'
import { csvLine, inert } from '../../server/formats/csv-line.ts'

async function* chunked(...chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks
}

async function rowsOf(chunks: readonly string[], delimiter?: string): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  for await (const batch of csvRows(chunked(...chunks), { file: 'a.csv' }, delimiter)) rows.push(...batch)
  return rows
}

/** Cuts a text at the given places. */
const cut = (text: string, places: readonly number[]): string[] => {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b)
  return [0, ...at].map((from, i) => text.slice(from, at[i] ?? text.length))
}

const cell = fc.string({
  unit: fc.constantFrom('a', '网', '"', ',', '\n', '\r', ' ', ';', '1'),
  maxLength: 6,
})
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
  )

describe('splitting CSV', () => {
  it('gives what csv-parse gives, with the line each row begins on, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(), { maxLength: 8 }), async (rows, places) => {
        const text = rows.map(csvLine).join('')
        const found = await rowsOf(cut(text, places), ',')
        const expected = parse(text, {
          info: true,
          relax_column_count: true,
          skip_empty_lines: true,
        }) as unknown as {
          record: string[]
        }[]
        expect(found.map((row) => row.cells)).toEqual(expected.map(({ record }) => record))
        // A row begins after as many line feeds as stand in the rows before it and at their ends.
        let line = 1
        const lines = rows.map((row) => {
          const start = line
          line += csvLine(row).split('\n').length - 1
          return { start, blank: row.length === 1 && row[0] === '' }
        })
        expect(found.map((row) => row.line)).toEqual(
          lines.filter((one) => !one.blank).map((one) => one.start),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('reads a last line without its end, LF as CRLF, and no empty lines', async () => {
    expect(await rowsOf(['a,b\n\n1,2\r\n', '\r\n3,4'])).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['1', '2'] },
      { line: 5, cells: ['3', '4'] },
    ])
  })

  it('judges the delimiter outside quotes', () => {
    expect(delimiterOf('a;"b,c,d,e";f\n')).toBe(';')
    expect(delimiterOf('a\tb\n1\t2\n')).toBe('\t')
    expect(delimiterOf('single\n')).toBe(',')
  })

  it('gives the rows before a quote that is never closed, then says its line', async () => {
    const rows: CsvRow[] = []
    const read = async (): Promise<void> => {
      for await (const batch of csvRows(chunked('a,b\n1,2\n"3,4\n'), { file: 'a.csv' })) rows.push(...batch)
    }
    await expect(read()).rejects.toMatchObject({
      flaws: [{ code: 'csv_quote_unclosed', place: { line: 3 } }],
    })
    expect(rows).toHaveLength(2)
  })
})

describe('writing CSV', () => {
  it('makes cells inert that a spreadsheet would run, and only those', () => {
    const formulas = ['=1+1', '+cmd', '-2+3', '@sum', ' =1', '＝1', '\t=1']
    expect(formulas.map(inert)).toEqual(formulas.map((one) => `'${one.trim()}`))
    expect(['-12.5', '+86', 'a=b', '', 3].map(inert)).toEqual(['-12.5', '+86', 'a=b', '', '3'])
  })
})
