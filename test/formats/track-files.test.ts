/** Traces of KML, TCX and FIT: what is a fix, what is refused and where. */

import fc from 'fast-check'
import { gzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { checksum } from '../../server/formats/fit.ts'
import { fileOf } from '../../server/formats/input-file.ts'
import { type FixRecord, readFixes } from '../../server/formats/read-fixes.ts'
import { brief, type Collected, collect, textFile } from './collect.ts'

const nine = Date.UTC(2026, 9, 8, 1)
const codesOf = ({ refused }: Pick<Collected<FixRecord>, 'refused'>): string[] =>
  refused.flatMap((flaws) => flaws.map(brief))

describe('fixes from KML', () => {
  const kml = (content: string): string =>
    `<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>\n${content}</Document></kml>`
  const read = (content: string, name = 'monday.kml'): Promise<Collected<FixRecord>> =>
    collect(readFixes(textFile(name, kml(content))))

  it('takes gx:Track, its times before or beside its positions, with the accuracy of its arrays', async () => {
    const { records, refused } = await read(
      `<Placemark><name>w1</name><gx:Track>
<when>2026-10-08T01:00:00Z</when><when>2026-10-08T09:00:05+08:00</when>
<gx:coord>120.1 30.1 12</gx:coord>
<gx:coord>120.2 30.2 0</gx:coord>
<ExtendedData><SchemaData schemaUrl="#schema"><gx:SimpleArrayData name="speed"><gx:value>9</gx:value><gx:value>9</gx:value></gx:SimpleArrayData><gx:SimpleArrayData name="accuracy"><gx:value>5</gx:value><gx:value>7.5</gx:value></gx:SimpleArrayData></SchemaData></ExtendedData>
</gx:Track></Placemark>
<Placemark><gx:MultiTrack><gx:Track><when>2026-10-08T01:00:10Z</when><gx:coord>120.3 30.3 1</gx:coord></gx:Track></gx:MultiTrack></Placemark>`,
    )
    expect(refused).toEqual([])
    expect(records.map(({ worker, track, place, fix }) => [worker, track, place.line, fix])).toEqual([
      ['w1', 'monday.kml#1#1', 5, { time: nine, longitude: 120.1, latitude: 30.1, accuracyMetres: 5 }],
      [
        'w1',
        'monday.kml#1#1',
        6,
        { time: nine + 5000, longitude: 120.2, latitude: 30.2, accuracyMetres: 7.5 },
      ],
      ['monday', 'monday.kml#2#1', 9, { time: nine + 10_000, longitude: 120.3, latitude: 30.3 }],
    ])
  })

  it('takes points with a time stamp; places without one are no readings', async () => {
    const { records, refused } = await read(
      `<Placemark><name>w1</name><TimeStamp><when>2026-10-08T01:00:00Z</when></TimeStamp><Point><coordinates>120.1,30.1,42</coordinates></Point></Placemark>
<Placemark><name>school</name><Point><coordinates>120.5,30.5</coordinates></Point></Placemark>`,
    )
    expect(refused).toEqual([])
    expect(records.map(({ worker, fix }) => [worker, fix])).toEqual([
      ['w1', { time: nine, longitude: 120.1, latitude: 30.1 }],
    ])
  })

  it('refuses lines without a time for each point, with the reason, and lists that are not of one length', async () => {
    const line = '<LineString><coordinates>120.1,30.1 120.2,30.2</coordinates></LineString>'
    const spanned = await read(
      `<Placemark><TimeSpan><begin>2026-10-08T01:00:00Z</begin><end>2026-10-08T02:00:00Z</end></TimeSpan>${line}</Placemark>`,
    )
    expect(codesOf(spanned)).toEqual(['track_without_times record 1 line 3'])
    expect(spanned.refused[0]?.[0]?.message.en).toContain('LineString + TimeSpan has no time for each point')
    expect(codesOf(await read(`<Placemark>${line}</Placemark>`))).toEqual([
      'track_without_times record 1 line 3',
    ])
    const uneven = await read(
      `<Placemark><gx:Track><when>2026-10-08T01:00:00Z</when><gx:coord>120.1 30.1</gx:coord>
<gx:coord>120.2 30.2</gx:coord></gx:Track>
<gx:Track><when>2026-10-08T01:00:00Z</when></gx:Track></Placemark>`,
    )
    expect(codesOf(uneven)).toEqual(['time_missing record 2 line 4', 'position_missing record 3 line 5'])
    expect(uneven.records).toHaveLength(1)
  })

  it('refuses a file of places only, a document type, and what breaks off', async () => {
    expect(
      codesOf(await read('<Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>')),
    ).toEqual(['file_without_records'])
    expect(codesOf(await collect(readFixes(textFile('a.kml', '<!DOCTYPE kml []><kml/>'))))).toEqual([
      'xml_doctype line 1',
    ])
    expect(codesOf(await collect(readFixes(textFile('a.kml', '<kml><Document>'))))).toEqual([
      'xml_syntax line 1',
    ])
  })

  it('reads KMZ', async () => {
    const track = kml(
      '<Placemark><gx:Track><when>2026-10-08T01:00:00Z</when><gx:coord>120.1 30.1 1</gx:coord></gx:Track></Placemark>',
    )
    const bytes = zipSync({ 'doc.kml': Buffer.from(track), 'files/icon.png': new Uint8Array(3) })
    expect((await collect(readFixes(fileOf('monday.kmz', bytes)))).records.map(({ fix }) => fix)).toEqual([
      { time: nine, longitude: 120.1, latitude: 30.1 },
    ])
  })
})

describe('fixes from TCX', () => {
  const tcx = (points: string): string =>
    `<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity Sport="Walking"><Lap><Track>\n${points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>`

  it('takes track points with their speed; those without a position are pauses', async () => {
    const { records, refused } = await collect(
      readFixes(
        textFile(
          'w1.tcx',
          tcx(`<Trackpoint><Time>2026-10-08T01:00:00Z</Time><Position><LatitudeDegrees>30.1</LatitudeDegrees><LongitudeDegrees>120.1</LongitudeDegrees></Position><AltitudeMeters>9</AltitudeMeters><Extensions><ns3:TPX xmlns:ns3="x"><ns3:Speed>1.25</ns3:Speed></ns3:TPX></Extensions></Trackpoint>
<Trackpoint><Time>2026-10-08T01:00:05Z</Time><HeartRateBpm><Value>90</Value></HeartRateBpm></Trackpoint>
<Trackpoint><Position><LatitudeDegrees>30.1</LatitudeDegrees><LongitudeDegrees>120.1</LongitudeDegrees></Position></Trackpoint>
`),
        ),
      ),
    )
    expect(records.map(({ worker, track, fix }) => [worker, track, fix])).toEqual([
      ['w1', 'w1.tcx#1#1', { time: nine, longitude: 120.1, latitude: 30.1, speedMetresPerSecond: 1.25 }],
    ])
    expect(codesOf({ refused })).toEqual(['time_missing record 3 line 4'])
  })

  it('refuses a file in which no point has a position', async () => {
    const inside = tcx('<Trackpoint><Time>2026-10-08T01:00:05Z</Time></Trackpoint>')
    expect(codesOf(await collect(readFixes(textFile('w1.tcx', inside))))).toEqual(['file_without_records'])
  })
})

/** Bytes of a file of these messages: a header of 14 bytes, its checksum and the file's. */
function fit(...messages: readonly (readonly number[])[]): Buffer {
  const data = Buffer.from(messages.flat())
  const header = Buffer.alloc(14)
  header.writeUInt8(14, 0)
  header.writeUInt8(0x20, 1)
  header.writeUInt16LE(2194, 2)
  header.writeUInt32LE(data.length, 4)
  header.write('.FIT', 8)
  header.writeUInt16LE(checksum(header, 0, 12), 12)
  const end = Buffer.alloc(2)
  const whole = Buffer.concat([header, data, end])
  whole.writeUInt16LE(checksum(whole, 0, whole.length - 2), whole.length - 2)
  return whole
}
const little = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, i) => Math.floor((value < 0 ? value + 2 ** 32 : value) / 256 ** i) % 256)
const big = (value: number, size: number): number[] => little(value, size).reverse()
const semicircles = (degrees: number): number => Math.round((degrees * 2 ** 31) / 180)
const fitTime = (time: number): number => time / 1000 - 631_065_600

/** Record messages under local type 0: time, latitude, longitude, speed, accuracy. */
const definition = [0x40, 0, 0, 20, 0, 5, 253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85, 6, 2, 0x84, 31, 1, 2]
const record = (
  time: number,
  longitude: number,
  latitude: number,
  speed: number,
  accuracy: number,
): number[] => [
  0,
  ...little(fitTime(time), 4),
  ...little(semicircles(latitude), 4),
  ...little(semicircles(longitude), 4),
  ...little(speed, 2),
  accuracy,
]
const readFit = (bytes: Uint8Array, name = 'w1.fit'): Promise<Collected<FixRecord>> =>
  collect(readFixes(fileOf(name, bytes)))
/** A semicircle is 8e-8 degrees, 9 mm. */
const close = (value: number): unknown => expect.closeTo(value, 6)

describe('fixes from FIT', () => {
  it('has the checksum of the format, which is CRC-16/ARC: bb3d for the digits 1 to 9', () => {
    expect(checksum(Buffer.from('123456789'), 0, 9)).toBe(0xbb3d)
  })

  it('takes records with time, position, speed and accuracy; what is unknown is absent', async () => {
    const { records, refused } = await readFit(
      fit(
        definition,
        record(nine, 120.1, 30.1, 1250, 5),
        record(nine + 5000, -120.1, -30.1, 0xffff, 0xff),
        // Indoors: no position.
        [0, ...little(fitTime(nine + 9000), 4), ...little(0x7fffffff, 4), ...little(0x7fffffff, 4), 0, 0, 3],
      ),
    )
    expect(refused).toEqual([])
    expect(records.map(({ worker, place, fix }) => [worker, place.record, fix])).toEqual([
      [
        'w1',
        1,
        {
          time: nine,
          longitude: close(120.1),
          latitude: close(30.1),
          accuracyMetres: 5,
          speedMetresPerSecond: 1.25,
        },
      ],
      ['w1', 2, { time: nine + 5000, longitude: close(-120.1), latitude: close(-30.1) }],
    ])
  })

  it('reads big-endian messages, compressed times, fields of developers, and skips other messages', async () => {
    const developers = [0x63, 0, 0, 20, 0, 3, 253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85, 1, 0, 3, 0]
    const bigEndian = [0x41, 0, 1, 0, 20, 2, 0, 4, 0x85, 1, 4, 0x85]
    const sessions = [0x42, 0, 0, 18, 0, 1, 253, 4, 0x86]
    const position = [...big(semicircles(30.2), 4), ...big(semicircles(120.2), 4)]
    // nine = 1160182800 s after 1989-12-31, whose last five bits are 16.
    const base = fitTime(nine)
    expect(base % 32).toBe(16)
    const { records, refused } = await readFit(
      fit(
        developers,
        [3, ...little(base, 4), ...little(semicircles(30.1), 4), ...little(semicircles(120.1), 4), 1, 2, 3],
        bigEndian,
        [0x80 | (1 << 5) | 20, ...position], // 20 is 4 s later
        [0x80 | (1 << 5) | 2, ...position], // 2 comes after 31: 18 − 4 = 14 s later
        sessions,
        [2, ...little(base + 100, 4)],
        [0x80 | (1 << 5) | ((base + 101) % 32), ...position],
      ),
    )
    expect(refused).toEqual([])
    expect(records.map(({ fix }) => (fix.time - nine) / 1000)).toEqual([0, 4, 18, 101])
    expect(records[1]?.fix).toMatchObject({ longitude: close(120.2), latitude: close(30.2) })
  })

  it('reads files one behind the other, zipped and gzipped', async () => {
    const [one, two] = [
      fit(definition, record(nine, 120.1, 30.1, 0, 5)),
      fit(definition, record(nine + 1000, 120.1, 30.1, 0, 5)),
    ]
    expect((await readFit(Buffer.concat([one, two]))).records).toHaveLength(2)
    expect((await readFit(gzipSync(one), 'w1.fit.gz')).records).toHaveLength(1)
    expect(
      (await readFit(zipSync({ 'a/w1.fit': one, 'w2.fit': two }), 'all.zip')).records.map((r) => r.worker),
    ).toEqual(['w1', 'w2'])
  })

  it('of a file that ends too early takes what stands before, and says where', async () => {
    const whole = fit(definition, record(nine, 120.1, 30.1, 0, 5), record(nine + 1000, 120.1, 30.1, 0, 5))
    const cut = await readFit(whole.subarray(0, -10))
    expect([cut.records.length, codesOf(cut)]).toEqual([1, ['fit_broken record 1']])
    expect(cut.refused[0]?.[0]?.message.en).toBe('Broken FIT file: it ends too early')
  })

  it('refuses what is corrupt, undefined or no FIT, and a clock that was never set', async () => {
    const whole = fit(definition, record(nine, 120.1, 30.1, 0, 5))
    const corrupt = Buffer.from(whole)
    corrupt[30]! ^= 1
    const reasonOf = async (bytes: Uint8Array): Promise<(string | undefined)[]> =>
      (await readFit(bytes)).refused.flatMap((flaws) => flaws.map((one) => one.message.en))
    expect(await reasonOf(corrupt)).toEqual(['Broken FIT file: the checksum is not that of its bytes'])
    const header = Buffer.from(whole)
    header[4]! ^= 1
    expect(await reasonOf(header)).toEqual([
      'Broken FIT file: the checksum of the header is not that of its bytes',
    ])
    expect(await reasonOf(Buffer.from('hello, this is no FIT'))).toEqual([
      'Broken FIT file: there is no FIT header',
    ])
    expect(await reasonOf(Buffer.alloc(0))).toEqual(['Broken FIT file: it is empty'])
    expect(await reasonOf(fit([5, 1, 2]))).toEqual(['Broken FIT file: a data message has no definition'])
    expect(codesOf(await readFit(fit(definition)))).toEqual(['file_without_records'])
    const sinceSwitchedOn = fit(definition, [
      0,
      ...little(1000, 4),
      ...record(nine, 120.1, 30.1, 0, 5).slice(5),
    ])
    expect(codesOf(await readFit(sinceSwitchedOn))).toEqual(['time_missing record 1'])
  })

  it('never breaks down over bytes that changed on the way', async () => {
    const whole = fit(definition, record(nine, 120.1, 30.1, 0, 5), record(nine + 1000, 120.1, 30.1, 0, 5))
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length }),
        fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 })), {
          maxLength: 4,
        }),
        async (length, changes) => {
          const bytes = Buffer.from(whole)
          for (const [at, mask] of changes) bytes[at]! ^= mask
          const { records, refused } = await readFit(bytes.subarray(0, length))
          expect(records.length + refused.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})
