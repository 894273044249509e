import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { check } from '../../server/cli/check.ts'
import { propose } from '../../server/cli/propose.ts'
import { UsageError } from '../../server/cli/verb.ts'
import { gridsOf, run } from './run-verb.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-propose-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const feature = (geometry: object, properties: object): object => ({ type: 'Feature', properties, geometry })
const collection = (...features: object[]): object => ({ type: 'FeatureCollection', features })
const rectangle = (west: number, south: number, east: number, north: number): object => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

// A village 0.04° by 0.02° cut by streets into eight blocks of 0.01°, with 5 households in the middle of each.
const west = 112
const south = 28
const village = (code: string, at: number): object =>
  feature(rectangle(at, south, at + 0.04, south + 0.02), { code })
const streets = (at: number): object[] => [
  ...[0.01, 0.02, 0.03].map((x) =>
    feature(
      {
        type: 'LineString',
        coordinates: [
          [at + x, south],
          [at + x, south + 0.01],
          [at + x, south + 0.02],
        ],
      },
      { highway: 'residential', name: `${x}` },
    ),
  ),
  feature(
    {
      type: 'LineString',
      coordinates: [0, 0.01, 0.02, 0.03, 0.04].map((x) => [at + x, south + 0.01]),
    },
    { highway: 'primary', name: '中路' },
  ),
]
const households = (at: number): string[] =>
  [0, 1, 2, 3, 4, 5, 6, 7].flatMap((block) =>
    [0, 1, 2, 3, 4].map(
      (i) =>
        `${at}-${block}-${i},${at + 0.01 * (block % 4) + 0.003 + 0.001 * i},${south + 0.01 * Math.floor(block / 4) + 0.005},3`,
    ),
  )

const area = write('area.geojson', collection(village('v1', west)))
const roads = write('roads.geojson', collection(...streets(west)))
const people = write('people.csv', ['户号,lon,lat,人口', ...households(west)].join('\n'))
const inputs = ['--within', area, '--roads', roads, '--households', people]

describe('a village', () => {
  test('is divided into grids that the check accepts, each with its figures', async () => {
    const output = join(folder, 'out.geojson')
    const { code, out } = await run(propose, ...inputs, '--sizes', '18..22', '-o', output)
    expect(code).toBe(0)
    expect(out).toContain('2 个网格 grids, 2/2 在 within 18–22')
    const { features } = gridsOf(output)
    // Four blocks each, with 20 households of 3 persons. The middle street is the strongest line, and the longest.
    expect(features.map(({ properties }) => properties)).toMatchObject(
      [1, 2].map((number) => ({
        plan: 1,
        code: `new-${number}`,
        kind: 'ordinary',
        village: 'v1',
        households: 20,
        persons: 60,
        in_band: true,
        barrier_share: 1,
      })),
    )
    const checked = await run(check, output, '--within', area, '--households', people, '--sizes', '18..22')
    expect(checked).toMatchObject({ code: 0 })
  })

  test('gives the same bytes for the same seed, and several plans as files of their own', async () => {
    const [first, again] = [join(folder, 'first.geojson'), join(folder, 'again.geojson')]
    const options = [...inputs, '--sizes', '10..15', '--plans', '3', '--seed', '7', '-o']
    await run(propose, ...options, first)
    await run(propose, ...options, again)
    for (const end of ['', '-2'])
      expect(readFileSync(again.replace('.geojson', `${end}.geojson`), 'utf8')).toBe(
        readFileSync(first.replace('.geojson', `${end}.geojson`), 'utf8'),
      )
    expect(readFileSync(first, 'utf8')).not.toBe(
      readFileSync(first.replace('.geojson', '-2.geojson'), 'utf8'),
    )
  })

  test('that cannot be divided is named with its proof, and still gets a plan', async () => {
    const output = join(folder, 'impossible.geojson')
    const { code, out } = await run(propose, ...inputs, '--sizes', '25..35', '--format', 'json', '-o', output)
    expect(code).toBe(1)
    const report = JSON.parse(out) as { impossible: { village: string; proofs: object[] }[] }
    // 40 households: one grid holds 35, two need 50.
    expect(report.impossible).toMatchObject([
      {
        village: 'v1',
        proofs: [{ code: 'between_two_counts', households: 40, grids: 1, most: 35, least: 50 }],
      },
    ])
    expect((await run(check, output, '--within', area)).code).toBe(0)
  })

  test('keeps dedicated sites and natural villages whole, and houses count as households', async () => {
    const school = write(
      'school.geojson',
      collection(feature(rectangle(west, south, west + 0.01, south + 0.01), { code: 's1', name: '小学' })),
    )
    const natural = write(
      'natural.geojson',
      collection(
        feature(rectangle(west + 0.01, south, west + 0.03, south + 0.01), { id: 'n1', name: '王家' }),
      ),
    )
    const houses = write(
      'houses.geojson',
      collection(
        ...[0, 1, 2, 3, 4, 5, 6, 7].map((block) => {
          const [x, y] = [west + 0.01 * (block % 4) + 0.004, south + 0.01 * Math.floor(block / 4) + 0.004]
          return feature(rectangle(x, y, x + 0.001, y + 0.001), {})
        }),
      ),
    )
    const output = join(folder, 'kept.geojson')
    const options = ['--within', area, '--roads', roads, '--households', houses, '--dedicated', school]
    const { code, out } = await run(
      propose,
      ...options,
      '--villages',
      natural,
      '--sizes',
      '3..4',
      '-o',
      output,
    )
    expect(out).toContain('专属 dedicated 小学')
    expect({ code, out }).toMatchObject({ code: 0 })
    const figures = gridsOf(output).features.map(({ properties: p }) => [
      p['kind'],
      p['name'],
      p['households'],
      p['persons'],
    ])
    // Eight houses, one of them the school's: seven make a grid of three and one of four. Nobody said how many live there.
    expect(figures.toSorted((p, q) => (String(p) < String(q) ? -1 : 1))).toEqual([
      ['dedicated', '小学', 1, null],
      ['ordinary', null, 3, null],
      ['ordinary', null, 4, null],
    ])
    const report = await run(check, output, '--within', area, '--villages', natural)
    expect(report).toMatchObject({ code: 0 })
  })

  test('says which natural village to divide where none can be kept whole, and divides it when told to', async () => {
    const natural = write(
      'divisible.geojson',
      collection(
        feature(rectangle(west + 0.01, south, west + 0.03, south + 0.01), { id: 'n1', name: '王家' }),
      ),
    )
    const houses = write(
      'eight.geojson',
      collection(
        ...[0, 1, 2, 3, 4, 5, 6, 7].map((block) => {
          const [x, y] = [west + 0.01 * (block % 4) + 0.004, south + 0.01 * Math.floor(block / 4) + 0.004]
          return feature(rectangle(x, y, x + 0.001, y + 0.001), {})
        }),
      ),
    )
    // A house a block, a house a grid: the natural village of two blocks is one too many.
    const options = ['--within', area, '--roads', roads, '--households', houses, '--villages', natural]
    const asked = [...options, '--sizes', '1..1', '-o', join(folder, 'cut.geojson')]
    const whole = await run(propose, ...asked)
    expect(whole.code).toBe(1)
    expect(whole.out).toContain('批准将自然村 n1（共 2 户）分在两个以上网格')
    const cut = await run(propose, ...asked, '--may-cut', 'n1')
    expect(cut.out).toContain('按所选分割了 n1')
    expect(cut.code).toBe(0)
  })

  test('says which file cannot be written', async () => {
    const output = join(folder, 'no such folder', 'out.geojson')
    const { code, err } = await run(propose, ...inputs, '-o', output)
    expect(code).toBe(2)
    expect(err).toContain(`${output}: 不能写入 · cannot be written`)
  })

  test('of a township with its villages is taken from the lowest level', async () => {
    const both = write(
      'levels.geojson',
      collection(
        feature(rectangle(west, south, west + 0.08, south + 0.02), { code: 't', name: '镇' }),
        ...[west, west + 0.04].map((at, i) => {
          const { properties: _none, ...shape } = village('', at) as { properties: object; geometry: object }
          return { ...shape, properties: { code: `v${i + 1}`, parent_code: 't' } }
        }),
      ),
    )
    const output = join(folder, 'levels-out.geojson')
    const all = write(
      'all.csv',
      ['户号,lon,lat,人口', ...households(west), ...households(west + 0.04)].join('\n'),
    )
    const lines = write('lines.geojson', collection(...streets(west), ...streets(west + 0.04)))
    await run(
      propose,
      '--within',
      both,
      '--roads',
      lines,
      '--households',
      all,
      '--sizes',
      '35..45',
      '-o',
      output,
    )
    expect(gridsOf(output).features.map(({ properties: p }) => [p['village'], p['households']])).toEqual([
      ['v1', 40],
      ['v2', 40],
    ])
  })
})

describe('what cannot be used', () => {
  test('a call without its files, or with options that mean nothing, is refused', async () => {
    await expect(run(propose, '--within', area, '--roads', roads, '-o', 'x.geojson')).rejects.toThrow(
      UsageError,
    )
    await expect(run(propose, ...inputs)).rejects.toThrow(UsageError)
    await expect(run(propose, ...inputs, '-o', 'x.shp')).rejects.toThrow(UsageError)
    await expect(run(propose, ...inputs, '-o', 'x.geojson', '--plans', '0')).rejects.toThrow(UsageError)
    await expect(run(propose, ...inputs, '-o', 'x.geojson', '--seed', 'a')).rejects.toThrow(UsageError)
  })

  test('an area that is no polygon is refused with its place, and nothing is written', async () => {
    const line = write(
      'line.geojson',
      collection(feature({ type: 'Point', coordinates: [112, 28] }, { code: 'p' })),
    )
    const output = join(folder, 'none.geojson')
    const { code, err } = await run(
      propose,
      '--within',
      line,
      '--roads',
      roads,
      '--households',
      people,
      '-o',
      output,
    )
    expect(code).toBe(2)
    expect(err).toContain('line.geojson · 第 1 条 record 1')
    expect(existsSync(output)).toBe(false)
  })

  test('a household that cannot be read is left out and told', async () => {
    const broken = write(
      'broken.csv',
      ['户号,lon,lat,人口', ...households(west), 'x,not a number,28,2'].join('\n'),
    )
    const { err } = await run(
      propose,
      ...['--within', area, '--roads', roads, '--households', broken, '--sizes', '18..22'],
      ...['-o', join(folder, 'told.geojson')],
    )
    expect(err).toContain('broken.csv · 第 42 行 line 42')
  })
})
