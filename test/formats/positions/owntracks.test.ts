/**
 * OwnTracks, byte for byte as its booklet (https://owntracks.org/booklet/features/traccar/, …/tech/http/) and Traccar's
 * OwnTracksProtocolDecoderTest (Apache-2.0) have the messages.
 */
import { describe, expect, it } from 'vitest'
import { type OwnTracksLocation, readOwnTracks } from '../../../server/formats/positions/owntracks.ts'
import { readReport } from '../../../server/formats/positions/read-report.ts'

function locationOf(body: string): OwnTracksLocation {
  const read = readOwnTracks(body)
  if (read === 'other' || 'flaws' in read) throw new Error(JSON.stringify(read))
  return read
}
const fixOf = (body: string): unknown => readReport(locationOf(body).report, 'EPSG:4326', {})

describe('OwnTracks', () => {
  it('the least a location has', () => {
    const body = '{"lon":2.29513,"lat":48.85833,"_type":"location","tst":1497476456, "tid":"JJ"}'
    expect(locationOf(body).ids).toEqual(['JJ'])
    expect(fixOf(body)).toEqual({
      fix: { time: 1_497_476_456_000, longitude: 2.29513, latitude: 48.85833 },
    })
  })

  it('speed is in kilometres per hour: 61 / 3.6 m/s', () => {
    const body =
      '{"cog":271,"lon":2.29513,"acc":5,"vel":61,"vac":21,"lat":48.85833,"tst":1497349316,"alt":167,"_type":"location","tid":"JJ","t":"u","batt":67}'
    expect(fixOf(body)).toEqual({
      fix: {
        time: 1_497_349_316_000,
        longitude: 2.29513,
        latitude: 48.85833,
        accuracyMetres: 5,
        speedMetresPerSecond: 61 * (1 / 3.6),
      },
    })
  })

  it('is named by its topic before its two letters, and says when it was sent', () => {
    const body =
      '{"lon":-122,"acc":5,"created_at":1736161415,"lat":37,"topic":"owntracks/ckrey/22A67880-15C3-41A6-9157-25545C7993AC","t":"u","m":1,"tst":1736161169,"conn":"w","alt":0,"_type":"location","tid":"AC"}'
    const { ids, report } = locationOf(body)
    expect(ids).toEqual([
      'owntracks/ckrey/22A67880-15C3-41A6-9157-25545C7993AC',
      'ckrey/22A67880-15C3-41A6-9157-25545C7993AC',
      'AC',
    ])
    expect(report.sentAt).toBe(1_736_161_415_000)
    expect(fixOf(body)).toMatchObject({ fix: { time: 1_736_161_169_000, longitude: -122, latitude: 37 } })
  })

  it('other messages carry no position; nothing at all is one of them', () => {
    for (const body of [
      '{"_type":"transition","tst":1,"acc":5}',
      '{"_type":"waypoints","waypoints":[]}',
      '{"_type":"lwt","tst":1}',
      '{"_type":"encrypted","data":"x"}',
      '{}',
      '',
    ])
      expect(readOwnTracks(body)).toBe('other')
    expect(readOwnTracks('{"_type":')).toMatchObject({ flaws: [{ code: 'json_syntax' }] })
    expect(readOwnTracks('[1]')).toMatchObject({ flaws: [{ code: 'geojson_structure' }] })
  })
})
