/** What is written is read back; how bytes are cut changes nothing. */
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InputFile } from '../../server/formats/input-file.ts'
import { readFeatures } from '../../server/formats/read-features.ts'
import {
  type OutputFeature,
  writeCsv,
  writeGeoJson,
  writeGeoJsonLines,
} from '../../server/formats/write-features.ts'
import { refusalColumns, writeRefusals } from '../../server/formats/write-refusals.ts'
import { anyGeometry, awkwardText, position } from './arbitraries.ts'
import { collect, fixture, textFile } from './collect.ts'

const joined = async (parts: AsyncIterable<string>): Promise<string> => {
  let text = ''
  for await (const part of parts) text += part
  return text
}

const features = (geometry: fc.Arbitrary<OutputFeature['geometry']>): fc.Arbitrary<OutputFeature[]> =>
  fc.array(
    fc.record({
      geometry,
      properties: fc.record({ code: awkwardText.map((text) => `c${text}c`), 名称: awkwardText }),
    }),
    { minLength: 1, maxLength: 8 },
  )

describe('writing and reading back', () => {
  it('GeoJSON and lines of it: geometry and properties as they were', async () => {
    await fc.assert(
      fc.asyncProperty(features(fc.option(anyGeometry)), async (written) => {
        for (const [name, text] of [
          ['a.geojson', await joined(writeGeoJson(written))],
          ['a.geojsonl', await joined(writeGeoJsonLines(written))],
        ] as const) {
          const { records, refused } = await collect(readFeatures(textFile(name, text)))
          expect(refused).toEqual([])
          expect(records.map(({ geometry, properties }) => ({ geometry, properties }))).toEqual(written)
        }
      }),
    )
  })

  it('CSV: points as lon,lat and other geometries as wkt, with and without a byte order mark', async () => {
    const points = position.map((coordinates): OutputFeature['geometry'] => ({ type: 'Point', coordinates }))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(features(points), features(anyGeometry)),
        fc.boolean(),
        async (written, bom) => {
          const form = written.every((one) => one.geometry?.type === 'Point') ? 'lonlat' : 'wkt'
          const text = await joined(writeCsv(written, { bom, geometry: form }))
          const { records, refused } = await collect(readFeatures(textFile('a.csv', text)))
          expect(refused).toEqual([])
          expect(records.map((one) => one.geometry)).toEqual(written.map((one) => one.geometry))
          for (const [i, { properties }] of records.entries())
            expect(properties).toMatchObject(written[i]!.properties)
        },
      ),
    )
  })

  it('writes an empty collection and a header without rows', async () => {
    expect(JSON.parse(await joined(writeGeoJson([])))).toEqual({ type: 'FeatureCollection', features: [] })
    expect(await joined(writeCsv([], { columns: ['code'], geometry: 'wkt' }))).toBe('code,wkt\r\n')
  })
})

describe('streams', () => {
  const slowly = (bytes: Buffer, cuts: readonly number[], name: string): InputFile => ({
    name,
    open: () => {
      const at = [...new Set(cuts.map((one) => one % (bytes.length + 1)))].toSorted((a, b) => a - b)
      return Readable.from([0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length)))
    },
  })

  for (const name of [
    'gbk.csv',
    'quoted-newlines.csv',
    'utf16-tabs.txt',
    'second-line-broken.geojsonl',
    'gbk.geojson',
    'title-above-header.csv',
    'quote-unclosed.csv',
  ])
    it(`gives the same records of ${name} however its bytes are cut, gzipped or not`, async () => {
      const chunks: Buffer[] = []
      for await (const chunk of fixture(name).open()) chunks.push(chunk as Buffer)
      const bytes = Buffer.concat(chunks)
      const whole = await collect(readFeatures(fixture(name)))
      const cuts = fc.array(fc.nat(), { maxLength: 12 })
      await fc.assert(
        fc.asyncProperty(cuts, fc.boolean(), async (places, zipped) => {
          const content = zipped ? gzipSync(bytes) : bytes
          expect(await collect(readFeatures(slowly(content, places, name)))).toEqual(whole)
        }),
        { numRuns: 40 },
      )
    })

  it('tells its progress in stored bytes and stops when aborted', async () => {
    const progress: (readonly [number, number | null])[] = []
    const file = textFile('a.csv', `id,lon,lat\n${'1,120,30\n'.repeat(1000)}`)
    await collect(readFeatures(file, { onBytes: (read, total) => progress.push([read, total]) }))
    expect(progress.at(-1)).toEqual([file.bytes, file.bytes])
    const controller = new AbortController()
    const reading = readFeatures(file, { signal: controller.signal })
    expect(await reading.next()).toMatchObject({ done: false })
    controller.abort(new Error('stopped'))
    await expect(collect(readFeatures(file, { signal: controller.signal }))).rejects.toThrow('stopped')
  })
})

describe('refused records as CSV', () => {
  it('has its columns, a byte order mark, and runs nothing in a spreadsheet', async () => {
    const { refused } = await collect(readFeatures(fixture('ring-unclosed.geojson')))
    const text = await joined(
      writeRefusals([
        ...refused.flat(),
        { code: 'x', place: { file: '=cmd.csv', line: 3 }, message: { zh: '一', en: 'one' }, value: '=1+1' },
      ]),
    )
    const lines = text.split('\r\n')
    expect(lines[0]).toBe(`\ufeff${refusalColumns.join(',')}`)
    expect(lines[1]).toBe(
      'ring-unclosed.geojson,1,,"ring 1, vertex 4",ring_unclosed,多边形的环没有闭合（首尾点不同）,The ring is not closed: its first and last positions differ,"[120,30.01]"',
    )
    expect(lines[2]).toBe("'=cmd.csv,,3,,x,一,one,'=1+1")
  })
})
