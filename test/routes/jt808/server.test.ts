/** A terminal's session over TCP: its frames as they are on the wire, and what it is answered. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { addDevice, bindDevice, changeDevice } from '../../../server/commands/devices/manage-devices.ts'
import { statement } from '../../../server/db/sql.ts'
import { FrameReader, writeFrame } from '../../../server/formats/positions/jt808/frames.ts'
import {
  messageIds,
  readMessage,
  type TerminalMessage,
  writeMessage,
} from '../../../server/formats/positions/jt808/messages.ts'
import { startTerminalServer, type TerminalServer } from '../../../server/routes/jt808/server.ts'
import { createReceiving, type Receiving } from '../../../server/routes/positions/receive.ts'
import { useDatabase } from '../../support/database.ts'
import { seedSmallTown, town } from '../../support/small-town.ts'

const test = useDatabase()
const viewer = { name: 'li', role: 'supervisor', areas: [town] } as const
const log = pino({ level: 'silent' })
let now = Date.parse('2016-05-27T02:00:00Z')
let server: TerminalServer
let receiving: Receiving
const sockets: Socket[] = []

beforeAll(async () => {
  await seedSmallTown(test.db)
  receiving = createReceiving(test.db, () => now, log)
  server = await startTerminalServer({
    ...receiving,
    database: test.db,
    now: () => now,
    log,
    host: '127.0.0.1',
    port: 0,
  })
})
afterAll(async () => {
  for (const one of sockets) one.destroy()
  await server.close()
})
beforeEach(async () => {
  for (const table of ['fixes', 'device_notes', 'device_bindings', 'devices'])
    await test.db.system().none(statement(`delete from wangge.${table}`))
  receiving.devices.forget()
})

async function carried(id: string, key: string | null = null): Promise<void> {
  const request = { town, id, kind: 'jt808', name: null, coordinateSystem: 'EPSG:4326', key } as const
  await bindDevice(test.db, viewer, {
    device: await addDevice(test.db, viewer, request, now),
    worker: 'w1',
    from: 0,
  })
}
const stored = async (): Promise<{ fixed_at: number; longitude: number; latitude: number }[]> =>
  test.db
    .system()
    .many(
      statement<{ fixed_at: number; longitude: number; latitude: number }>(
        'select fixed_at, longitude, latitude from wangge.fixes order by 1',
      ),
    )

/** A terminal's end of the line. */
class Terminal {
  readonly #socket = connect(server.port, '127.0.0.1')
  readonly #frames = new FrameReader()
  readonly #answers: TerminalMessage[] = []
  readonly closed = once(this.#socket, 'close')

  constructor() {
    sockets.push(this.#socket)
    this.#socket.on('error', () => {})
    this.#socket.on('data', (chunk) => {
      for (const frame of this.#frames.push(chunk)) {
        const message = 'message' in frame ? readMessage(frame.message) : undefined
        if (message) this.#answers.push(message)
      }
    })
  }

  send(...frames: readonly (string | Buffer)[]): void {
    this.#socket.write(
      Buffer.concat(frames.map((one) => (typeof one === 'string' ? Buffer.from(one, 'hex') : one))),
    )
  }

  async sendByteByByte(hex: string): Promise<void> {
    for (const byte of Buffer.from(hex, 'hex')) {
      this.#socket.write(Buffer.from([byte]))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  #last: TerminalMessage | undefined
  /** The next answer as `id serial-answered result`. */
  async next(): Promise<string> {
    const found = await vi.waitUntil(() => this.#answers.shift(), { interval: 5, timeout: 10_000 })
    this.#last = found
    const { id, body } = found
    const hex = (value: number): string => value.toString(16).padStart(4, '0')
    return id === 0x8001
      ? `8001 ${hex(body.readUInt16BE(0))} ${hex(body.readUInt16BE(2))} ${body[4]}`
      : `${hex(id)} ${hex(body.readUInt16BE(0))} ${body[2]}`
  }

  /** Of the registration answered last. */
  get code(): string {
    return this.#last?.body.subarray(3).toString('latin1') ?? ''
  }
}

const frame = (number: string, id: number, serial: number, body: Uint8Array = Buffer.alloc(0)): Buffer =>
  writeFrame(writeMessage({ terminal: number, version: number.length === 20 ? 1 : null }, id, serial, body))

/** Eight positions of terminal 013567777777, as Traccar's Jt808ProtocolDecoderTest has them (Apache-2.0). */
const batch =
  '7E0704014301356777777707F5000801002600000000000000030159741206CBFD5001720000000116052709062401040000001D03020000002600000000000000030159746606CBFD50016B0000000116052709065301040000001D0302000000260000000000000003015975E406CBFE58013F0000000116052709072701040000001D0302000000260000000000000003015976DE06CBFF10012E0000000116052709075601040000001D0302000000260000000000000003015976BC06CBFED0012D0000000116052709083001040000001D0302000000260000000000000003015976FE06CBFEC001080000000116052709090001040000001D0302000000260000000000000003015976FE06CBFE7800FC0000000116052709093301040000001D0302000000260000000000000003015977A606CBFF3001080000000116052709100201040000001D030200001F7E'
const batchTerminal = '013567777777'

describe('a terminal', () => {
  it('registers, shows its code, reports, says that it is alive, and leaves; what is answered is stored', async () => {
    await carried('13567777777')
    const terminal = new Terminal()
    terminal.send(frame(batchTerminal, messageIds.register, 1, Buffer.alloc(37)))
    expect(await terminal.next()).toBe('8100 0001 0')
    const { code } = terminal
    expect(code).toMatch(/^[\w-]{20}$/)
    terminal.send(frame(batchTerminal, messageIds.authenticate, 2, Buffer.from(code)))
    expect(await terminal.next()).toBe('8001 0002 0102 0')
    terminal.send(batch)
    expect(await terminal.next()).toBe('8001 07f5 0704 0')
    const fixes = await stored()
    expect(fixes).toHaveLength(8)
    expect(fixes[0]).toEqual({
      fixed_at: Date.UTC(2016, 4, 27, 1, 6, 24),
      longitude: 114.031952,
      latitude: 22.639634,
    })
    // The same again, in single bytes, and then glued between two heartbeats.
    await terminal.sendByteByByte(batch)
    expect(await terminal.next()).toBe('8001 07f5 0704 0')
    const heartbeat = (serial: number): Buffer => frame(batchTerminal, messageIds.heartbeat, serial)
    terminal.send(heartbeat(8), batch, heartbeat(9), frame(batchTerminal, messageIds.logout, 10))
    for (const expected of ['8001 0008 0002 0', '8001 07f5 0704 0', '8001 0009 0002 0', '8001 000a 0003 0'])
      expect(await terminal.next()).toBe(expected)
    expect(await stored()).toHaveLength(8)
    // Logged out, it has to show its code again; one it does not have is no good.
    terminal.send(batch, frame(batchTerminal, messageIds.authenticate, 11, Buffer.from('another code')))
    expect([await terminal.next(), await terminal.next()]).toEqual(['8001 07f5 0704 1', '8001 000b 0102 1'])
  })

  it('with a code that was set by hand: the frames of a real one, byte for byte; a broken checksum is not heard', async () => {
    now = Date.parse('2014-07-23T10:00:00Z')
    await carried('13511221122', 'authentication')
    const terminal = new Terminal()
    terminal.send(
      '7E0100002D013511221122000500000000373031303748422D52303347424400000000000000000000003233363631303402CBD5424136383630387E',
    )
    // Its code stands: nobody gets another for knowing the number.
    expect(await terminal.next()).toBe('8100 0005 3')
    terminal.send('7E0102000E013511221122000661757468656E7469636174696F6E3F7E')
    expect(await terminal.next()).toBe('8001 0006 0102 0')
    const changed =
      '7E02000032013511221122000700000000000C000301578CC006CA3A5C00470000000014072317201501040000000030011631010BD07E'
    const body = '00000000000C000301578CC006CA3A5C00470000000014072317201501040000000030011631010B'
    terminal.send(changed, frame('013511221122', messageIds.location, 8, Buffer.from(body, 'hex')))
    expect(await terminal.next()).toBe('8001 0008 0200 0')
    expect(await stored()).toEqual([
      { fixed_at: Date.UTC(2014, 6, 23, 9, 20, 15), longitude: 113.916508, latitude: 22.51488 },
    ])
    now = Date.parse('2016-05-27T02:00:00Z')
  })

  it('of 2019 has its number in ten bytes', async () => {
    now = Date.parse('2026-05-09T09:00:00Z')
    await carried('866496077582164', 'of-2019')
    const terminal = new Terminal()
    const number = '00000866496077582164'
    const shown = Buffer.concat([Buffer.from([7]), Buffer.from('of-2019'), Buffer.alloc(35)])
    terminal.send(frame(number, messageIds.authenticate, 1, shown))
    expect(await terminal.next()).toBe('8001 0001 0102 0')
    terminal.send(
      '7e0704402d0100000866496077582164881d0001000028000000000000000701a00192091f2a4700160000000226050916422701040000258230010031010e507e',
    )
    expect(await terminal.next()).toBe('8001 881d 0704 0')
    expect(await stored()).toEqual([
      { fixed_at: Date.UTC(2026, 4, 9, 8, 42, 27), longitude: 153.037383, latitude: -27.263378 },
    ])
    now = Date.parse('2016-05-27T02:00:00Z')
  })

  it('sends a long message in parts: each is answered when the whole is stored', async () => {
    await carried('13567777777', 'a-code')
    const terminal = new Terminal()
    terminal.send(frame(batchTerminal, messageIds.authenticate, 1, Buffer.from('a-code')))
    await terminal.next()
    const body = Buffer.from(batch, 'hex').subarray(13, -2)
    const part = (index: number, from: number, to: number): Buffer => {
      const head = Buffer.from(`0704${(0x2000 | (to - from)).toString(16)}${batchTerminal}00`, 'hex')
      return writeFrame(Buffer.concat([head, Buffer.from([index, 0, 2, 0, index]), body.subarray(from, to)]))
    }
    terminal.send(part(2, 100, body.length))
    terminal.send(frame(batchTerminal, messageIds.heartbeat, 9))
    expect(await terminal.next()).toBe('8001 0009 0002 0')
    expect(await stored()).toEqual([])
    terminal.send(part(1, 0, 100))
    expect([await terminal.next(), await terminal.next()]).toEqual(['8001 0001 0704 0', '8001 0002 0704 0'])
    expect(await stored()).toHaveLength(8)
  })

  it('waits for its answer while too much waits to be written, and gets it then', async () => {
    await carried('13567777777', 'a-code')
    const release = receiving.fixWriter.reserve(50_000)
    const terminal = new Terminal()
    terminal.send(frame(batchTerminal, messageIds.authenticate, 1, Buffer.from('a-code')), batch)
    expect(await terminal.next()).toBe('8001 0001 0102 0')
    // What is said meanwhile is not read, let alone answered.
    terminal.send(frame(batchTerminal, messageIds.heartbeat, 2))
    expect(await stored()).toEqual([])
    release()
    expect([await terminal.next(), await terminal.next()]).toEqual(['8001 07f5 0704 0', '8001 0002 0002 0'])
    expect(await stored()).toHaveLength(8)
  })

  it('that is not known is told so, and the line ends', async () => {
    const stranger = new Terminal()
    stranger.send(frame('019999999999', messageIds.register, 1, Buffer.alloc(37)))
    expect(await stranger.next()).toBe('8100 0001 4')
    await stranger.closed
    const another = new Terminal()
    another.send(frame('019999999999', messageIds.authenticate, 1, Buffer.from('code')))
    expect(await another.next()).toBe('8001 0001 0102 1')
    await another.closed
  })

  it('is heard only after its code, and no longer once it is disabled', async () => {
    await carried('13567777777', 'a-code')
    const terminal = new Terminal()
    terminal.send(
      batch,
      frame(batchTerminal, 0x0704, 3, Buffer.from('nonsense')),
      frame(batchTerminal, 0x0900, 4),
    )
    expect([await terminal.next(), await terminal.next(), await terminal.next()]).toEqual([
      '8001 07f5 0704 1',
      '8001 0003 0704 1',
      '8001 0004 0900 3',
    ])
    terminal.send(frame(batchTerminal, messageIds.authenticate, 5, Buffer.from('a-code')))
    terminal.send(frame(batchTerminal, 0x0704, 6, Buffer.from('nonsense')))
    expect([await terminal.next(), await terminal.next()]).toEqual(['8001 0005 0102 0', '8001 0006 0704 2'])
    await changeDevice(test.db, viewer, '13567777777', now)
    receiving.devices.forget()
    terminal.send(batch)
    expect(await terminal.next()).toBe('8001 07f5 0704 1')
    await terminal.closed
    expect(await stored()).toEqual([])
  })

  it('that sends nothing but noise is hung up on', async () => {
    const noise = new Terminal()
    noise.send(Buffer.concat(Array.from({ length: 25 }, () => Buffer.from('7e0102037e', 'hex'))))
    expect(await noise.closed).toEqual([expect.any(Boolean)])
  })
})
