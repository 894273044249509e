import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { match } from '../../server/cli/match.ts'
import { UsageError } from '../../server/cli/verb.ts'
import { type Match, matchSchema } from '../../server/contract/match.ts'
import { hasRealData, realData } from '../support/real-data.ts'
import { type Outcome, run } from './run-verb.ts'

const command = fileURLToPath(new URL('../../scripts/wangge', import.meta.url))

/** As a person calls it: a process of its own. */
const asCommand = (...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(command, ['match', ...args], { maxBuffer: 1 << 28 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
/** The same without a process. */
const wangge = (...args: string[]): Promise<Outcome> =>
  run(match, ...args).catch((error: unknown) => {
    if (error instanceof UsageError) return { code: 2, out: '', err: error.message }
    throw error
  })

const folder = mkdtempSync(join(tmpdir(), 'wangge-match-'))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const resultsOf = (text: string): Match[] => z.array(matchSchema).parse(JSON.parse(text))

const box = (code: string, west: number, east: number) => ({
  type: 'Feature',
  properties: { code },
  geometry: {
    type: 'Polygon',
    coordinates: [[[west, 30], [east, 30], [east, 30.01], [west, 30.01], [west, 30]]], // biome-ignore format: a box
  },
})
const grids = file('grids.geojson', JSON.stringify({ type: 'FeatureCollection', features: [box('g1', 120, 120.01), box('g2', 120.01, 120.02)] })) // biome-ignore format: one line
// 0.001° a minute eastward, about 96 m: across the seam at 120.01.
const rows = Array.from({ length: 11 }, (_, i) => `w1,2026-10-08T01:${String(i).padStart(2, '0')}:00Z,${(120.005 + i * 0.001).toFixed(3)},30.005`) // biome-ignore format: one line
const traces = file('traces.csv', ['worker,time,lon,lat', ...rows].join('\n'))

describe('wangge match', () => {
  it('takes every grid a trace enters when nobody is assigned', async () => {
    const { code, out, err } = await wangge(traces, '--grids', grids, '--format', 'json')
    expect(code).toBe(0)
    const results = resultsOf(out)
    expect(results.map(({ worker, date, grid, seconds }) => [worker, date, grid, seconds.inside])).toEqual([
      ['w1', '2026-10-08', 'g1', 300],
      ['w1', '2026-10-08', 'g2', 300],
    ])
    expect(err).toContain('11 fixes')
  })

  it('matches to the assigned grid while the assignment lasts', async () => {
    const assignments = file('assignments.csv', 'worker,grid,from,to\nw1,g2,2026-10-01,\nw1,g1,,2026-10-08\n')
    const { out } = await wangge(traces, '--grids', grids, '--assignments', assignments, '--format', 'json')
    expect(resultsOf(out).map(({ grid }) => grid)).toEqual(['g2'])
  })

  it('counts households, obeys a policy, writes CSV and text', async () => {
    const households = file(
      'households.csv',
      'id,lon,lat\nh1,120.007,30.00505\nh2,120.007,30.008\nh3,120.5,30.5\n',
    )
    const policy = file(
      'policy.json',
      '{"household_metres": 10, "rules": [{"rule": "kilometres", "required": 0.4}]}',
    )
    const args = [traces, '--grids', grids, '--households', households, '--policy', policy]
    const { out } = await wangge(...args, '--format', 'csv')
    const [header, first] = out.split('\r\n').map((line) => line.split(','))
    const cell = (name: string): string | undefined => first![header!.indexOf(name)]
    expect([cell('grid'), cell('households_passed'), cell('households_total')]).toEqual(['g1', '1', '2'])
    expect([cell('kilometres_required'), cell('kilometres_met')]).toEqual(['0.4', 'true'])
    expect([cell('judged'), cell('lanes_metres')]).toEqual(['strict', ''])
    expect(Number(cell('metres_inside_error'))).toBeGreaterThan(0)
    expect(cell('kilometres_within_error')).toBe('false')
    const text = await wangge(...args)
    expect(text.out).toContain('w1  2026-10-08  g1')
    expect(text.out).toMatch(/达标 met\s+kilometres 0\.48 km/)
    expect(text.out).not.toContain('within the error')
  })

  it('says beside a verdict that it lies within the error, and leaves it as it is', async () => {
    // 0.48 km, right to 30 m.
    const policy = file('close.json', '{"rules": [{"rule": "kilometres", "required": 0.5}]}')
    const args = [traces, '--grids', grids, '--policy', policy]
    expect(resultsOf((await wangge(...args, '--format', 'json')).out)[0]?.rules).toEqual([
      {
        rule: 'kilometres',
        required: 0.5,
        actual: 0.48,
        unit: 'km',
        met: false,
        error: 0.03,
        within_error: true,
      },
    ])
    expect((await wangge(...args)).out).toMatch(
      /未达标 unmet {2}kilometres 0\.48 km \(≥ 0\.5\) {2}误差范围内 within the error \(± 0\.03 km\)/,
    )
  })

  it('a refused record is told and exits 1; the rest is matched', async () => {
    const broken = file('broken.csv', ['worker,time,lon,lat', ...rows, 'w1,yesterday,120,30'].join('\n'))
    const outcome = await wangge(broken, '--grids', grids, '--format', 'json')
    expect(outcome.code).toBe(1)
    expect(resultsOf(outcome.out)).toHaveLength(2)
    expect(outcome.err).toContain('line 13')
    expect(await asCommand(broken, '--grids', grids, '--format', 'json')).toEqual(outcome)
  })

  it.each<[string, string[], RegExp]>([
    ['no grids', [traces], /--grids/],
    ['an unknown format', [traces, '--grids', grids, '--format', 'xml'], /xml/],
    ['a grid nobody knows', [traces, '--grids', grids, '--assignments', file('bad.csv', 'worker,grid,from,to\nw1,g9,,\n')], /g9/],
    ['a policy with a misspelt field', [traces, '--grids', grids, '--policy', file('bad.json', '{"stay_meters": 5}')], /stay_meters/],
    ['a missing file', [join(folder, 'nothing.csv'), '--grids', grids], /nothing\.csv/],
  ])('%s: exit 2, nothing on standard output', async (_, args, reason) => {
    const { code, out, err } = await wangge(...args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(reason)
  }) // biome-ignore format: a table
})

describe.runIf(hasRealData)('wangge match on real traces', () => {
  it('the 889 Chicago trips visit the eight beats the README names, and no other', async () => {
    const { code, out } = await wangge(
      realData('data/chicago/gps/shuttle_trips.csv.gz'), '--map', 'trip_id=worker',
      '--grids', realData('data/chicago/boundaries/beats.geojson'), '--format', 'json',
    ) // biome-ignore format: a command line
    expect(code).toBe(0)
    const results = resultsOf(out)
    const beats = new Set(results.map(({ grid }) => grid))
    expect([...beats].sort()).toEqual(['0121', '0124', '1135', '1224', '1225', '1231', '1232', '1233'])
    expect(new Set(results.map(({ worker }) => worker)).size).toBe(889)
    for (const { seconds, first, last } of results)
      expect(seconds.inside + seconds.outside + seconds.unobserved + seconds.unreliable).toBe(
        (Date.parse(last) - Date.parse(first)) / 1000,
      )
  }, 300_000)

  it('one day reversed, doubled and in pieces gives the same bytes', async () => {
    const text = gunzipSync(readFileSync(realData('data/chicago/gps/shuttle_trips.csv.gz'))).toString()
    const [header, ...lines] = text.trim().split('\n')
    const day = lines.filter((line) => line.includes('2011-04-05T'))
    expect(day.length).toBeGreaterThan(1000)
    const ask = async (...files: string[]): Promise<string> => {
      const { out } = await wangge(...files, '--map', 'trip_id=worker', '--grids', realData('data/chicago/boundaries/beats.geojson'), '--format', 'json') // biome-ignore format: a command line
      return out
    }
    const csv = (name: string, body: string[]): string => file(name, [header, ...body].join('\n'))
    const whole = await ask(csv('day.csv', day))
    expect(resultsOf(whole).length).toBeGreaterThan(10)
    expect(await ask(csv('reversed.csv', day.toReversed()), csv('again.csv', day))).toBe(whole)
    const pieces = [0, 1, 2, 3, 4].map((k) =>
      csv(
        `piece-${k}.csv`,
        day.filter((_, i) => i % 5 === k),
      ),
    )
    expect(await ask(...pieces)).toBe(whole)
  }, 300_000)

  it('Beijing: the clock is GMT, both users of one trace are kept, the repeat is told', async () => {
    const haidian = file('haidian.geojson', JSON.stringify({ ...box('HD', 116.25, 116.4), geometry: { type: 'Polygon', coordinates: [[[116.25, 39.93], [116.4, 39.93], [116.4, 40.06], [116.25, 40.06], [116.25, 39.93]]] } })) // biome-ignore format: one line
    const { code, out, err } = await wangge(
      realData('data/beijing/gps/plt'),
      '--grids',
      haidian,
      '--format',
      'json',
    )
    expect(code).toBe(0)
    expect(err).toContain('003 repeats 000: 11 tracks')
    const results = resultsOf(out)
    const of = (user: string): Match[] => results.filter(({ worker }) => worker === user).map((one) => ({ ...one, worker: '' })) // biome-ignore format: one line
    expect(of('003')).toEqual(of('000'))
    // The file 20090507192952.plt starts at 19:29:52 GMT on 7 May: 03:29:52 on 8 May in Beijing.
    expect(
      of('000')
        .map(({ date, first }) => [date, first])
        .slice(0, 2),
    ).toEqual([
      ['2009-05-07', '2009-05-07T02:42:01Z'],
      ['2009-05-08', '2009-05-07T19:29:52Z'],
    ])
    expect(new Set(results.map(({ worker }) => worker)).size).toBe(10)
  }, 300_000)
})
