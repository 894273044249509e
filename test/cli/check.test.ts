import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { check } from '../../server/cli/check.ts'
import { parseVerbArgs, UsageError } from '../../server/cli/verb.ts'
import { type CheckReport, checkReportSchema } from '../../server/contract/check.ts'
import { hasRealData, realData } from '../support/real-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** Runs the verb as the command does; its output, its messages, its exit code. */
async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await check.run(parseVerbArgs(check, argv), {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    errIsTerminal: false,
    env: {},
    now: () => 0,
    signal: new AbortController().signal,
  })
  return { code, out, err }
}

const read = (out: string): CheckReport => checkReportSchema.parse(JSON.parse(out))

const square = (code: unknown, x: number, width = 0.01): object => ({
  type: 'Feature',
  properties: { 网格编码: code },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, 28],
        [x + width, 28],
        [x + width, 28.01],
        [x, 28.01],
        [x, 28],
      ],
    ],
  },
})
const collection = (...features: object[]): object => ({ type: 'FeatureCollection', features })

const whole = write('whole.geojson', collection(square('a', 112), square('b', 112 + 0.01)))
const overlapping = write('overlapping.geojson', collection(square('a', 112), square('a', 112 + 0.008)))

describe('exit codes', () => {
  test('0: done and nothing wrong', async () => {
    const { code, out } = await run(whole)
    expect(code).toBe(0)
    expect(out).toContain('没有发现问题 no problems')
  })

  test('1: problems, told in both languages and by code', async () => {
    const { code, out } = await run(overlapping)
    expect(code).toBe(1)
    expect(out).toContain('重叠 overlaps [overlap]: 1')
    expect(out).toContain('编码重复 repeated codes [code_repeated]: 1')
  })

  test('2: a file that cannot be used, with file and record', async () => {
    const bad = write(
      'bad.geojson',
      collection({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [1, 2] } }),
    )
    const { code, out, err } = await run(bad)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain('bad.geojson')
    expect((await run(join(folder, 'absent.geojson'))).code).toBe(2)
  })

  test.each([
    [['--sizes', '300..500']],
    [['--sizes', '500..300', '--households', 'x.csv']],
    [['--tolerance', 'two']],
    [['--gap-width', '-1']],
    [['--format', 'yaml']],
    [['--code-pattern', '(']],
    [['another.geojson']],
  ])('2: a call that cannot be used: %j', async (more) => {
    await expect(run(whole, ...more)).rejects.toThrow(UsageError)
  })
})

test('json is what the contract says', async () => {
  const households = write('households.csv', 'id,lon,lat\n1,112.009,28.005\n2,112.001,28.005\n3,0,0\n')
  const { out } = await run(overlapping, '--households', households, '--sizes', '1..1', '--format', 'json')
  const report = read(out)
  expect(report).toMatchObject({ grids: 2, valid: false })
  expect(report.households).toEqual({ total: 3, in_one: 1, in_none: 1, in_several: 1 })
  expect(report.counts).toEqual({
    overlap: 1,
    household_in_none: 1,
    household_in_several: 1,
    households_below: 1,
    code_repeated: 1,
  })
  const overlap = report.problems.find(({ code }) => code === 'overlap')!
  expect(overlap).toMatchObject({ grids: ['a', 'a'], households: 1, geometry: { type: 'MultiPolygon' } })
  // 0.002° by 0.01° at 28° N: 196.6 m by 1,108.3 m.
  expect(overlap.area_m2! / (196.6 * 1108.3)).toBeCloseTo(1, 3)
})

test('geojson has a feature for each problem and enclave', async () => {
  const { out } = await run(overlapping, '--format', 'geojson')
  const { type, features } = JSON.parse(out) as { type: string; features: { properties: { code: string } }[] }
  expect(type).toBe('FeatureCollection')
  expect(features.map(({ properties }) => properties.code).toSorted()).toEqual(['code_repeated', 'overlap'])
})

test('tolerance and gap width decide what a thread and an opening are called', async () => {
  const gapped = write('gapped.geojson', collection(square('a', 112), square('b', 112 + 0.0099999)))
  expect(read((await run(gapped, '--format', 'json')).out).counts).toEqual({ unmatched_edge: 1 })
  expect(read((await run(gapped, '--tolerance', '0.001', '--format', 'json')).out).counts).toEqual({
    overlap: 1,
  })
})

describe.runIf(hasRealData)('Chicago', () => {
  const beats = realData('data/chicago/boundaries/beats.geojson')
  const expected = (name: string): Map<string, number> => {
    const lines = readFileSync(realData(`data/chicago/expected/${name}`), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
    return new Map(lines.map((line) => [line.split(',')[0]!, Number(line.split(',')[1])]))
  }

  test.each([
    ['dwellings/airbnb_listings.csv', 'dwellings_per_beat.csv', 0],
    ['incidents/crimes_2019_sample50k.csv.gz', 'crimes2019_per_beat.csv', 266],
  ])('%s fall into beats as GEOS says (%s)', async (file, counts, withoutPlace) => {
    const { out } = await run(beats, '--households', realData(`data/chicago/${file}`), '--format', 'json')
    const report = read(out)
    const found = new Map<string, number>()
    for (const { grid, households } of report.per_grid)
      if (households) found.set(grid, (found.get(grid) ?? 0) + households)
    const wanted = expected(counts)
    const outside = wanted.get('') ?? 0
    wanted.delete('')
    for (const [beat, points] of wanted) if (points === 0) wanted.delete(beat)
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted))
    // 266 incidents have no coordinates; they are in no beat either.
    expect(report.households.in_none).toBe(outside + withoutPlace)
  })
})
