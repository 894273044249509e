/** `wangge device`: as a person calls it, on a database with a town in it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { device } from '../../server/cli/device.ts'
import { UsageError } from '../../server/cli/verb.ts'
import { hashOfSecret } from '../../server/commands/users/secrets.ts'
import { findDevice } from '../../server/db/devices.ts'
import { useDatabase } from '../support/database.ts'
import { now, otherTown, seedSmallTown, town } from '../support/small-town.ts'
import { lending, type Outcome, runWith } from './run-verb.ts'

const test = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'wangge-device-'))
beforeAll(() => seedSmallTown(test.db))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...argv: string[]): Promise<Outcome> =>
  runWith({ now: () => now, ...lending(test.db) }, device, ...argv)
const runAs = (viewer: string, ...argv: string[]): Promise<Outcome> =>
  runWith({ now: () => now, env: { WANGGE_VIEWER: viewer }, ...lending(test.db) }, device, ...argv)

describe('wangge device', () => {
  it('add keeps a device with who carries it; a key it makes is shown once and kept as its hash', async () => {
    const { code, out, err } = await run(
      ...['add', '48241179', '--kind', 'osmand', '--town', town, '--worker', 'w1', '--from', '2026-10-01'],
      ...['--crs', 'GCJ-02', '--name', '7号手机', '--key'],
    )
    expect([code, out]).toEqual([0, expect.stringMatching(/^[\w-]{43}\n$/)])
    expect(err).not.toContain(out.trim())
    expect(await findDevice(test.db.system(), 'osmand', '48241179')).toMatchObject({
      town,
      coordinateSystem: 'GCJ-02',
      keyHash: hashOfSecret(out.trim()),
      registered: false,
      isDisabled: false,
      bindings: [{ worker: 'w1', from: Date.parse('2026-10-01T00:00:00+08:00'), to: null }],
      box: [119.6, 29.9, 119.61, 29.91],
    })
    expect(await findDevice(test.db.system(), 'owntracks', '48241179')).toBeUndefined()
  })

  it('an id is one device in the whole service, and a terminal’s number has no leading zeros', async () => {
    expect((await run('add', '013511221122', '--kind', 'jt808', '--town', town)).code).toBe(0)
    const again = await run('add', '00000000013511221122', '--kind', 'jt808', '--town', otherTown)
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('13511221122 is a device already')])
    expect(await findDevice(test.db.system(), 'jt808', '13511221122')).toMatchObject({ town })
  })

  it('bind hands a device over: whoever carried it no longer does, and nobody gets it twice at a time', async () => {
    await run('add', 'phone', '--kind', 'osmand', '--town', town, '--worker', 'w1', '--from', '2026-10-01')
    expect((await run('bind', 'phone', '--worker', 'w2', '--from', '2026-10-05')).code).toBe(0)
    expect((await run('bind', 'phone', '--worker', 'w2')).code).toBe(0) // theirs already
    const earlier = await run('bind', 'phone', '--worker', 'w2', '--from', '2026-09-01')
    expect([earlier.code, earlier.err]).toEqual([2, expect.stringContaining('at a later moment')])
    expect((await run('end', 'phone', '--from', '2026-10-08')).code).toBe(0)
    expect((await run('end', 'phone')).err).toContain('was not found')
    const day = (text: string): number => Date.parse(`${text}T00:00:00+08:00`)
    expect((await findDevice(test.db.system(), 'osmand', 'phone'))?.bindings).toEqual([
      { worker: 'w1', from: day('2026-10-01'), to: day('2026-10-05') },
      { worker: 'w2', from: day('2026-10-05'), to: day('2026-10-08') },
    ])
    expect((await run('bind', 'phone', '--worker', 'w9')).err).toContain('Worker w9 was not found')
  })

  it('add with a worker who is not there adds nothing', async () => {
    const adding = await run('add', 'nobodys', '--kind', 'osmand', '--town', town, '--worker', 'w9')
    expect([adding.code, adding.out, adding.err]).toEqual([
      2,
      '',
      '没有找到网格员 w9 · Worker w9 was not found\n',
    ])
    expect(await findDevice(test.db.system(), 'osmand', 'nobodys')).toBeUndefined()
  })

  it('disable and enable, and list tells', async () => {
    const key = join(folder, 'key')
    writeFileSync(key, 'authentication\n')
    await run('add', 'jane/phone', '--kind', 'owntracks', '--town', town, '--key-file', key)
    await run('disable', 'jane/phone')
    const listed = JSON.parse((await run('list', '--format', 'json')).out) as { id: string }[]
    expect(listed.find((one) => one.id === 'jane/phone')).toEqual({
      id: 'jane/phone',
      kind: 'owntracks',
      town,
      name: null,
      crs: 'EPSG:4326',
      has_key: true,
      worker: null,
      bound_from: null,
      added_at: '2026-10-09T12:00:00.000Z',
      disabled_at: '2026-10-09T12:00:00.000Z',
    })
    expect((await run('list', '--town', town)).out).toMatch(/^jane\/phone +owntracks .*已停用 disabled$/m)
    await run('enable', 'jane/phone')
    expect(await findDevice(test.db.system(), 'owntracks', 'jane/phone')).toMatchObject({ isDisabled: false })
  })

  it('refuses with every reason and exit 2, and keeps nothing', async () => {
    const { code, err } = await run('add', 'a b', '--kind', 'osmand', '--town', '777', '--crs', 'MARS')
    expect(code).toBe(2)
    for (const field of ['id', 'crs', 'town']) expect(err).toContain(field)
    expect((await run('list', '--town', '777')).out).toBe('')
    await expect(run('add', 'x', '--kind', 'gsm', '--town', town)).rejects.toThrow(UsageError)
    await expect(run('list', '--worker', 'w1')).rejects.toThrow(UsageError)
  })

  it('is for administrators and supervisors of the township', async () => {
    const add = (viewer: string): Promise<Outcome> =>
      runAs(viewer, 'add', `of-${viewer}`, '--kind', 'osmand', '--town', town)
    expect((await add(`planner:${town}`)).code).toBe(2)
    expect((await add(`supervisor:${otherTown}`)).err).toContain('not yours to look after')
    expect((await add(`supervisor:${town}`)).code).toBe(0)
    expect((await runAs(`supervisor:${otherTown}`, 'disable', 'phone')).err).toContain('was not found')
    expect((await runAs(`supervisor:${otherTown}`, 'list')).out).toBe('')
  })
})
