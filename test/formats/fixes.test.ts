/** Traces in every format: what is a fix, what is refused and where. */
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { fileOf } from '../../server/formats/input-file.ts'
import { fixBatchSize, readFixBatches, readFixes } from '../../server/formats/read-fixes.ts'
import { brief, collect, fixture, textFile } from './collect.ts'

const nine = Date.UTC(2026, 9, 8, 1)

describe('fixes from tables', () => {
  it('takes Chinese columns, Beijing time, UTC and Unix time, km/h; refuses each bad reading with its reasons', async () => {
    const { records, refused } = await collect(readFixes(fixture('fixes-every-hazard.csv')))
    expect(records.map(({ place, worker, fix }) => ({ line: place.line, worker, fix }))).toEqual([
      // 3.6 km/h is 1 m/s.
      {
        line: 2,
        worker: 'w1',
        fix: { time: nine, longitude: 120.1, latitude: 30.1, accuracyMetres: 5, speedMetresPerSecond: 1 },
      },
      // A speed of -1 is how phones say unknown.
      { line: 3, worker: 'w1', fix: { time: nine + 5000, longitude: 120.1, latitude: 30.1 } },
      { line: 4, worker: 'w1', fix: { time: nine + 10_000, longitude: 120.1, latitude: 30.1 } },
    ])
    expect(refused.map((flaws) => flaws.map(brief))).toEqual([
      ['time_malformed record 4 line 5 = 2026-02-30 09:00:00'],
      ['time_missing record 5 line 6'],
      ['position_missing record 6 line 7 = [0,0]'],
      ['coordinates_swapped record 7 line 8 = [30.1,120.1]'],
      ['value_out_of_range record 8 line 9 = -5', 'value_not_number record 8 line 9 = fast'],
      [
        'time_before_gps record 9 line 10 = 1970-01-01 08:00:00',
        'position_malformed record 9 line 10 = ["","30.1"]',
      ],
    ])
  })

  it('refuses a table without the columns once, naming those it has and the remedy', async () => {
    const { records, refused } = await collect(readFixes(fixture('longitude-column-unknown.csv')))
    expect(records).toEqual([])
    expect(refused.map((flaws) => flaws.map((one) => one.code))).toEqual([
      ['column_missing', 'column_missing', 'column_missing'],
    ])
    expect(refused[0]![1]!.message).toEqual({
      zh: '缺少“经度”列；现有列：编号, 横坐标值, 纵坐标值。可用 --map 列名=lon 指定',
      en: 'No column for the longitude; found: 编号, 横坐标值, 纵坐标值. Name it with --map COLUMN=lon',
    })
    const mapped = { 横坐标值: 'lon', 纵坐标值: 'lat', 编号: 'time' }
    expect(
      (await collect(readFixes(fixture('longitude-column-unknown.csv'), { map: mapped }))).refused[0]![0]!
        .code,
    ).toBe('time_malformed')
  })

  it('converts what is declared', async () => {
    const text = 'time,lng,lat\n2026-10-08 09:00,121.44711,31.128366\n'
    const { records } = await collect(readFixes(textFile('a.csv', text), { crs: 'GCJ-02' }))
    // An address in Shanghai that AMap geocoded (GCJ-02), inverted by another implementation of the usual formula.
    expect(records[0]!.fix.longitude).toBeCloseTo(121.44251, 5)
    expect(records[0]!.fix.latitude).toBeCloseTo(31.130287, 5)
  })

  it('comes in batches of at most ten thousand', async () => {
    const text = `time,lon,lat\n${'2026-10-08T01:00:00Z,120.1,30.1\n'.repeat(25_000)}`
    const sizes: number[] = []
    for await (const batch of readFixBatches(textFile('a.csv', text))) sizes.push(batch.length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(25_000)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(fixBatchSize)
  })
})

describe('fixes from JSON', () => {
  it('reads objects, OwnTracks names and GeoJSON features a line, numbering what is broken', async () => {
    const { records, refused } = await collect(readFixes(fixture('fixes.ndjson')))
    expect(
      records.map(({ place, worker, fix }) => [
        place.line,
        worker,
        fix.time,
        fix.longitude,
        fix.accuracyMetres,
      ]),
    ).toEqual([
      [1, 'w1', nine, 120.1, 5],
      [2, 'w2', nine + 5000, 120.2, 7],
      [5, 'w3', nine + 10_000, 120.3, undefined],
    ])
    expect(refused.map((flaws) => flaws.map(brief))).toEqual([['json_syntax record 3 line 3 = nonsense']])
  })

  it('reads lines with coordTimes, one track a feature, one segment a line', async () => {
    const { records, refused } = await collect(readFixes(fixture('coord-times.geojson')))
    expect(records.map(({ worker, track, fix }) => [worker, track, fix.time - nine])).toEqual([
      ['w1', 'coord-times.geojson#1#1', 0],
      ['w1', 'coord-times.geojson#1#1', 5000],
      [undefined, 'coord-times.geojson#2#1', 0],
      [undefined, 'coord-times.geojson#2#2', 5000],
    ])
    expect(refused.map((flaws) => flaws.map(brief))).toEqual([
      ['time_missing record 5'],
      ['geometry_wrong_type record 6'],
    ])
  })

  it('reads the same from lines under a .json name', async () => {
    const line = '{"time":1791421200,"lon":120.1,"lat":30.1}\n'
    expect((await collect(readFixes(textFile('a.json', line + line)))).records).toHaveLength(2)
    expect((await collect(readFixes(textFile('a.json', '{"time":')))).refused[0]!.map(brief)).toEqual([
      'json_syntax line 1',
    ])
  })
})

describe('fixes from GPX and PLT', () => {
  it('takes speed and accuracy from extensions, and UTC where no zone is written', async () => {
    const { records } = await collect(readFixes(fixture('phone-extensions.gpx')))
    expect(records.map(({ worker, place, fix }) => ({ worker, line: place.line, fix }))).toEqual([
      {
        worker: 'w7',
        line: 3,
        fix: { time: nine, longitude: 120.1, latitude: 30.1, accuracyMetres: 6.5, speedMetresPerSecond: 1.5 },
      },
      {
        worker: 'w7',
        line: 4,
        fix: { time: nine + 5000, longitude: 120.2, latitude: 30.2, speedMetresPerSecond: 2 },
      },
    ])
  })

  for (const [name, taken, code, line] of [
    ['entity-bomb.gpx', 0, 'xml_doctype', 2],
    ['external-entity.gpx', 0, 'xml_doctype', 2],
    ['cut-off.gpx', 1, 'xml_syntax', 4],
  ] as const)
    it(`refuses ${name} at line ${line}`, async () => {
      const { records, refused } = await collect(readFixes(fixture(name)))
      expect(refused.map((flaws) => flaws.map((one) => [one.code, one.place.line]))).toEqual([[[code, line]]])
      expect(records).toHaveLength(taken)
    })

  it('reads PLT in GMT, and refuses a line cut short', async () => {
    const { records, refused } = await collect(readFixes(fixture('times-shorter.plt')))
    expect(records.map(({ fix }) => new Date(fix.time).toISOString())).toEqual(['2008-10-23T02:53:04.000Z'])
    expect(refused.map((flaws) => flaws.map(brief))).toEqual([['row_ragged record 2 line 8']])
  })

  it('reads every trace of an archive, a GeoLife user by the folder', async () => {
    const plt = `${'x\n'.repeat(6)}39.9,116.3,0,492,39744.1,2008-10-23,02:53:04\n`
    const gpx =
      '<gpx><trk><trkseg><trkpt lat="30" lon="120"><time>2026-10-08T01:00:00Z</time></trkpt></trkseg></trk></gpx>'
    const bytes = zipSync({
      'Data/007/Trajectory/a.plt': Buffer.from(plt),
      'monday.gpx': Buffer.from(gpx),
      'readme.txt': Buffer.from('hello'),
    })
    const { records, refused } = await collect(readFixes(fileOf('traces.zip', bytes)))
    expect(records.map(({ worker, track }) => [worker, track])).toEqual([
      ['007', 'a.plt#1#1'],
      ['monday', 'monday.gpx#1#1'],
    ])
    expect(refused).toEqual([])
  })
})
