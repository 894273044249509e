/** The readers on real files: counts and coordinates their README files, inventories and manifests state. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { fileAt } from '../../server/formats/input-file.ts'
import { type FeatureRecord, readFeatures } from '../../server/formats/read-features.ts'
import { readFixes } from '../../server/formats/read-fixes.ts'
import { readRows } from '../../server/formats/read-rows.ts'
import type { ReadOptions } from '../../server/formats/records.ts'
import { hasRealData, realData } from '../support/real-data.ts'
import { type Collected, collect } from './collect.ts'

const features = (path: string, options?: ReadOptions): Promise<Collected<FeatureRecord>> =>
  collect(readFeatures(fileAt(realData(`data/${path}`)), options))

/** Rows of a comma-separated file without quotes, by the names of its header. */
function table(path: string): Record<string, string>[] {
  const [head, ...rows] = readFileSync(realData(`data/${path}`), 'utf8')
    .trim()
    .split('\n')
  const names = head!.split(',')
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [names[i]!, cell])))
}

const polygonsOf = ({ geometry }: FeatureRecord): Position[][][] =>
  geometry?.type === 'Polygon'
    ? [geometry.coordinates]
    : geometry?.type === 'MultiPolygon'
      ? geometry.coordinates
      : []

describe.runIf(hasRealData)('GPX of the inventory', () => {
  const files = hasRealData
    ? table('gps-formats/inventory.csv').filter((row) => row['file']!.endsWith('.gpx'))
    : []
  for (const { file, trackpoints, trackpoints_with_time: timed } of files.filter(
    (row) => row['trackpoints'] !== '0',
  ))
    it(`${file}: ${trackpoints} points, ${timed} with time`, async () => {
      const { records, refused } = await collect(readFixes(fileAt(realData(`data/gps-formats/${file}`))))
      const codes = new Map<string, number>()
      for (const { code } of refused.flat()) codes.set(code, (codes.get(code) ?? 0) + 1)
      // All 184 points of Mojstrovka.gpx bear the year 1901: a clock that was never set.
      const unset = file === 'Mojstrovka.gpx' ? Number(timed) : 0
      expect(records).toHaveLength(Number(timed) - unset)
      expect(codes.get('time_missing') ?? 0).toBe(Number(trackpoints) - Number(timed))
      expect(codes.get('time_before_gps') ?? 0).toBe(unset)
      expect(refused).toHaveLength(Number(trackpoints) - Number(timed) + unset)
    })

  for (const { file, waypoints, routepoints } of files.filter((row) => row['trackpoints'] === '0'))
    it(`${file}: no track point, and why`, async () => {
      const { records, refused } = await collect(readFixes(fileAt(realData(`data/gps-formats/${file}`))))
      expect(records).toEqual([])
      expect(refused.map((flaws) => flaws[0]!.code)).toEqual(['file_without_records'])
      expect(refused[0]![0]!.message.en).toContain(`(${waypoints} waypoints, ${routepoints} route points)`)
    })
})

describe.runIf(hasRealData)('GeoLife PLT', () => {
  for (const city of ['beijing', 'shanghai'])
    it(`${city}: every file has the points and the span of its manifest, in GMT, under its user`, async () => {
      const manifest = table(`${city}/gps/manifest.csv`)
      expect(manifest.length).toBe(city === 'beijing' ? 128 : 32)
      for (const row of manifest) {
        const path = realData(`data/${city}/gps/plt/${row['user']}/Trajectory/${row['file']}`)
        const { records, refused } = await collect(readFixes(fileAt(path)))
        const times = records.map(({ fix }) => fix.time)
        expect([row['file'], records.length, refused.length]).toEqual([row['file'], Number(row['points']), 0])
        expect(Math.min(...times)).toBe(Date.parse(row['start_gmt']!))
        expect(Math.max(...times)).toBe(Date.parse(row['end_gmt']!))
        expect(new Set(records.map(({ worker }) => worker))).toEqual(new Set([row['user']]))
      }
    })
})

describe.runIf(hasRealData)('CSV of fixes', () => {
  it('chicago: 118,360 points of 889 trips, nothing refused', async () => {
    const { records, refused } = await collect(
      readFixes(fileAt(realData('data/chicago/gps/shuttle_trips.csv.gz'))),
    )
    expect([records.length, refused.length]).toEqual([118_360, 0])
    expect(new Set(records.map(({ worker }) => worker)).size).toBe(889)
    expect(new Date(records[0]!.fix.time).toISOString()).toBe('2011-04-03T04:50:55.000Z')
  })
})

describe.runIf(hasRealData)('shapefiles', () => {
  for (const file of ['2016_orig', '2020_orig', '2020_repaired'])
    it(`denver ${file}: feet of EPSG:2232 become the degrees GDAL gives, to 1e-7`, async () => {
      const ours = await features(`topology-denver/DenverCo_precincts${file}.zip`)
      const gdal = await features(`topology-denver/precincts${file}.geojson`)
      expect([ours.refused, gdal.refused]).toEqual([[], []])
      expect(ours.records).toHaveLength(gdal.records.length)
      let worst = 0
      for (const [i, record] of ours.records.entries()) {
        const [mine, theirs] = [polygonsOf(record), polygonsOf(gdal.records[i]!)]
        expect(mine.map((polygon) => polygon.map((ring) => ring.length))).toEqual(
          theirs.map((polygon) => polygon.map((ring) => ring.length)),
        )
        for (const [p, polygon] of mine.entries())
          for (const [r, ring] of polygon.entries()) worst = Math.max(worst, distance(ring, theirs[p]![r]!))
      }
      expect(worst).toBeLessThan(1e-7)
    })

  it('denver: the same from the .prj and from the CRS stated, and numbers refused without it', async () => {
    const path = 'topology-denver/DenverCo_precincts2018_orig.zip'
    const stated = await features(path, { crs: 'EPSG:2232' })
    const found = await features(path)
    let worst = 0
    for (const [i, record] of stated.records.entries())
      for (const [p, polygon] of polygonsOf(record).entries())
        for (const [r, ring] of polygon.entries())
          worst = Math.max(worst, distance(ring, polygonsOf(found.records[i]!)[p]![r]!))
    expect(worst).toBeLessThan(1e-12)
    const wrong = await features(path, { crs: 'EPSG:4326' })
    expect([wrong.records.length, wrong.refused.length]).toEqual([0, 356])
    expect(new Set(wrong.refused.flat().map((one) => one.code))).toEqual(
      new Set(['coordinates_out_of_range']),
    )
  })
})

/** Largest difference of the coordinates of two rings of one length, in whichever direction they agree. */
function distance(a: readonly Position[], b: readonly Position[]): number {
  const between = (x: readonly Position[]): number =>
    x.reduce(
      (worst, [lon, lat], i) => Math.max(worst, Math.abs(lon! - b[i]![0]!), Math.abs(lat! - b[i]![1]!)),
      0,
    )
  return Math.min(between(a), between(a.toReversed()))
}

describe.runIf(hasRealData)('Chinese input', () => {
  it('shanghai: GCJ-02 addresses land within 1e-5 degree of the WGS 84 columns', async () => {
    const options = { crs: 'GCJ-02', map: { lng_gcj02: 'lon', lat_gcj02: 'lat' } }
    const { records, refused } = await features('shanghai/incidents/addresses.csv.gz', options)
    expect([records.length, refused.length]).toEqual([18_011, 0])
    let worst = 0
    for (const { geometry, properties } of records) {
      if (geometry?.type !== 'Point') throw new Error('a point was expected')
      const [lon, lat] = geometry.coordinates
      worst = Math.max(
        worst,
        Math.abs(lon! - Number(properties['lng_wgs84'])),
        Math.abs(lat! - Number(properties['lat_wgs84'])),
      )
    }
    expect(worst).toBeLessThan(1e-5)
  })

  for (const [city, count, unclosed] of [
    ['beijing', 1577, 1577],
    ['shanghai', 2092, 2089],
  ] as const)
    it(`${city}: ${unclosed} of ${count} compounds are unclosed as published; closed, BD-09 becomes the WGS 84 file`, async () => {
      const path = `${city}/households/compounds_bd09_as_published.json`
      const asPublished = await features(path, { crs: 'BD-09' })
      expect(
        asPublished.refused.flatMap((flaws) => flaws.filter((one) => one.code === 'ring_unclosed')),
      ).toHaveLength(unclosed)
      const closed = await features(path, { crs: 'BD-09', closeRings: true })
      const expected = await features(`${city}/households/compounds_wgs84.geojson`)
      expect(closed.refused).toEqual([])
      const rings = (records: readonly FeatureRecord[]): Map<string, Position[]> =>
        new Map(
          records.flatMap((record) =>
            polygonsOf(record).flatMap((polygon, p) =>
              polygon.map((ring, r): [string, Position[]] => [
                `${String(record.properties['id'])} ${p} ${r}`,
                ring,
              ]),
            ),
          ),
        )
      const theirs = rings(expected.records)
      const mine = rings(closed.records)
      expect([...mine.keys()].toSorted()).toEqual([...theirs.keys()].toSorted())
      let worst = 0
      for (const [key, ring] of mine) {
        expect([key, ring.length]).toEqual([key, theirs.get(key)!.length])
        worst = Math.max(worst, distance(ring, theirs.get(key)!))
      }
      expect(closed.records).toHaveLength(count)
      // BD-09 is inverted by approximation: 1e-5 degree is a metre.
      expect(worst).toBeLessThan(1e-5)
    })

  it('taojiang: 15 townships and 247 villages with names and codes, as areas', async () => {
    for (const [file, count, name, level] of [
      ['taojiang_townships.csv', 15, '大栗港镇', 'township'],
      ['taojiang_villages.csv', 247, '修山社区', 'village'],
    ] as const) {
      const reads = []
      for await (const batch of readRows(fileAt(realData(`data/yiyang/${file}`)), 'areas'))
        reads.push(...batch)
      const rows = reads.flatMap((read) => ('record' in read ? [read.record.row] : []))
      expect(rows).toHaveLength(count)
      expect(reads).toHaveLength(count)
      expect(rows.find((row) => row.name === name)).toMatchObject({ level, boundary: null })
    }
  })
})

describe.runIf(hasRealData)('incidents and dwellings of chicago', () => {
  it('266 of 50,000 crimes have no coordinates and are refused for that; nothing else is', async () => {
    const counts = { taken: 0, refused: new Map<string, number>() }
    for await (const batch of readRows(
      fileAt(realData('data/chicago/incidents/crimes_2019_sample50k.csv.gz')),
      'incidents',
    ))
      for (const read of batch)
        if ('record' in read) counts.taken += 1
        else for (const { code } of read.flaws) counts.refused.set(code, (counts.refused.get(code) ?? 0) + 1)
    expect(counts.taken).toBe(49_734)
    expect([...counts.refused]).toEqual([['position_missing', 266]])
  })

  it('8,604 dwellings are households by their id', async () => {
    const ids = new Set<string>()
    for await (const batch of readRows(
      fileAt(realData('data/chicago/dwellings/airbnb_listings.csv')),
      'households',
    ))
      for (const read of batch) if ('record' in read) ids.add(read.record.row.id)
    expect(ids.size).toBe(8604)
  })

  it('every boundary, road and building file is read whole', async () => {
    const expected = {
      'chicago/boundaries/beats.geojson': 277,
      'chicago/boundaries/districts.geojson': 25,
      'chicago/boundaries/wards.geojson': 50,
      'chicago/boundaries/community_areas.geojson': 77,
      'chicago/roads/osm_2013_edges.geojson': 11_801,
      'liechtenstein/households/buildings.geojson': 8995,
      'liechtenstein/roads/highways.geojson': 4658,
      'liechtenstein/households/addresses.csv': 1008,
    }
    for (const [path, count] of Object.entries(expected)) {
      const { records, refused } = await features(path)
      expect([path, records.length, refused.length]).toEqual([path, count, 0])
    }
    expect(readdirSync(realData('data/chicago/gps/gpx'))).toHaveLength(31)
  })
})
