/** GeoLife's phone traces of Beijing through `wangge import`: unknown workers, a clock in GMT, two users with one set of files. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importVerb } from '../../server/cli/import.ts'
import { statement } from '../../server/db/sql.ts'
import { lending, type Outcome, runWith } from '../cli/run-verb.ts'
import { useDatabase } from '../support/database.ts'
import { hasRealData, realData } from '../support/real-data.ts'

/** A hundred thousand fixes three times, on a machine that may be busy. */
const minutes = 300_000

const town = '110108001'
const traces = realData('data/beijing/gps/plt')

/** One grid around what the README says holds at least 95 % of the fixes. */
const haidian = {
  type: 'Feature',
  properties: { code: `${town}001101` },
  geometry: {
    type: 'Polygon',
    coordinates: [[[116.25, 39.93], [116.4, 39.93], [116.4, 40.06], [116.25, 40.06], [116.25, 39.93]]], // biome-ignore format: a box
  },
}

interface ManifestRow {
  readonly user: string
  readonly points: string
  readonly repeated_timestamps: string
  readonly start_gmt: string
  readonly end_gmt: string
}

describe.runIf(hasRealData)('Beijing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wangge-beijing-'))
  let manifest: ManifestRow[]
  let users: string[]
  const test = useDatabase()
  const wangge = (...args: string[]): Promise<Outcome> =>
    runWith({ now: () => Date.now(), ...lending(test.db) }, importVerb, ...args)

  beforeAll(async () => {
    manifest = parse(readFileSync(realData('data/beijing/gps/manifest.csv'), 'utf8'), { columns: true })
    users = [...new Set(manifest.map(({ user }) => user))].sort()
    const grid = join(folder, 'haidian.geojson')
    writeFileSync(grid, JSON.stringify(haidian))
    const { code, err } = await wangge('grids', grid, '--area', town)
    if (code !== 0) throw new Error(err)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const pointsOf = (user: string): number =>
    manifest
      .filter((one) => one.user === user)
      .reduce((sum, one) => sum + Number(one.points) - Number(one.repeated_timestamps), 0)

  it(
    'workers nobody knows are refused once each, with the number of their fixes, and nothing is written',
    async () => {
      const { code, out, err } = await wangge('traces', traces, '--area', town)
      expect(code).toBe(2)
      expect(JSON.parse(out)).toMatchObject({ state: 'refused', added: 0, refused: 94_018 })
      const refused = [...err.matchAll(/There is no such worker.* \((\d+) × (\d+)\)/g)]
      expect(users).toHaveLength(10)
      expect(refused.map(([, user, fixes]) => [user, Number(fixes)])).toEqual(
        users.map((user) => [user, pointsOf(user)]),
      )
      const counts = await test.db
        .system()
        .one(
          statement<object>(
            `select (select count(*)::int from wangge.fixes) as fixes, (select count(*)::int from wangge.workers) as workers`,
          ),
        )
      expect(counts).toEqual({ fixes: 0, workers: 0 })
    },
    minutes,
  )

  it(
    'with --new-workers every fix of every user is kept at its moment in GMT, and the repeat is told',
    async () => {
      const { code, out, err } = await wangge('traces', traces, '--area', town, '--new-workers') // biome-ignore format: a command line
      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({ read: 94_018, added: 94_018, refused: 0 })
      expect(err.match(/repeats/g)).toHaveLength(1)
      expect(err).toContain('003 repeats 000: 11 tracks')

      const stored = await test.db.system().many(
        statement<{ user: string; fixes: number; first: number; last: number }>(
          `select worker_id as user, count(*)::int as fixes, min(fixed_at) as first, max(fixed_at) as last
           from wangge.fixes group by worker_id order by worker_id`,
        ),
      )
      const first = await test.db
        .system()
        .many(
          statement<object>(
            `select worker_id, longitude, latitude from wangge.fixes where fixed_at = '2009-05-07T02:42:01Z' order by worker_id`,
          ),
        )
      const days = await test.db
        .system()
        .many(
          statement<{ day: string }>(
            `select distinct day from wangge.traces where worker_id = '000' order by day limit 2`,
          ),
        )
      expect(stored).toEqual(
        users.map((user) => {
          const files = manifest.filter((one) => one.user === user)
          return {
            user,
            fixes: pointsOf(user),
            first: Math.min(...files.map(({ start_gmt }) => Date.parse(start_gmt))),
            last: Math.max(...files.map(({ end_gmt }) => Date.parse(end_gmt))),
          }
        }),
      )
      // The first line of 000/Trajectory/20090507024201.plt, and of the same file of 003.
      const [, , , , , , line = ''] = readFileSync(join(traces, '000/Trajectory/20090507024201.plt'), 'utf8').split(/\r?\n/) // biome-ignore format: one line
      const [latitude, longitude] = line.split(',').map(Number)
      expect(line).toContain('2009-05-07,02:42:01')
      expect(first).toEqual(['000', '003'].map((worker_id) => ({ worker_id, longitude, latitude })))
      // 20090507192952.plt is of 7 May in its name and in GMT, of 8 May, 03:29, in Beijing.
      expect(days).toEqual([{ day: '2009-05-07' }, { day: '2009-05-08' }])
    },
    minutes,
  )

  it(
    'the same folder once more changes nothing',
    async () => {
      const { code, out } = await wangge('traces', traces, '--area', town)
      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({ added: 0, changed: 0, unchanged: 94_018, repeated: 0 })
    },
    minutes,
  )
})
