/**
 * The OsmAnd protocol, byte for byte as Traccar documents it (https://www.traccar.org/osmand/) and as its own test has it
 * (OsmAndProtocolDecoderTest, traccar 6, Apache-2.0); the figures are those its decoder gives.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fix } from '../../../server/core/values.ts'
import { type OsmandRead, readOsmandJson, readOsmandQuery } from '../../../server/formats/positions/osmand.ts'
import { readReport } from '../../../server/formats/positions/read-report.ts'

const now = Date.parse('2026-10-09T12:00:00Z')

/** The device and the fix of a request with one position. */
function fixOf(read: OsmandRead, crs = 'EPSG:4326'): { id: string; fix: Fix } {
  if ('flaws' in read) throw new Error(read.flaws.map((one) => one.code).join())
  const [report, ...more] = read.reports
  if (!report || more.length > 0) throw new Error(`${read.reports.length} reports`)
  const built = readReport(report, crs, {})
  if ('flaws' in built) throw new Error(built.flaws.map((one) => one.code).join())
  return { id: read.deviceId, fix: built.fix }
}
const codesOf = (read: OsmandRead): string[] =>
  'flaws' in read
    ? read.flaws.map((one) => one.code)
    : read.reports.flatMap((report) => {
        const built = readReport(report, 'EPSG:4326', {})
        return 'flaws' in built ? built.flaws.map((one) => one.code) : []
      })

describe('parameters', () => {
  it.each<[string, string, Fix]>([
    [
      'id=902064&lat=42.06288&lon=-88.23412&timestamp=2016-01-27T18%3A55%3A47Z&hdop=6.0&altitude=224.0&speed=0.0',
      '902064',
      {
        time: Date.UTC(2016, 0, 27, 18, 55, 47),
        longitude: -88.23412,
        latitude: 42.06288,
        speedMetresPerSecond: 0,
      },
    ],
    [
      'id=902064&lat=42.06288&lon=-88.23412&timestamp=1442068686579&hdop=6.0&altitude=224.0&speed=0.0',
      '902064',
      { time: 1_442_068_686_579, longitude: -88.23412, latitude: 42.06288, speedMetresPerSecond: 0 },
    ],
    [
      // Without a zone: Asia/Shanghai, eight hours ahead.
      'lat=49.60688&lon=6.15788&timestamp=2014-06-04+09%3A10%3A11&altitude=384.7&speed=0.0&id=353861053849681',
      '353861053849681',
      {
        time: Date.UTC(2014, 5, 4, 1, 10, 11),
        longitude: 6.15788,
        latitude: 49.60688,
        speedMetresPerSecond: 0,
      },
    ],
    [
      'id=123456&timestamp=1377177267&lat=60.0&lon=30.0',
      '123456',
      { time: 1_377_177_267_000, longitude: 30, latitude: 60 },
    ],
    [
      'id=123456&timestamp=1377177267&location=60.0,30.0',
      '123456',
      { time: 1_377_177_267_000, longitude: 30, latitude: 60 },
    ],
    [
      // No time: it is of now.
      'lat=60.0&lon=30.0&speed=0.0&heading=0.0&vacc=0&hacc=0&altitude=0&deviceid=123456',
      '123456',
      { time: now, longitude: 30, latitude: 60, speedMetresPerSecond: 0 },
    ],
    [
      // 40 knots of 1852 m an hour: 40 · 1852 / 3600 = 20.577… m/s.
      'id=123456789012345&timestamp=1504763810&lat=40.7232948571&lon=-74.0061408571&bearing=7.19889788244&speed=40&ignition=true&rpm=933&fuel=24',
      '123456789012345',
      {
        time: 1_504_763_810_000,
        longitude: -74.0061408571,
        latitude: 40.7232948571,
        speedMetresPerSecond: 40 * (1852 / 3600),
      },
    ],
  ])('%s', (query, id, fix) => {
    expect(fixOf(readOsmandQuery(query, now))).toEqual({ id, fix })
  })

  it('without a device are refused, without a position are a sign of life', () => {
    expect(codesOf(readOsmandQuery('timestamp=1377177267&lat=60.0&lon=30.0', now))).toEqual(['value_missing'])
    const cells =
      'id=123456&timestamp=1377177267&cell=257,02,16,2224&cell=257,02,16,2223,-90&wifi=00-14-22-01-23-45,-80&wifi=00-1C-B3-09-85-15,-70'
    expect(readOsmandQuery(cells, now)).toEqual({ deviceId: '123456', reports: [] })
  })

  it('name what is wrong: half a position, no numbers, a receiver without a fix', () => {
    const query = (rest: string): string => `id=1&timestamp=1377177267&${rest}`
    expect(codesOf(readOsmandQuery(query('lat=60.0'), now))).toEqual(['position_malformed'])
    expect(codesOf(readOsmandQuery(query('lat=north&lon=30'), now))).toEqual(['position_malformed'])
    expect(codesOf(readOsmandQuery(query('lat=0&lon=0'), now))).toEqual(['position_missing'])
    expect(codesOf(readOsmandQuery(query('lat=30&lon=120&valid=false'), now))).toEqual(['position_not_valid'])
    expect(codesOf(readOsmandQuery(query('lat=30&lon=120&valid=0'), now))).toEqual(['position_not_valid'])
    expect(codesOf(readOsmandQuery(query('lat=30&lon=120&valid=1'), now))).toEqual([])
    expect(codesOf(readOsmandQuery('id=1&timestamp=soon&lat=30&lon=120', now))).toEqual(['time_malformed'])
  })

  it('are converted from the system the device is declared in', () => {
    // An address in Shanghai that AMap geocoded (GCJ-02), inverted by another implementation of the usual formula.
    const { fix } = fixOf(
      readOsmandQuery('id=1&timestamp=1377177267&lat=31.128366&lon=121.44711', now),
      'GCJ-02',
    )
    expect(fix.longitude).toBeCloseTo(121.44251, 5)
    expect(fix.latitude).toBeCloseTo(31.130287, 5)
  })

  it('take seconds, milliseconds and ISO for the same instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400_000_000, max: 2_000_000_000 }), (seconds) => {
        const at = (timestamp: string): number =>
          fixOf(
            readOsmandQuery(
              new URLSearchParams({ id: '1', lat: '30', lon: '120', timestamp }).toString(),
              now,
            ),
          ).fix.time
        expect(at(String(seconds))).toBe(seconds * 1000)
        expect(at(String(seconds * 1000))).toBe(seconds * 1000)
        expect(at(new Date(seconds * 1000).toISOString())).toBe(seconds * 1000)
      }),
    )
  })
})

describe('JSON of Traccar Client 9', () => {
  it('of Android: a heading of −1 is unknown, a speed of 0 is not', () => {
    const body =
      '{"location":{"timestamp":"2025-06-15T13:45:12.862Z","coords":{"latitude":37.4219983,"longitude":-122.084,"accuracy":5,"speed":0,"heading":-1,"altitude":5},"is_moving":false,"odometer":0,"event":"motionchange","battery":{"level":1,"is_charging":false},"activity":{"type":"still"},"extras":{},"_":"&id=48241179&lat=37.4219983&lon=-122.084&timestamp=2025-06-15T13:45:12.862Z&"},"device_id":"48241179"}'
    expect(fixOf(readOsmandJson(body))).toEqual({
      id: '48241179',
      fix: {
        time: Date.UTC(2025, 5, 15, 13, 45, 12, 862),
        longitude: -122.084,
        latitude: 37.4219983,
        accuracyMetres: 5,
        speedMetresPerSecond: 0,
      },
    })
  })

  it('of iOS: an unknown speed is −1, and a made-up position says so', () => {
    const body =
      '{"location":{"extras":{},"mock":true,"coords":{"speed_accuracy":-1,"speed":-1,"longitude":-122.406417,"ellipsoidal_altitude":0,"floor":null,"heading_accuracy":-1,"latitude":37.785834000000001,"accuracy":5,"altitude_accuracy":-1,"altitude":0,"heading":-1},"is_moving":false,"age":188,"odometer":0,"uuid":"2FB04C65-99CF-42AB-8DD3-EBCB4B108BF8","event":"motionchange","battery":{"level":-1,"is_charging":false},"activity":{"type":"unknown","confidence":100},"timestamp":"2025-05-09T04:11:30.579Z"},"device_id":"658765"}'
    const read = readOsmandJson(body)
    expect(fixOf(read)).toEqual({
      id: '658765',
      fix: {
        time: Date.UTC(2025, 4, 9, 4, 11, 30, 579),
        longitude: -122.406417,
        latitude: 37.785834,
        accuracyMetres: 5,
      },
    })
    expect(read).toMatchObject({ reports: [{ isMock: true }] })
  })

  it('with metres per second', () => {
    const body =
      '{"location":{"event":"motionchange","is_moving":false,"uuid":"0e9a2473-a9a7-4c00-997b-fb97d2154e75","timestamp":"2021-07-21T08:06:34.444Z","odometer":0,"coords":{"latitude":-6.1148096,"longitude":106.6837015,"accuracy":3.8,"speed":18.67,"speed_accuracy":0.26,"heading":63,"heading_accuracy":0.28,"altitude":35.7,"altitude_accuracy":3.8},"activity":{"type":"still","confidence":100},"battery":{"is_charging":false,"level":0.79},"extras":{}},"device_id":"8737767034"}'
    expect(fixOf(readOsmandJson(body)).fix).toEqual({
      time: Date.UTC(2021, 6, 21, 8, 6, 34, 444),
      longitude: 106.6837015,
      latitude: -6.1148096,
      accuracyMetres: 3.8,
      speedMetresPerSecond: 18.67,
    })
  })

  it('takes a buffer sent as an array, and a message without a position', () => {
    const coords = { latitude: 30, longitude: 120, accuracy: 0 }
    const two = [
      { timestamp: '2026-10-09T01:00:00Z', coords },
      { timestamp: '2026-10-09T01:00:05Z', coords },
      { timestamp: '2026-10-09T01:00:10Z', event: 'heartbeat' },
    ]
    const read = readOsmandJson(JSON.stringify({ device_id: 7, location: two }))
    if ('flaws' in read) throw new Error('refused')
    expect([read.deviceId, read.reports.length]).toEqual(['7', 2])
    // An accuracy of 0 is how phones write unknown.
    expect(readReport(read.reports[0]!, 'EPSG:4326', {})).toEqual({
      fix: { time: Date.UTC(2026, 9, 9, 1), longitude: 120, latitude: 30 },
    })
    expect(codesOf(readOsmandJson('{"location":{}}'))).toEqual(['value_missing'])
    expect(codesOf(readOsmandJson('{"device_id":'))).toEqual(['json_syntax'])
    expect(codesOf(readOsmandJson('[]'))).toEqual(['value_missing'])
  })
})

describe('whatever is sent', () => {
  it('is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (query, json) => {
        for (const read of [readOsmandQuery(query, now), readOsmandJson(json), readOsmandJson(query)])
          expect(codesOf(read)).toBeInstanceOf(Array)
      }),
    )
  })
})
