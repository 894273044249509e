/** XLSX written by a spreadsheet library, read as a table. */
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { fileOf } from '../../server/formats/input-file.ts'
import { readFeatures } from '../../server/formats/read-features.ts'
import { brief, collect, textFile } from './collect.ts'

async function workbook(
  fill: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  fill(book.addWorksheet('农户'), book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

describe('XLSX', () => {
  it('reads what a person sees: titles above the header, leading zeros, dates, formulas, rich text', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(['某某村农户名册'])
      sheet.mergeCells('A1:F1')
      sheet.addRow(['户号', '户主', '登记日期', '经度', '纬度', '备注'])
      sheet.addRow([
        7,
        { richText: [{ text: '张' }, { text: '三' }] },
        new Date(Date.UTC(2026, 9, 8)),
        { formula: '100+20.1', result: 120.1 },
        '30.1',
        { text: '链接', hyperlink: 'https://example.org' },
      ])
      sheet.getCell('A3').numFmt = '0000'
      sheet.addRow([])
      sheet.addRow([430922101001, '李四', null, 120.2, 'x'])
    })
    const { records, refused } = await collect(readFeatures(fileOf('a.xlsx', bytes)))
    expect(records).toEqual([
      {
        place: { file: 'a.xlsx', line: 3, record: 1 },
        geometry: { type: 'Point', coordinates: [120.1, 30.1] },
        properties: {
          户号: '0007',
          户主: '张三',
          登记日期: new Date(Date.UTC(2026, 9, 8)),
          经度: 120.1,
          纬度: '30.1',
          备注: '链接',
        },
        columns: ['户号', '户主', '登记日期', '经度', '纬度', '备注'],
      },
    ])
    expect(refused.map((flaws) => flaws.map(brief))).toEqual([
      ['position_malformed record 2 line 5 = [120.2,"x"]'],
    ])
  })

  it('reads the first sheet that has rows', async () => {
    const bytes = await workbook((_, book) => {
      const second = book.addWorksheet('second')
      second.addRow(['id', 'lon', 'lat'])
      second.addRow([1, 120, 30])
    })
    expect((await collect(readFeatures(fileOf('a.xlsx', bytes)))).records).toHaveLength(1)
  })

  it('refuses what is no workbook, and one that unpacks to more than the limit', async () => {
    const codes = async (reads: ReturnType<typeof readFeatures>): Promise<string[]> =>
      (await collect(reads)).refused.flat().map((one) => one.code)
    expect(await codes(readFeatures(textFile('a.xlsx', 'id,lon,lat\n')))).toEqual(['zip_broken'])
    const bytes = await workbook((sheet) => {
      for (let i = 0; i < 5000; i += 1) sheet.addRow([i, 120, 30])
    })
    expect(await codes(readFeatures(fileOf('a.xlsx', bytes), { unpackedLimitBytes: 100_000 }))).toEqual([
      'zip_too_large',
    ])
  })
})
