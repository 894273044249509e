/** Every hazard of a file of places: what is taken, what is refused, with which place. One row a fixture. */
import { describe, expect, it } from 'vitest'
import { fileOf } from '../../server/formats/input-file.ts'
import { readFeatures } from '../../server/formats/read-features.ts'
import type { ReadOptions } from '../../server/formats/records.ts'
import { brief, collect, fixture, textFile } from './collect.ts'

interface Row {
  readonly file: string
  readonly options?: ReadOptions
  readonly taken: number
  readonly refused?: readonly string[]
}

const table: readonly Row[] = [
  { file: 'truncated.geojson', taken: 0, refused: ['json_syntax line 62'] },
  {
    file: 'ring-unclosed.geojson',
    taken: 1,
    refused: ['ring_unclosed record 1 ring 1 vertex 4 = [120,30.01]'],
  },
  { file: 'ring-unclosed.geojson', options: { closeRings: true }, taken: 2 },
  {
    file: 'latitude-first.geojson',
    taken: 0,
    refused: ['coordinates_swapped record 1 vertex 1 = [30.1,120.1]'],
  },
  {
    file: 'gauss-kruger-undeclared.geojson',
    taken: 0,
    refused: ['coordinates_out_of_range record 1 vertex 1 = [40520000,3320000]'],
  },
  { file: 'gauss-kruger-undeclared.geojson', options: { crs: 'EPSG:4528' }, taken: 1 },
  { file: 'crs-member-after-features.geojson', taken: 1 },
  { file: 'altitude.geojson', taken: 1 },
  {
    file: 'empty-geometries.geojson',
    taken: 1,
    refused: [
      'geometry_empty record 2',
      'ring_too_short record 3 ring 1',
      'geometry_empty record 4',
      'geometry_empty record 5',
    ],
  },
  { file: 'every-geometry.geojson', taken: 7 },
  { file: 'bare-geometry.geojson', taken: 1 },
  {
    file: 'second-line-broken.geojsonl',
    taken: 2,
    refused: ['json_syntax record 2 line 2 = {"type":"Feature",'],
  },
  { file: 'record-separators.geojsons', taken: 2 },
  {
    file: 'positions-malformed.geojson',
    taken: 0,
    refused: [
      'position_malformed record 1 vertex 1 = [null,30]',
      'position_malformed record 2 vertex 1 = ["120","30"]',
      'ring_too_short record 3 ring 1',
      'line_too_short record 4',
    ],
  },
  {
    file: 'structure-broken.geojson',
    taken: 0,
    refused: [
      'geojson_structure record 1',
      'geojson_structure record 2 = Square',
      'geojson_structure record 3',
      'geojson_structure record 4 = feature',
      'geojson_structure record 5',
      'geojson_structure record 6',
    ],
  },
  { file: 'gbk.geojson', taken: 1 },
  { file: 'utf8-bom.csv', taken: 1 },
  { file: 'gbk.csv', taken: 1 },
  { file: 'utf16-tabs.txt', taken: 1 },
  { file: 'semicolons.csv', taken: 1 },
  {
    file: 'quoted-newlines.csv',
    taken: 2,
    refused: ['position_malformed record 3 line 6 = ["120.3","oops"]'],
  },
  { file: 'ragged.csv', taken: 2, refused: ['row_ragged record 2 line 3', 'row_ragged record 3 line 4'] },
  { file: 'quote-unclosed.csv', taken: 1, refused: ['csv_quote_unclosed line 3'] },
  { file: 'title-above-header.csv', taken: 1 },
  { file: 'wkt.csv', taken: 2, refused: ['wkt_syntax record 2 line 3 wkt = POLYGON ((120 30, 120.01 30'] },
  { file: 'zero-zero.csv', taken: 3 },
  { file: 'header-only.csv', taken: 0, refused: ['file_without_records'] },
  { file: 'empty.csv', taken: 0, refused: ['file_without_records'] },
  { file: 'unknown.kmx', taken: 0, refused: ['format_unknown'] },
  { file: 'does-not-exist.csv', taken: 0, refused: ['file_unreadable'] },
  { file: 'cut-off.csv.gz', taken: 0, refused: ['gzip_broken'] },
  { file: 'not-a-zip.zip', taken: 0, refused: ['zip_broken'] },
  { file: 'two-layers.zip', taken: 0, refused: ['zip_ambiguous'] },
  { file: 'without-data.zip', taken: 0, refused: ['zip_without_data'] },
  { file: 'bomb.zip', options: { unpackedLimitBytes: 1 << 20 }, taken: 0, refused: ['zip_too_large'] },
  { file: 'gbk-names.shp', taken: 3 },
  { file: 'gbk-without-cpg.shp', taken: 3 },
  { file: 'gauss-kruger-shapefile.zip', taken: 3 },
  { file: 'dbf-missing.shp', taken: 0, refused: ['shapefile_part_missing'] },
  { file: 'cut-off.shp', taken: 1, refused: ['record_unreadable record 2', 'shapefile_broken'] },
  {
    file: 'semicolons.csv',
    options: { crs: 'EPSG:9999999' },
    taken: 0,
    refused: ['crs_unknown = EPSG:9999999'],
  },
  {
    file: 'semicolons.csv',
    options: { crs: 'EPSG:4610' },
    taken: 0,
    refused: ['crs_datum_shift_unknown = EPSG:4610'],
  },
  {
    file: 'semicolons.csv',
    options: { map: { 户王: 'head' } },
    taken: 0,
    refused: ['map_column_unknown = 户王'],
  },
]

describe('files of places', () => {
  for (const { file, options = {}, taken, refused = [] } of table)
    it(`${file} ${JSON.stringify(options)}: ${taken} taken, ${refused.join('; ') || 'none refused'}`, async () => {
      const found = await collect(readFeatures(fixture(file), options))
      expect(found.refused.map((flaws) => flaws.map(brief).join(' + '))).toEqual(refused)
      expect(found.records).toHaveLength(taken)
    })

  it('reads the same three grids from GBK names with and without .cpg, and from Gauss–Krüger', async () => {
    const [withCpg, without, projected] = await Promise.all(
      ['gbk-names.shp', 'gbk-without-cpg.shp', 'gauss-kruger-shapefile.zip'].map((name) =>
        collect(readFeatures(fixture(name))),
      ),
    )
    expect(withCpg!.records[0]!.properties).toEqual({
      网格编码: '001101',
      名称: '河东第一网格',
      户数: 412,
      面积: 1.5,
      启用: '2026-10-01',
    })
    expect(without!.records.map((one) => one.properties)).toEqual(
      withCpg!.records.map((one) => one.properties),
    )
    // Names are cut at ten bytes in the middle of a character: 网格编码 in UTF-8 is twelve.
    expect(Object.keys(projected!.records[0]!.properties)[0]).toBe('网格编')
    const vertices = (found: typeof withCpg): number[] =>
      found!.records.flatMap((one) =>
        [...JSON.stringify(one.geometry).matchAll(/-?\d+\.?\d*(?=[,\]])/g)].map(Number),
      )
    const expected = vertices(withCpg)
    expect(vertices(projected)).toHaveLength(expected.length)
    for (const [i, value] of vertices(projected).entries()) expect(value).toBeCloseTo(expected[i]!, 8)
  })

  it('gives holes to their outer ring, turned as RFC 7946 has them', async () => {
    const { records } = await collect(readFeatures(fixture('gbk-names.shp')))
    const [first, second, third] = records.map((one) => one.geometry)
    expect(first).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [120, 30],
          [120.01, 30],
          [120.01, 30.01],
          [120, 30.01],
          [120, 30],
        ],
        [
          [120.002, 30.002],
          [120.002, 30.004],
          [120.004, 30.004],
          [120.004, 30.002],
          [120.002, 30.002],
        ],
      ],
    })
    expect(second?.type === 'MultiPolygon' && second.coordinates.map((polygon) => polygon[0]![0])).toEqual([
      [120.01, 30],
      [120.03, 30],
    ])
    expect(third).toBeNull()
  })

  it('finds the CRS a shapefile or a GeoJSON member declares, and drops altitude', async () => {
    // cs2cs EPSG:4528 → WGS 84 of 40520000, 3320000 (PROJ 9.1): 120.207280663, 29.998813865.
    const { records } = await collect(readFeatures(fixture('crs-member-after-features.geojson')))
    const point = records[0]!.geometry
    expect(point?.type === 'Point' && point.coordinates.map((one) => one.toFixed(9))).toEqual([
      '120.207280663',
      '29.998813865',
    ])
    const flat = await collect(readFeatures(fixture('altitude.geojson')))
    expect(flat.records[0]!.geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [120, 30],
        [120.1, 30.1],
      ],
    })
  })

  it('says which CRS undeclared numbers may be in', async () => {
    const { refused } = await collect(readFeatures(fixture('gauss-kruger-undeclared.geojson')))
    expect(refused[0]![0]!.message.en).toContain('EPSG:4528')
    expect(refused[0]![0]!.message.zh).toContain('EPSG:4528')
  })

  it('reads the same row from UTF-8, GBK and UTF-16', async () => {
    for (const name of ['utf8-bom.csv', 'gbk.csv', 'utf16-tabs.txt']) {
      const { records } = await collect(readFeatures(fixture(name)))
      expect(records[0]).toMatchObject({
        place: { line: 2, record: 1 },
        geometry: { type: 'Point', coordinates: [120.1, 30.1] },
        properties: { 户号: '0001', 户主: '张三' },
      })
    }
  })

  it('tells the line of the first byte that is not UTF-8', async () => {
    const text = Buffer.from(`户号,户主,经度,纬度\n${'0001,张三,120.1,30.1\n'.repeat(5000)}`)
    const broken = Buffer.concat([text, Buffer.from([0x31, 0x2c, 0xff, 0xfe, 0x0a])])
    const { refused } = await collect(readFeatures(fileOf('a.csv', broken)))
    expect(refused.map((flaws) => flaws.map(brief))).toEqual([['encoding_broken line 5002']])
  })

  it('keeps a whole-line title out of the header and `0,0` out of the map', async () => {
    const titled = await collect(readFeatures(fixture('title-above-header.csv')))
    expect(titled.records[0]!.properties).toMatchObject({ 户号: '0001', 户主: '张三' })
    const zero = await collect(readFeatures(fixture('zero-zero.csv')))
    expect(zero.records.map((one) => one.geometry)).toEqual([
      null,
      null,
      { type: 'Point', coordinates: [120.5, 30.5] },
    ])
  })

  it('names what JSON is when it is not GeoJSON, and reads lines under a .json name', async () => {
    const of = (text: string): ReturnType<typeof collect> => collect(readFeatures(textFile('a.json', text)))
    expect((await of('{"name":"a"}')).refused[0]!.map((one) => one.message.en)).toEqual([
      'Valid JSON, but not GeoJSON (no "type")',
    ])
    expect((await of('{"type":"Topology"}')).refused[0]![0]!.message.en).toContain('TopoJSON')
    expect((await of('3')).refused[0]![0]!.code).toBe('json_not_geojson')
    const line = '{"type":"Point","coordinates":[120,30]}\n'
    expect((await of(line + line)).records).toHaveLength(2)
  })

  it('takes an array of objects with a geometry, as map libraries publish them', async () => {
    const text = '[{"id":1,"name":"a","geometry":{"type":"Point","coordinates":[120,30]}}]'
    const { records } = await collect(readFeatures(textFile('a.json', text)))
    expect(records).toEqual([
      {
        place: { file: 'a.json', record: 1, id: '1' },
        geometry: { type: 'Point', coordinates: [120, 30] },
        properties: { id: 1, name: 'a' },
      },
    ])
  })

  it('renames mapped columns, and a column that bore the name gives it up', async () => {
    const text = 'id,户主,head,lon,lat\n1,张三,wrong,120,30\n'
    const { records } = await collect(readFeatures(textFile('a.csv', text), { map: { 户主: 'head' } }))
    expect(records[0]!.properties).toEqual({ id: '1', head: '张三', lon: '120', lat: '30' })
  })
})
