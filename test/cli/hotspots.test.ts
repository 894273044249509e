import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { hotspots } from '../../server/cli/hotspots.ts'
import { analysisSchema } from '../../server/contract/analysis.ts'
import { type Hotspots, hotspotsSchema } from '../../server/contract/hotspots.ts'
import {
  hexagonAreaSquareKm,
  hexagonCentre,
  hexagonsWithin,
  pointToHexagon,
} from '../../server/core/hexagons/hexagon.ts'
import { hasRealData, realData } from '../support/real-data.ts'
import { type Outcome, run as runVerb } from './run-verb.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-hotspots-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const run = (...argv: string[]): Promise<Outcome> => runVerb(hotspots, ...argv)

const read = (out: string): Hotspots => hotspotsSchema.parse(JSON.parse(out))

// 火灾 in the seven hexagons around the middle, 盗窃 alone in some others; all in October 2026 but one.
const middle = pointToHexagon(119.58, 29.905, 9)
const ring = hexagonsWithin(middle, 1)
const far = hexagonsWithin(middle, 6).filter((_, i) => i % 9 === 8)
const row = (id: string, hexagon: string, category: string, time: string): string => {
  const [longitude, latitude] = hexagonCentre(hexagon)
  return `${id},${category},${time},${longitude},${latitude}`
}
const rows = [
  ...ring.flatMap((hexagon, i) =>
    [0, 1, 2, 3].map((k) => row(`f${i}${k}`, hexagon, '火灾', '2026-10-08 09:30')),
  ),
  ...far.map((hexagon, i) => row(`t${i}`, hexagon, '盗窃', '2026-10-31 23:59:59')),
  row('late', middle, '火灾', '2026-11-01 00:00:00'),
]
const header = '编号,类别,发生时间,经度,纬度'
const incidents = write('incidents.csv', [header, ...rows].join('\n'))
const box = [
  [119.54, 29.87],
  [119.62, 29.87],
  [119.62, 29.94],
  [119.54, 29.94],
  [119.54, 29.87],
]
const area = write('area.geojson', JSON.stringify({ type: 'Polygon', coordinates: [box] }))

describe('wangge hotspots', () => {
  it('writes what the contract says: all hexagons of the area, each with its figures', async () => {
    const { code, out } = await run(incidents, '--within', area)
    expect(code).toBe(0)
    const result = read(out)
    expect(result).toMatchObject({ resolution: 9, statistic: 'gi-star', n: result.cells.length })
    expect(result.totals.counted).toBe(rows.length)
    const cells = new Map(result.cells.map((cell) => [cell.h3, cell]))
    expect(cells.size).toBe(result.n)
    // 4 fires and the late one.
    expect(cells.get(middle)).toMatchObject({
      count: 5,
      per_km2: 5 / hexagonAreaSquareKm(middle),
      class: 'hot_0.01',
    })
  })

  it('gives the z of the formula for every hexagon, summed here the long way', async () => {
    const { cells } = read((await run(incidents, '--within', area, '--rings', '2')).out)
    const count = new Map(cells.map((cell) => [cell.h3, cell.count]))
    const n = cells.length
    const mean = cells.reduce((sum, cell) => sum + cell.count, 0) / n
    const s2 = cells.reduce((sum, cell) => sum + cell.count ** 2, 0) / n - mean ** 2
    for (const cell of cells) {
      const around = hexagonsWithin(cell.h3, 2).filter((other) => count.has(other))
      const sum = around.reduce((total, other) => total + count.get(other)!, 0)
      const k = around.length
      expect(cell.z).toBeCloseTo((sum - k * mean) / Math.sqrt((s2 * (n * k - k * k)) / (n - 1)), 10)
    }
  })

  it('counts only the category and the days asked for, the end day not included, and says what it left out', async () => {
    const { code, out } = await run(
      incidents,
      '--within',
      area,
      '--category',
      '火灾',
      '--from',
      '2026-10-08',
      '--to',
      '2026-11-01',
    )
    expect(code).toBe(0)
    const result = read(out)
    expect(result.totals).toMatchObject({ records: rows.length, counted: 28 })
    expect(result.excluded).toEqual({
      refused: 0,
      no_position: 0,
      outside: 0,
      other_category: far.length,
      other_period: 1,
    })
    expect(result.parameters).toMatchObject({ categories: ['火灾'], from: '2026-10-08', to: '2026-11-01' })
    const october = read((await run(incidents, '--within', area, '--to', '2026-10-31')).out)
    expect(october.excluded.other_period).toBe(far.length + 1)
  })

  it('tells of a category that no record has, and does not pass for success', async () => {
    const { code, out, err } = await run(incidents, '--within', area, '--category', '火宅')
    expect(code).toBe(1)
    expect(err).toContain('火宅')
    expect(read(out).totals.counted).toBe(0)
    expect(read(out).cells.every((cell) => cell.z === null && cell.class === null)).toBe(true)
  })

  it('gives rates by households, and GeoJSON with the same figures', async () => {
    const homes = Array.from({ length: 50 }, (_, i) => `h${i},${hexagonCentre(middle).join(',')}`)
    const households = write('households.csv', ['户号,经度,纬度', ...homes, 'x,,'].join('\n'))
    const call = [incidents, '--within', area, '--households', households] as const
    const { code, out } = await run(...call)
    expect(code).toBe(0)
    const result = analysisSchema.parse(JSON.parse(out))
    // 5 incidents, 50 households.
    expect(result.cells.find((cell) => cell.h3 === middle)).toMatchObject({ households: 50, rate: 100 })
    expect(result.totals.households).toEqual({
      total: 51,
      counted: 50,
      no_position: 1,
      outside: 0,
      refused: 0,
    })
    const geojson = JSON.parse((await run(...call, '--format', 'geojson')).out)
    const { features, type, ...about } = geojson
    expect(type).toBe('FeatureCollection')
    expect(features.map((feature: { properties: unknown }) => feature.properties)).toEqual(result.cells)
    expect({ ...about, cells: result.cells }).toEqual(result)
    const one = features.find((feature: { id: string }) => feature.id === middle)
    expect(one.geometry.coordinates[0]).toHaveLength(7)
    expect(one.geometry.coordinates[0][0][0]).toBeCloseTo(119.58, 1)
  })

  it('stands the hull in for an area that was not given, and says so', async () => {
    const { code, out, err } = await run(incidents)
    expect(code).toBe(0)
    expect(read(out).parameters.study_area).toBe('hull')
    expect(err).toMatch(/--within/)
  })

  it('reports records that cannot be read with file, line and field, and counts the rest', async () => {
    const broken = write(
      'broken.csv',
      [header, ...rows.slice(0, 5), 'x,火灾,2026-13-45,119.58,29.9', 'y,火灾,2026-10-08,,'].join('\n'),
    )
    const { code, out, err } = await run(broken, '--within', area)
    expect(code).toBe(1)
    expect(err).toMatch(/broken\.csv.*7.*发生时间.*2026-13-45/)
    const result = read(out)
    expect(result.totals).toMatchObject({ records: 7, counted: 5 })
    expect(result.excluded).toMatchObject({ refused: 1, no_position: 1 })
  })

  it('answers the same for the same records in another order', async () => {
    const reversed = write('reversed.csv', [header, ...rows.toReversed()].join('\n'))
    // Only the name of the file in the card is another.
    const out = (await run(reversed, '--within', area)).out.replaceAll('reversed.csv', 'incidents.csv')
    expect(out).toBe((await run(incidents, '--within', area)).out)
  })
})

describe('a call or an input that cannot be used', () => {
  it.each([
    [[]],
    [[incidents, incidents]],
    [[incidents, '--statistic', 'heat']],
    [[incidents, '--area', '990101001']],
    [[incidents, '--format', 'xlsx']],
    [['--area', '990101001', '--within', area]],
    [[incidents, '--resolution', '16']],
    [[incidents, '--resolution', 'nine']],
    [[incidents, '--rings', '0']],
    [[incidents, '--format', 'shp']],
    [[incidents, '--from', '2026-02-30']],
    [[incidents, '--from', '2026-10-08', '--to', '2026-10-08']],
    [[incidents, '--map', '类别']],
    [[incidents, '--within', area, '--resolution', '15']],
  ])('%j is a usage error', async (argv) => {
    await expect(run(...argv)).rejects.toThrow(expect.objectContaining({ name: 'UsageError' }))
  })

  it.each([
    ['a file that is not there', join(folder, 'absent.csv'), area],
    ['an area that is not there', incidents, join(folder, 'absent.geojson')],
    ['a file without the columns', write('columns.csv', 'a,b\n1,2\n'), area],
    ['a file without records', write('empty.csv', `${header}\n`), area],
    [
      'an area that is a point',
      incidents,
      write('point.geojson', '{"type":"Point","coordinates":[119.5,29.9]}'),
    ],
    ['half a file', write('half.geojson', '{"type":"FeatureCollection","features":[{"type":"Fea'), area],
  ])('%s: exit 2, the reason told, nothing written', async (_, file, within) => {
    const { code, out, err } = await run(file, '--within', within)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/\S+: .+ · .+/)
  })

  it('exits 2 as a command', () => {
    const wangge = fileURLToPath(new URL('../../scripts/wangge', import.meta.url))
    const result = spawnSync(wangge, ['hotspots', incidents, '--statistic', 'heat'], { encoding: 'utf8' })
    expect(result.status).toBe(2)
    expect(result.stdout).toBe('')
    expect(result.stderr).toContain('gi-star')
  })
})

describe.runIf(hasRealData)('Chicago, crimes of 2019', () => {
  it('counts what its README counts: 266 without coordinates, 138 in no district', async () => {
    const { code, out } = await run(
      realData('data/chicago/incidents/crimes_2019_sample50k.csv.gz'),
      '--within',
      realData('data/chicago/boundaries/districts.geojson'),
      '--resolution',
      '8',
    )
    expect(code).toBe(0)
    const { totals, excluded, cells } = read(out)
    expect(totals).toMatchObject({ records: 50_000, counted: 49_596 })
    expect(excluded).toMatchObject({ refused: 0, no_position: 266, outside: 138 })
    expect(cells.reduce((sum, cell) => sum + cell.per_km2 * hexagonAreaSquareKm(cell.h3), 0)).toBeCloseTo(
      49_596,
      6,
    )
  })

  it('counts in every beat what GEOS counts there, a beat of several features once', async () => {
    const beats = readFileSync(realData('data/chicago/boundaries/beats.geojson'), 'utf8')
    const { code, out } = await run(
      realData('data/chicago/incidents/crimes_2019_sample50k.csv.gz'),
      '--unit',
      'grid',
      '--grids',
      write('beats.geojson', beats.replaceAll('"beat_num"', '"code"')),
    )
    expect(code).toBe(0)
    const { cells, totals, excluded, card } = analysisSchema.parse(JSON.parse(out))
    expect(totals).toMatchObject({ records: 50_000, counted: 49_596 })
    expect(excluded).toMatchObject({ no_position: 266, in_no_unit: 138 })
    // Why each was left out is said in words.
    expect(card.counts.excluded.filter(({ count }) => count > 0).map(({ message }) => message.en)).toEqual([
      'without a position',
      'in no grid',
    ])
    const expected = readFileSync(realData('data/chicago/expected/crimes2019_per_beat.csv'), 'utf8')
    const lines = expected.trim().split(/\r?\n/).slice(1)
    // The line without a beat is what lies in none: the 138.
    const counts = lines.map((line): [string, number] => [line.split(',')[0]!, Number(line.split(',')[1])])
    const told = cells
      .filter(({ count }) => count > 0)
      .map(({ grid, count }): [string, number] => [grid!, count])
    expect(new Map<string, number>([['', excluded.in_no_unit], ...told])).toEqual(new Map(counts))
    expect(new Set(cells.map(({ grid }) => grid)).size).toBe(cells.length)
  })
})

it.each(['emerging', 'scan'])(
  '--statistic %s without days takes those of the records, and says which',
  async (statistic) => {
    const lines = Array.from({ length: 40 }, (_, i) => {
      const day = String((i % 28) + 1).padStart(2, '0')
      return row(`s${i}`, ring[i % ring.length]!, '火灾', `2026-10-${day}T12:00:00+08:00`)
    })
    const path = write(`${statistic}.csv`, ['id,category,time,lon,lat', ...lines].join('\n'))
    const { code, out } = await run(path, '--statistic', statistic, '--step', 'day')
    expect(code).toBe(0)
    const { steps, card } = analysisSchema.parse(JSON.parse(out))
    expect([steps?.length, steps?.[0]?.from, steps?.at(-1)?.to]).toEqual([28, '2026-10-01', '2026-10-29'])
    expect(JSON.stringify(card)).toContain('--from 2026-10-01 --to 2026-10-29')
  },
)
