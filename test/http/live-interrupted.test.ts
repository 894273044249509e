/** The live stream over HTTP: it goes on where it was interrupted, and ends when it must. */
import { describe, expect, it, vi } from 'vitest'
import { statement } from '../../server/db/sql.ts'
import { usualLiveTimings } from '../../server/routes/live/streams.ts'
import { useDatabase } from '../support/database.ts'
import { now, town } from '../support/small-town.ts'
import { addPeople, signIn } from '../support/users.ts'
import { brief, LiveTown } from './live-town.ts'

const test = useDatabase()
const live = new LiveTown(test)

describe('an interrupted stream', () => {
  it('goes on with exactly what it missed', async () => {
    await live.osmand('phone-1', -90)
    await live.owntracks(-90, 119.607, 29.907)
    const first = await live.follow()
    const { id = '' } = await first.next()
    first.close()
    await live.osmand('phone-1', -80)
    await live.osmand('phone-1', -70, 119.604)
    const second = await live.follow(`area=${town}`, { 'last-event-id': id })
    const missed = await second.next()
    expect(missed.event).toBe('positions')
    expect(brief(missed)).toEqual([['w1', 119.604, -70]])
    second.close()
    // Nothing missed: no event before the next position.
    const third = await live.follow(`area=${town}`, { 'last-event-id': missed.id ?? '' })
    await live.owntracks(-60, 119.606, 29.907)
    expect(brief(await third.next())).toEqual([['w2', 119.606, -60]])
  })

  it('is told who left its viewport meanwhile', async () => {
    await live.osmand('phone-1', -90)
    const query = `area=${town}&bbox=119.6,29.9,119.605,29.905`
    const first = await live.follow(query)
    const { id = '' } = await first.next()
    first.close()
    await live.osmand('phone-1', -80, 119.609)
    const second = await live.follow(query, { 'last-event-id': id })
    expect((await second.next()).data).toMatchObject({ positions: {}, gone: { [town]: ['w1'] } })
  })

  it('begins anew where the service did, or where duties changed, or with an id nobody gave', async () => {
    const first = await live.follow()
    const { id = '' } = await first.next()
    const again = async (shown: string): Promise<string> =>
      (await (await live.follow(`area=${town}`, { 'last-event-id': shown })).next()).event
    expect(await again('nonsense')).toBe('snapshot')
    expect(await again(`${id.split('.')[0]}.999`)).toBe('snapshot')
    await test.db
      .system()
      .none(statement(`update wangge.assignments set grid_code = '102' where worker_id = 'w1'`))
    await live.receiving.live.board.refresh()
    expect(await again(id)).toBe('snapshot')
    await test.db
      .system()
      .none(statement(`update wangge.assignments set grid_code = '101' where worker_id = 'w1'`))
  })
})

describe('a stream', () => {
  it('without news tells that the line stands, and where to go on', async () => {
    const stream = await live.follow()
    const { id } = await stream.next()
    expect(await stream.next('pulse')).toEqual({ event: 'pulse', id, data: { at: now } })
  })

  it('ends when the session does', async () => {
    await addPeople(test.db, [{ login: 'wang', role: 'supervisor', areas: [town] }], now)
    const service = live.serviceAs(undefined)
    const cookie = await signIn(service, 'wang')
    const origin = await live.listen(service)
    expect((await live.follow(undefined, {}, origin)).response.statusCode).toBe(401)
    const stream = await live.follow(undefined, { cookie }, origin)
    expect((await stream.next()).event).toBe('snapshot')
    await service.send((agent) => agent.delete('/api/session').set({ cookie }))
    expect(await stream.next()).toMatchObject({ event: 'end', data: { reason: 'signed_out' } })
    await vi.waitUntil(() => stream.isOver)
    await test.db.system().none(statement('delete from wangge.users'))
  })

  it('ends with the service, and no other begins', async () => {
    const stream = await live.follow()
    await stream.next()
    live.receiving.live.close()
    expect(await stream.next()).toMatchObject({ event: 'end', data: { reason: 'stopping' } })
    await vi.waitUntil(() => stream.isOver)
    expect((await live.follow()).response).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '2' },
    })
  })

  it('is one of a few of the same viewer; who hangs up makes room', async () => {
    const { mostOfOneViewer } = usualLiveTimings
    const open = await Promise.all(Array.from({ length: mostOfOneViewer }, () => live.follow()))
    expect(open.every((one) => one.response.statusCode === 200)).toBe(true)
    expect((await live.follow()).response).toMatchObject({
      statusCode: 429,
      headers: { 'retry-after': '30' },
    })
    open[0]?.close()
    await vi.waitFor(async () => expect((await live.follow()).response.statusCode).toBe(200))
  })
})
