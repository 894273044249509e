import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { check } from '../../server/cli/check.ts'
import { UsageError } from '../../server/cli/verb.ts'
import { type CheckReport, checkReportSchema } from '../../server/contract/check.ts'
import { hasRealData, realData } from '../support/real-data.ts'
import { type Outcome, run as runVerb } from './run-verb.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const run = (...argv: string[]): Promise<Outcome> => runVerb(check, ...argv)

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
    [['--date', '2026-02-30']],
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

test('villages and buildings are judged where they are given; a file that cannot be used is refused whole', async () => {
  const villages = write('villages.geojson', collection(square('v', 112.005)))
  const buildings = write(
    'buildings.geojson',
    collection(square('x', 112.002, 0.001), square('y', 112.0095, 0.001)),
  )
  const households = write('two.csv', 'id,lon,lat\n1,112.0097,28.005\n2,112.011,28.005\n')
  const files = ['--villages', villages, '--buildings', buildings, '--households', households]
  const { problems } = read((await run(whole, ...files, '--format', 'json')).out)
  expect(problems.map(({ code, grids, households: count }) => [code, grids, count])).toEqual([
    ['village_split', ['a', 'b'], 2],
    ['building_cut', ['a', 'b'], 1],
  ])
  const { out } = await run(whole, ...files)
  expect(out).toContain('自然村被分割 split villages [village_split]: 1')
  const refused = await run(whole, '--villages', households)
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('two.csv')
})

test('declared pieces are no fault: a column of parts, or of exclaves', async () => {
  const pieces = (column: object): string => {
    const [first, second] = [square('a', 112), square('a', 112.02)].map(
      (one) => (one as { geometry: { coordinates: unknown } }).geometry.coordinates,
    )
    return write(
      'pieces.geojson',
      collection(
        {
          type: 'Feature',
          properties: { code: 'a', ...column },
          geometry: { type: 'MultiPolygon', coordinates: [first, second] },
        },
        { ...square('b', 112 + 0.01, 112.02 - (112 + 0.01)), properties: { code: 'b' } },
      ),
    )
  }
  const counts = async (column: object): Promise<object> =>
    read((await run(pieces(column), '--format', 'json')).out).counts
  expect(await counts({})).toEqual({ disconnected_part: 1 })
  expect(await counts({ 块数: 2 })).toEqual({})
  expect(await counts({ 飞地: '1' })).toEqual({})
  expect(await counts({ 飞地: 0 })).toEqual({ disconnected_part: 1 })
  expect((await run(pieces({ parts: 'many' }))).code).toBe(2)
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

describe('grids with days of validity', () => {
  const dated = (code: string, x: number, width: number, from: string | null, to: string | null): object => {
    const feature = square(code, x, width) as { properties: object }
    return { ...feature, properties: { code, valid_from: from, valid_to: to } }
  }
  // a and b meet at 112.01 until 1 May and at 112.008 from then on; c is announced, d is given up.
  const history = write(
    'history.geojson',
    collection(
      dated('a', 112, 112.01 - 112, '2026-01-01', '2026-05-01'),
      dated('b', 112.01, 0.01, '2026-01-01', '2026-05-01'),
      dated('a', 112, 112.008 - 112, '2026-05-01', null),
      dated('b', 112.008, 0.012, '2026-05-01', null),
      dated('a', 112, 0.02, null, null),
      dated('d', 112, 0.001, '2025-01-01', '2026-01-01'),
    ),
  )
  const checkState = async (...more: string[]): Promise<CheckReport & { err: string }> => {
    const { out, err } = await run(history, '--format', 'json', ...more)
    return { ...read(out), err }
  }

  test('the latest state is checked when no day is named: no ended version, of each code the one begun last', async () => {
    const report = await checkState()
    expect(report).toMatchObject({ grids: 2, valid: true })
    expect(report.err).toContain('4 record(s) not in force')
    // a from 112 to 112.008: 786.4 m by 1,108.3 m.
    expect(report.per_grid[0]!.area_m2 / (786.4 * 1108.3)).toBeCloseTo(1, 3)
  })

  test('or those of a day, from its midnight, half-open', async () => {
    // The version of `a` without dates is always in force, over whatever else there is.
    expect(await checkState('--date', '2025-12-31')).toMatchObject({ grids: 2, counts: { overlap: 1 } })
    const before = await checkState('--date', '2026-04-30')
    const after = await checkState('--date', '2026-05-01')
    const widest = (report: CheckReport): number => Math.max(...report.problems.map((p) => p.area_m2 ?? 0))
    expect(widest(before) / widest(after)).toBeCloseTo(10 / 12, 3)
  })

  test('a file of which nothing is in force, or whose days are none, cannot be checked', async () => {
    const past = write('past.geojson', collection(dated('a', 112, 0.01, '2020-01-01', '2021-01-01')))
    expect(await run(past)).toMatchObject({ code: 2, out: '' })
    expect(await run(past, '--date', '2020-06-01')).toMatchObject({ code: 0 })
    const odd = write('odd.geojson', collection(dated('a', 112, 0.01, 'spring', null)))
    const { code, err } = await run(odd)
    expect(code).toBe(2)
    expect(err).toContain('valid_from')
  })
})

describe('within a file of areas', () => {
  const county = { type: 'Feature', properties: { code: '990427', name: '县' }, geometry: null }
  const villages = [square('990427103001', 112), square('990427103002', 112 + 0.01)]
  // With the corner at which its villages, and the grids, meet: without it the edges would not match.
  const edge = [112, 112 + 0.01, 112 + 0.01 + 0.01]
  const town = {
    type: 'Feature',
    properties: { code: '990427103' },
    geometry: {
      type: 'Polygon',
      coordinates: [[...edge.map((x) => [x, 28]), ...edge.toReversed().map((x) => [x, 28.01]), [112, 28]]],
    },
  }

  test.each([
    ['a township', [town]],
    ['its villages', villages],
    ['both, and the county without a boundary', [county, town, ...villages]],
  ])('%s is the same ground', async (_, features) => {
    const within = write('within.geojson', collection(...features))
    const { code, out, err } = await run(whole, '--within', within)
    expect(out).toContain('没有发现问题')
    expect(code).toBe(0)
    expect(err.includes('It has no geometry')).toBe(features.includes(county))
    const half = write('half.geojson', collection(square('a', 112)))
    const { problems } = read((await run(half, '--within', within, '--format', 'json')).out)
    expect(problems).toMatchObject([{ code: 'inlet', grids: ['a'] }])
  })

  test('areas without any geometry are none', async () => {
    const within = write('list.geojson', collection(county))
    expect(await run(whole, '--within', within)).toMatchObject({ code: 2, out: '' })
  })
})

test('the demo township has exactly the faults planted in it', async () => {
  const demo = (name: string): string => join(import.meta.dirname, '../../data/demo', name)
  const truths = JSON.parse(readFileSync(demo('truths.json'), 'utf8')) as {
    division: { counts: object; problems: { code: string; grids: string[]; area_m2?: number }[] }
  }
  const argv = ['--households', demo('households.csv.gz'), '--sizes', '300..500', '--format', 'json']
  const onlyTownship = write('township.geojson', township(readFileSync(demo('areas.geojson'), 'utf8')))
  for (const area of [onlyTownship, demo('areas.geojson')]) {
    const report = read((await run(demo('grids.geojson'), '--within', area, ...argv)).out)
    expect(report.counts).toEqual(truths.division.counts)
    for (const { code, grids, area_m2 } of truths.division.problems) {
      const found = report.problems.find((p) => p.code === code && p.grids.join() === grids.join())
      // The unmatched edge is planted as a line, without an area.
      expect(found?.area_m2, `${code} ${grids.join()}`).toBeCloseTo(area_m2 ?? found!.area_m2!, 1)
    }
  }
})

const township = (areas: string): object => {
  const { features } = JSON.parse(areas) as { features: { properties: { level: string } }[] }
  return collection(...features.filter(({ properties }) => properties.level === 'township'))
}

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

test('a column of --map may stand in one of the files, and must', async () => {
  const wkt = 'POLYGON((112 28,112.01 28,112.01 28.01,112 28.01,112 28))'
  const grids = write('mapped.csv', `号,wkt\nA,"${wkt}"\n`)
  const households = write('mapped-households.csv', '户,lon,lat\n1,112.005,28.005\n')
  const files = [grids, '--households', households, '--map', '号=code', '--map', '户=id']
  const { code, out } = await run(...files, '--format', 'json')
  expect(code).toBe(0)
  const { per_grid: perGrid } = checkReportSchema.parse(JSON.parse(out))
  expect(perGrid.map(({ grid, households: count }) => [grid, count])).toEqual([['A', 1]])
  await expect(run(...files, '--map', '房=id')).rejects.toThrow('no file has: 房')
})
