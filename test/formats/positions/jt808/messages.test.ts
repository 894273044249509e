/**
 * JT/T 808: frames, headers, positions. Frames in hexadecimal are of Traccar's Jt808ProtocolDecoderTest and Jt808FrameDecoderTest
 * (Apache-2.0), from terminals of many makers.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Frame, FrameReader, writeFrame } from '../../../../server/formats/positions/jt808/frames.ts'
import { readLocations } from '../../../../server/formats/positions/jt808/locations.ts'
import {
  messageIds,
  PartsJoiner,
  readAuthentication,
  readMessage,
  type TerminalMessage,
  writeGeneralAnswer,
  writeMessage,
  writeRegisterAnswer,
} from '../../../../server/formats/positions/jt808/messages.ts'
import { readReport } from '../../../../server/formats/positions/read-report.ts'

const framesOf = (hex: string): Frame[] => new FrameReader().push(Buffer.from(hex, 'hex'))
function messageOf(hex: string): TerminalMessage {
  const [frame, ...more] = framesOf(hex)
  if (!frame || 'broken' in frame || more.length > 0) throw new Error(JSON.stringify(frame))
  const message = readMessage(frame.message)
  if (!message) throw new Error('no message')
  return message
}
function fixesOf(hex: string): unknown[] {
  const { id, body } = messageOf(hex)
  return (readLocations(id, body) ?? []).map((report) => {
    const read = readReport(report, 'EPSG:4326', {})
    return 'fix' in read ? read.fix : read.flaws.map((one) => one.code)
  })
}

describe('frames', () => {
  it('escape as the standard’s example 30 7e 08 7d 55, whose checksum is 6e', () => {
    const bytes = Buffer.from('307e087d55', 'hex')
    expect(writeFrame(bytes).toString('hex')).toBe('7e307d02087d01556e7e')
    expect(framesOf('7e307d02087d01556e7e')).toEqual([{ message: bytes }])
    expect(framesOf('24247e307d02087d01556e7e')).toEqual([{ message: bytes }])
  })

  it('say what is wrong, and the next one is read', () => {
    const good = '307d02087d01556e'
    expect(framesOf(`7e307d02087d01556f7e${good}7e`)).toEqual([
      { broken: 'checksum' },
      { message: Buffer.from('307e087d55', 'hex') },
    ])
    expect(framesOf(`7e307d03087e7e${good}7e`)).toMatchObject([{ broken: 'escape' }, {}])
    expect(framesOf('7e307e')).toEqual([{ broken: 'too_short' }])
    expect(framesOf(`7e${'00'.repeat(5000)}`)).toEqual([{ broken: 'too_long' }])
    // A terminal whose checksum is not that of its bytes (they were made unrecognisable).
    const changed =
      '7E02000032013511221122000700000000000C000301578CC006CA3A5C00470000000014072317201501040000000030011631010BD07E'
    expect(framesOf(changed)).toEqual([{ broken: 'checksum' }])
  })

  it('come whole out of any fragments, glued or with noise before them', () => {
    const message = fc.uint8Array({ minLength: 2, maxLength: 60 })
    const noise = fc.uint8Array({ maxLength: 10 }).map((bytes) => bytes.filter((byte) => byte !== 0x7e))
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 6 }),
        noise,
        fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
        (messages, before, sizes) => {
          const bytes = Buffer.concat([before, ...messages.map(writeFrame)])
          const reader = new FrameReader()
          const read: Frame[] = []
          for (let at = 0; at < bytes.length; ) {
            const size = sizes.next().value as number
            read.push(...reader.push(bytes.subarray(at, at + size)))
            at += size
          }
          expect(read).toEqual(messages.map((one) => ({ message: Buffer.from(one) })))
        },
      ),
    )
  })
})

describe('headers', () => {
  it('of 2013 have six bytes of number, of 2019 a version and ten', () => {
    expect(messageOf('7e0002000004304832546500b7ca7e')).toEqual({
      id: messageIds.heartbeat,
      terminal: '043048325465',
      version: null,
      serial: 0x00b7,
      body: Buffer.alloc(0),
      part: null,
    })
    const registration =
      '7e0100405c010000086649607758216452180000000000000000000000000000004d443330300000000000000000000000000000000000000000000000000038363634393630373735383231363400000000000000000000000000000004000000000000000000000000000000007a7e'
    expect(messageOf(registration)).toMatchObject({
      id: messageIds.register,
      terminal: '00000866496077582164',
      version: 1,
      serial: 0x5218,
    })
  })

  it('hold the code: the whole body in 2013, behind its length in 2019', () => {
    expect(readAuthentication(messageOf('7E0102000E013511221122000661757468656E7469636174696F6E3F7E'))).toBe(
      'authentication',
    )
    expect(
      readAuthentication(messageOf('7E010200100940278494700084323031313131303831313333323139369F7E')),
    ).toBe('2011110811332196')
    const header = { terminal: '00000866496077582164', version: 1 }
    const body = Buffer.concat([Buffer.from([4]), Buffer.from('code'), Buffer.alloc(35)])
    const message = readMessage(writeMessage(header, messageIds.authenticate, 1, body))
    expect(message && readAuthentication(message)).toBe('code')
  })

  it('must say the length there is, and nothing encrypted is read', () => {
    const header = { terminal: '013511221122', version: null }
    const bytes = writeMessage(header, messageIds.location, 7, Buffer.alloc(28))
    expect(readMessage(bytes)).toBeDefined()
    expect(readMessage(bytes.subarray(0, -1))).toBeUndefined()
    expect(readMessage(bytes.subarray(0, 5))).toBeUndefined()
    bytes.writeUInt16BE(28 | 0x0400, 2) // RSA
    expect(readMessage(bytes)).toBeUndefined()
  })
})

describe('positions', () => {
  it('have their signs in the status and Beijing time', () => {
    // 01 57 8c c0 = 22514880, 06 ca 3a 5c = 113916508 millionths; 2014-07-23 17:20:15 +8.
    const head = '020000320135112211220007'
    const body = '00000000000C000301578CC006CA3A5C00470000000014072317201501040000000030011631010B'
    const whole = writeFrame(Buffer.from(`${head}${body.padEnd(100, '0')}`, 'hex')).toString('hex')
    expect(fixesOf(whole)).toEqual([
      {
        time: Date.UTC(2014, 6, 23, 9, 20, 15),
        longitude: 113.916508,
        latitude: 22.51488,
        speedMetresPerSecond: 0,
      },
    ])
    // Brisbane, by a terminal of 2019 in a batch of one: status 7 is positioned, south. 0x01a00192 = 27263378, 0x091f2a47 = 153037383.
    const south =
      '7e0704402d0100000866496077582164881d0001000028000000000000000701a00192091f2a4700160000000226050916422701040000258230010031010e507e'
    expect(fixesOf(south)).toEqual([
      {
        time: Date.UTC(2026, 4, 9, 8, 42, 27),
        longitude: 153.037383,
        latitude: -27.263378,
        speedMetresPerSecond: 0,
      },
    ])
    const west = Buffer.alloc(28)
    west.writeUInt32BE(0b1010, 4)
    west.writeUInt32BE(30_000_000, 8)
    west.writeUInt32BE(120_000_000, 12)
    west.writeUInt16BE(36, 18) // 3.6 km/h
    west.write('261009200000', 22, 'hex')
    const [report] = readLocations(messageIds.location, west) ?? []
    const read = report && readReport(report, 'EPSG:4326', {})
    expect(read).toMatchObject({ fix: { time: Date.UTC(2026, 9, 9, 12), longitude: -120, latitude: 30 } })
    expect(read && 'fix' in read && read.fix.speedMetresPerSecond).toBeCloseTo(1, 12)
  })

  it('come in batches, each behind its length', () => {
    const batch =
      '7E0704014301356777777707F5000801002600000000000000030159741206CBFD5001720000000116052709062401040000001D03020000002600000000000000030159746606CBFD50016B0000000116052709065301040000001D0302000000260000000000000003015975E406CBFE58013F0000000116052709072701040000001D0302000000260000000000000003015976DE06CBFF10012E0000000116052709075601040000001D0302000000260000000000000003015976BC06CBFED0012D0000000116052709083001040000001D0302000000260000000000000003015976FE06CBFEC001080000000116052709090001040000001D0302000000260000000000000003015976FE06CBFE7800FC0000000116052709093301040000001D0302000000260000000000000003015977A606CBFF3001080000000116052709100201040000001D030200001F7E'
    const fixes = fixesOf(batch) as { time: number; longitude: number; latitude: number }[]
    // 0x01597412 = 22639634, 0x06cbfd50 = 114031952; 2016-05-27 09:06:24 to 09:10:02 +8.
    expect(fixes[0]).toMatchObject({
      time: Date.UTC(2016, 4, 27, 1, 6, 24),
      longitude: 114.031952,
      latitude: 22.639634,
    })
    expect(fixes.map((fix) => (fix.time - Date.UTC(2016, 4, 27, 1)) / 1000)).toEqual([
      384, 413, 447, 476, 510, 540, 573, 602,
    ])
  })

  it('are none where the receiver has none, in a battery report, or in a body cut short', () => {
    // Status 0x4c0000: bit 1 is not set.
    const searching =
      '7e02000072014310709432043a00000000000c000000d17bb3060107f900000000000025042312214001040000189b30011a310100e4020056e50101e60100e7080000000400000000ec2330de4bf67368cec65bbec0fac6b8f0090d353c03b87890a2f4b01eaa6420e36e35e6a8e10c020800040013b202e4648300f50101457e'
    expect(fixesOf(searching)).toEqual([['position_not_valid']])
    expect(fixesOf('7e0210000704546000231900884f2606180229579c7e')).toEqual([])
    expect(readLocations(messageIds.location, Buffer.alloc(27))).toBeUndefined()
    expect(readLocations(messageIds.locationBatch, Buffer.from('000201001c', 'hex'))).toBeUndefined()
    expect(readLocations(messageIds.locationBatch, Buffer.alloc(2))).toBeUndefined()
    const noClock = Buffer.alloc(28)
    noClock.writeUInt32BE(2, 4)
    const [report] = readLocations(messageIds.location, noClock) ?? []
    expect(report && readReport(report, 'EPSG:4326', {})).toMatchObject({
      flaws: [{ code: 'time_malformed', value: '2000-00-00 00:00:00' }],
    })
  })

  it('of whatever bytes are read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.constantFrom(0x0200, 0x0704, 0x0210), fc.uint8Array({ maxLength: 200 }), (id, bytes) => {
        const reports = readLocations(id, Buffer.from(bytes)) ?? []
        const reads = reports.map((report) => readReport(report, 'EPSG:4326', {}))
        expect(reads.every((read) => 'fix' in read || read.flaws.length > 0)).toBe(true)
      }),
    )
  })
})

/** Hexadecimal without the spaces it is easier to read with. */
const spaced = (text: string): string => text.replaceAll(' ', '')

describe('answers', () => {
  const to = { terminal: '013511221122', version: null }

  it('are as the tables of the standard have them', () => {
    expect(writeGeneralAnswer(to, 1, { id: 0x0200, serial: 7 }, 0).toString('hex')).toBe(
      spaced('8001 0005 013511221122 0001 0007 0200 00'),
    )
    expect(writeRegisterAnswer(to, 2, 5, { code: 'abc' }).toString('hex')).toBe(
      spaced('8100 0006 013511221122 0002 0005 00 616263'),
    )
    expect(writeRegisterAnswer(to, 2, 5, { result: 4 }).toString('hex')).toBe(
      spaced('8100 0003 013511221122 0002 0005 04'),
    )
    const of2019 = { terminal: '00000866496077582164', version: 1 }
    expect(writeGeneralAnswer(of2019, 1, { id: 0x0002, serial: 7 }, 0).toString('hex')).toBe(
      spaced('8001 4005 01 00000866496077582164 0001 0007 0002 00'),
    )
  })
})

describe('parts', () => {
  const part = (
    index: number,
    count: number,
    body: string,
    id: number = messageIds.locationBatch,
  ): TerminalMessage => ({
    id,
    terminal: '013511221122',
    version: null,
    serial: 100 + index,
    body: Buffer.from(body),
    part: { count, index },
  })

  it('are joined in their order, whatever order they come in and however often', () => {
    const joiner = new PartsJoiner()
    expect(joiner.push(part(3, 3, 'c'))).toBeUndefined()
    expect(joiner.push(part(1, 3, 'a'))).toBeUndefined()
    expect(joiner.push(part(1, 3, 'a'))).toBeUndefined()
    expect(joiner.push(part(1, 2, 'x', 0x0801))).toBeUndefined()
    const joined = joiner.push(part(2, 3, 'b'))
    expect([joined?.whole.body.toString(), joined?.serials, joined?.whole.part]).toEqual([
      'abc',
      [101, 102, 103],
      null,
    ])
    // And the next message of the kind begins anew.
    expect(joiner.push(part(1, 3, 'd'))).toBeUndefined()
  })

  it('take no more memory than they may', () => {
    const joiner = new PartsJoiner()
    const large = 'x'.repeat(1023)
    for (let index = 1; index < 5000; index++) expect(joiner.push(part(index, 5000, large))).toBeUndefined()
    expect(joiner.push(part(1, 1, 'a'))?.whole.body.toString()).toBe('a')
  })
})
