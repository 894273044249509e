/** The live stream over HTTP: what phones report appears on it, for those who may see it. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { statement } from '../../server/db/sql.ts'
import { writeFrame } from '../../server/formats/positions/jt808/frames.ts'
import { messageIds, writeMessage } from '../../server/formats/positions/jt808/messages.ts'
import { startTerminalServer } from '../../server/routes/jt808/server.ts'
import { useDatabase } from '../support/database.ts'
import { county, eastVillage, now, otherTown, town, westVillage } from '../support/small-town.ts'
import { brief, LiveTown, positionsOf } from './live-town.ts'

const test = useDatabase()
const live = new LiveTown(test)
const log = pino({ level: 'silent' })

describe('what is reported', () => {
  it('by the OsmAnd protocol, by OwnTracks, in a batch and by a terminal over TCP appears on the stream', async () => {
    const stream = await live.follow()
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
    })
    expect(await stream.next()).toMatchObject({
      event: 'snapshot',
      data: { at: now, stale_after_s: 600, offline_after_s: 3600, positions: {}, closed: [] },
    })

    await live.osmand('phone-1', -30, 119.6025, 29.9025, '&accuracy=8&speed=1.944')
    expect(await stream.next()).toMatchObject({
      event: 'positions',
      data: {
        at: now,
        // 1.944 knots are 1.944 × 0.514444 = 1.0 m/s.
        positions: {
          [town]: [['w1', '李*光', 119.6025, 29.9025, now - 30_000, now, 8, 1, ['101'], true]],
        },
        gone: {},
      },
    })
    // West of grid 202, which is hers; 36 km/h are 10 m/s.
    await live.owntracks(-20, 119.604, 29.907)
    expect(positionsOf(await stream.next())).toEqual([
      ['w2', '王*明', 119.604, 29.907, now - 20_000, now, 12, 10, ['202'], false],
    ])
    const record = { worker: 'w1', time: new Date(now - 10_000).toISOString(), lon: 119.603, lat: 29.903 }
    await live.phones.send((agent) =>
      agent
        .post(`/ingest/fixes?town=${town}`)
        .set({ 'content-type': 'application/json' })
        .send(JSON.stringify([record])),
    )
    expect(brief(await stream.next())).toEqual([['w1', 119.603, -10]])

    const terminals = await startTerminalServer({
      ...live.receiving,
      database: test.db,
      now: () => live.clock,
      log,
      host: '127.0.0.1',
      port: 0,
    })
    const socket = connect(terminals.port, '127.0.0.1')
    const send = (id: number, serial: number, body: Uint8Array): void => {
      const terminal = { terminal: '013567777777', version: null }
      socket.write(writeFrame(writeMessage(terminal, id, serial, body)))
    }
    send(messageIds.authenticate, 1, Buffer.from('a-code'))
    await once(socket, 'data')
    // Alarm, state (positioned), latitude 29.904000, longitude 119.604000, height, speed, course, 2026-10-09 19:59:55 in Beijing.
    send(
      messageIds.location,
      2,
      Buffer.from('000000000000000301C84C0007210320000000000000261009195955', 'hex'),
    )
    expect(brief(await stream.next())).toEqual([['w1', 119.604, -5]])
    socket.destroy()
    await terminals.close()
  })

  it('and was reported before somebody looked is in the first event', async () => {
    await live.osmand('phone-1', -90)
    await live.osmand('phone-1', -60, 119.604)
    expect(brief(await (await live.follow()).next())).toEqual([['w1', 119.604, -60]])
  })

  it('late does not move a marker back; the same again is no news', async () => {
    const stream = await live.follow()
    await stream.next()
    await live.osmand('phone-1', -10)
    await stream.next()
    await live.osmand('phone-1', -600, 119.6)
    await live.osmand('phone-1', -10)
    await live.owntracks(-5, 119.607, 29.907)
    expect(brief(await stream.next())).toEqual([['w2', 119.607, -5]])
  })

  it('yesterday is not of now, but for two hours after midnight', async () => {
    await live.osmand('phone-1', -3600)
    live.clock = now + 4 * 3_600_000 + 1 // 00:00:00.001 in Shanghai
    expect(brief(await (await live.follow()).next())).toEqual([])
    live.clock = now + 4 * 3_600_000
    await live.osmand('phone-1', 3 * 3600)
    expect(brief(await (await live.follow()).next())).toEqual([['w1', 119.6025, 10_800]])
  })
})

describe('who sees what', () => {
  it('only workers with a grid in the viewer’s villages and in the area asked for', async () => {
    await live.osmand('phone-1', -30)
    await live.owntracks(-30, 119.607, 29.907)
    await live.osmand('phone-9', -30, 119.615)
    const seen = async (as: string, area: string): Promise<unknown> => {
      const stream = await live.follow(`area=${area}&follow=false`, {}, await live.listen(live.serviceAs(as)))
      if (stream.response.statusCode !== 200) return stream.response.statusCode
      const event = await stream.next()
      return [town, otherTown].flatMap((of) => positionsOf(event, of).map(([worker]) => worker)).toSorted()
    }
    expect(await seen('administrator', county)).toEqual(['w1', 'w2', 'w9'])
    expect(await seen('administrator', eastVillage)).toEqual(['w2'])
    expect(await seen(`supervisor:${town}`, county)).toEqual(['w1', 'w2'])
    expect(await seen(`supervisor:${westVillage}`, county)).toEqual(['w1'])
    expect(await seen(`supervisor:${westVillage}`, town)).toEqual(['w1'])
    expect(await seen(`supervisor:${westVillage}`, eastVillage)).toBe(404)
    expect(await seen(`supervisor:${town}`, otherTown)).toBe(404)
    expect(await seen('planner', town)).toBe(403)
  })

  it('a stream does not carry what moves elsewhere', async () => {
    const stream = await live.follow(
      `area=${town}`,
      {},
      await live.listen(live.serviceAs(`supervisor:${westVillage}`)),
    )
    await stream.next()
    await live.owntracks(-30, 119.607, 29.907)
    await live.osmand('phone-9', -30, 119.615)
    await live.osmand('phone-1', -20)
    const event = await stream.next()
    expect(brief(event)).toEqual([['w1', 119.6025, -20]])
    expect(event.data['gone']).toEqual({})
  })

  it('each connection is noted, by town', async () => {
    await test.db.system().none(statement('delete from wangge.access_log'))
    const stream = await live.follow(`area=${county}`)
    await stream.next()
    const entries = statement<{ town_id: string; viewer: string; action: string; subject: string }>(
      'select town_id, viewer, action, subject from wangge.access_log order by 1',
    )
    expect(await test.db.system().many(entries)).toEqual(
      [town, otherTown].map((of) => ({
        town_id: of,
        viewer: 'local-administrator',
        action: 'live',
        subject: `area:${county}`,
      })),
    )
  })

  it('beyond the working hours of the place nobody is shown', async () => {
    const policies = {
      area_code: 'text',
      kind: 'text',
      valid_from: 'date',
      name: 'text',
      rules: 'jsonb',
    } as const
    await live.osmand('phone-1', -30)
    const stream = await live.follow()
    expect(brief(await stream.next())).toHaveLength(1)
    await test.db
      .system()
      .insertMany('policies', policies, [
        [town, 'patrol', '2026-10-01', '工作时段', { liveFromHour: 8, liveToHour: 18 }],
      ])
    try {
      // It is 20:00.
      await live.receiving.live.board.refresh()
      const closed = [{ town, from_hour: 8, to_hour: 18 }]
      expect((await stream.next()).data).toMatchObject({ positions: {}, gone: { [town]: ['w1'] }, closed })
      expect((await (await live.follow()).next()).data).toMatchObject({ positions: {}, closed })
      await live.osmand('phone-1', -20)
      live.clock = now + 12 * 3_600_000 // 08:00 the next morning
      await live.osmand('phone-1', 12 * 3600 - 5)
      await live.receiving.live.board.refresh()
      const reopened = await stream.next()
      expect([brief(reopened), reopened.data['closed']]).toEqual([[['w1', 119.6025, 43_195]], []])
    } finally {
      await test.db.system().none(statement(`delete from wangge.policies where kind = 'patrol'`))
    }
  })
})

describe('the viewport', () => {
  it('holds who is in it; who leaves it is gone, who was never in it is not told of', async () => {
    await live.osmand('phone-1', -60)
    const stream = await live.follow(`area=${town}&bbox=119.6,29.9,119.605,29.905`)
    expect(brief(await stream.next())).toEqual([['w1', 119.6025, -60]])
    await live.owntracks(-50, 119.607, 29.907)
    await live.osmand('phone-1', -40, 119.606)
    const left = await stream.next()
    expect([brief(left), left.data['gone']]).toEqual([[], { [town]: ['w1'] }])
    await live.osmand('phone-1', -30, 119.605)
    expect(brief(await stream.next())).toEqual([['w1', 119.605, -30]])
    for (const bbox of ['1,2,3', '3,2,1,4', 'a,b,c,d'])
      expect((await live.follow(`area=${town}&bbox=${bbox}`)).response.statusCode).toBe(400)
  })
})
