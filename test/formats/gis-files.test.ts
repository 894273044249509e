/**
 * Files that QGIS and GDAL write: GeoPackage, FlatGeobuf, KML. The fixtures are `gis-source.geojson` put through ogr2ogr 3.6:
 * a polygon with a hole and altitudes, a MultiPolygon of one, a record without geometry, one of two parts; a note longer than
 * a page of SQLite, codes longer than a number can hold.
 */

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { fileOf } from '../../server/formats/input-file.ts'
import { readFeatures } from '../../server/formats/read-features.ts'
import type { FeatureRecord } from '../../server/formats/records.ts'
import { brief, collect, fixture, textFile } from './collect.ts'

const bytesOf = (name: string): Buffer => {
  const bytes = readFileSync(fixture(name).path!)
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

/** Positions to 1e-9 degrees (0.1 mm), which GDAL's and our projections agree within. */
const rounded = ({ geometry }: FeatureRecord): unknown =>
  JSON.parse(
    JSON.stringify(geometry, (_, value: unknown) =>
      typeof value === 'number' ? Math.round(value * 1e9) / 1e9 : value,
    ),
  )

const source = async (): Promise<FeatureRecord[]> =>
  (await collect(readFeatures(fixture('gis-source.geojson')))).records

describe('files of GIS programs', () => {
  it.each(['gis-grids.gpkg.gz', 'gis-grids-4528.gpkg.gz'])('%s is read as its source', async (name) => {
    const { records, refused } = await collect(readFeatures(fixture(name)))
    const expected = await source()
    expect(refused).toEqual([])
    expect(records.map(rounded)).toEqual(expected.map(rounded))
    expect(records.map(({ properties }) => properties)).toEqual(
      expected.map(({ properties }, i) => ({
        fid: i + 1,
        ...properties,
        // JSON.parse rounds them; the table keeps every digit.
        网格编码: ['9904271032011010', '9904271032011011', null, '9223372036854775806'][i],
      })),
    )
  })

  it.each([
    ['gis-grids.fgb', [0, 1, 3]],
    // In the order of its index, Hilbert's.
    ['gis-indexed.fgb', [3, 0, 1]],
  ] as const)('%s is read as its source', async (name, order) => {
    const { records, refused } = await collect(readFeatures(fixture(name)))
    const expected = await source()
    expect(refused).toEqual([])
    expect(records.map(rounded)).toEqual(order.map((i) => rounded(expected[i]!)))
    expect(records.map(({ properties }) => properties)).toEqual(
      order.map((i) => ({
        ...expected[i]!.properties,
        网格编码: ['9904271032011010', '9904271032011011', null, '9223372036854775806'][i],
        启用: ['2026-10-01T00:00:00', null, null, '1999-12-31T00:00:00'][i],
      })),
    )
  })

  it('gis-grids.kmz is read as its source, past the doc.kml that only links to it', async () => {
    const { records, refused } = await collect(readFeatures(fixture('gis-grids.kmz')))
    const expected = await source()
    expect(refused).toEqual([])
    // KML has no MultiPolygon of one.
    const [, one] = expected
    const first = (one!.geometry as { coordinates: Position[][][] }).coordinates[0]!
    expect(records.map(rounded)).toEqual(
      [
        expected[0]!,
        { ...one!, geometry: { type: 'Polygon' as const, coordinates: first } },
        ...expected.slice(2),
      ].map(rounded),
    )
    expect(records.map(({ properties }) => [properties['名称'], properties['户数']])).toEqual(
      expected.map(({ properties }) => [properties['名称'], String(properties['户数'])]),
    )
  })

  it('reads a GeoPackage that was kept with a log, which is gone', async () => {
    const bytes = Buffer.from(bytesOf('gis-grids.gpkg.gz'))
    // The versions of the format that SQLite writes with journal_mode=wal.
    bytes[18] = 2
    bytes[19] = 2
    const { records, refused } = await collect(readFeatures(fileOf('wal.gpkg', bytes)))
    expect(refused).toEqual([])
    expect(records.map(rounded)).toEqual((await source()).map(rounded))
  })

  it('refuses two layers by their names, changes in a log beside, and what is no such file', async () => {
    const two = await collect(readFeatures(fixture('gis-two-layers.gpkg.gz')))
    expect(two.refused.flat().map(({ message }) => message.en)).toEqual([
      'The file has several layers, save each as a file of its own: grids, villages',
    ])
    const whole = fileOf('a.gpkg', bytesOf('gis-grids.gpkg.gz'))
    const open = {
      ...whole,
      sibling: (ending: string) => (ending === '.gpkg-wal' ? textFile('a.gpkg-wal', 'x') : undefined),
    }
    const others = [
      open,
      textFile('b.gpkg', 'PK'),
      textFile('c.fgb', 'fgb'),
      textFile('d.kml', '<kml></kml>'),
    ]
    const refusals = await Promise.all(others.map((file) => collect(readFeatures(file))))
    expect(refusals.map(({ refused }) => refused.flat().map(brief))).toEqual([
      ['geopackage_broken'],
      ['geopackage_broken'],
      ['flatgeobuf_broken'],
      ['file_without_records'],
    ])
  })

  it('takes --map for columns of each, and says which there are where one is not', async () => {
    for (const name of ['gis-grids.gpkg.gz', 'gis-grids.fgb', 'gis-grids.kmz']) {
      const { records } = await collect(readFeatures(fixture(name), { map: { 名称: 'name' } }))
      expect(records[0]!.properties['name']).toBe('河东第一网格')
    }
    const wrong = { map: { 户王: 'head' } }
    for (const name of ['gis-grids.gpkg.gz', 'gis-grids.fgb', 'gis-source.geojson'])
      expect((await collect(readFeatures(fixture(name), wrong))).refused.flat().map(brief)).toEqual([
        'map_column_unknown = 户王',
      ])
  })

  it('cut off or with a byte changed anywhere, a file is refused or read, never thrown at', async () => {
    for (const name of ['gis-grids.gpkg.gz', 'gis-indexed.fgb', 'gis-grids.kmz']) {
      const whole = bytesOf(name)
      const plain = name.replace('.gz', '')
      await fc.assert(
        fc.asyncProperty(
          fc.nat(whole.length - 1),
          fc.integer({ min: 0, max: 255 }),
          fc.boolean(),
          async (at, byte, cut) => {
            const changed = cut ? whole.subarray(0, at) : Buffer.from(whole)
            if (!cut) changed[at] = byte
            const { records, refused } = await collect(readFeatures(fileOf(plain, changed)))
            expect(records.length + refused.length).toBeGreaterThan(0)
          },
        ),
        { numRuns: 150 },
      )
    }
  })

  it('reads places of Google Earth: names, Data, points with altitude, a ring that is not closed refused by its place', async () => {
    const kml = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>文件</name>
<Placemark><name>村委会</name><ExtendedData><Data name="编号"><displayName>x</displayName><value>P1</value></Data></ExtendedData>
<Point><coordinates> 120.1,30.2,15 </coordinates></Point></Placemark>
<Placemark id="b"><name><![CDATA[环 & 线]]></name><MultiGeometry><Point><coordinates>1,2</coordinates></Point>
<LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry></Placemark>
<Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,1</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><Point><coordinates>东,30</coordinates></Point></Placemark>
</Document></kml>`
    const { records, refused } = await collect(readFeatures(textFile('earth.kml', kml)))
    expect(records.map(({ geometry, properties }) => [geometry, properties])).toEqual([
      [
        { type: 'Point', coordinates: [120.1, 30.2] },
        { name: '村委会', 编号: 'P1' },
      ],
      [
        {
          type: 'GeometryCollection',
          geometries: [
            { type: 'Point', coordinates: [1, 2] },
            {
              type: 'LineString',
              coordinates: [
                [1, 2],
                [3, 4],
              ],
            },
          ],
        },
        { name: '环 & 线' },
      ],
    ])
    expect(refused.map((flaws) => flaws.map(brief))).toEqual([
      ['ring_unclosed record 3 line 6 ring 1 vertex 4 = [0,1]'],
      ['position_malformed record 4 line 7 vertex 1 = [null,30]'],
    ])
  })

  it('a shapefile date of zeros is none', async () => {
    const shapefile = fixture('gbk-names.shp')
    const dbf = Buffer.from(readFileSync(fixture('gbk-names.dbf').path!))
    dbf.write('00000000', dbf.indexOf('20261001'), 'latin1')
    const { records } = await collect(
      readFeatures({
        ...shapefile,
        sibling: (ending) => (ending === '.dbf' ? fileOf('x.dbf', dbf) : shapefile.sibling!(ending)),
      }),
    )
    expect(records[0]!.properties['启用']).toBeNull()
  })
})
