import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { check } from '../../server/cli/check.ts'
import { fix } from '../../server/cli/fix.ts'
import { UsageError } from '../../server/cli/verb.ts'
import { type CheckReport, checkReportSchema } from '../../server/contract/check.ts'
import { type FixReport, fixReportSchema } from '../../server/contract/repairs.ts'
import { demoFolder, truths } from '../demo/demo-township.ts'
import { hasRealData, realData } from '../support/real-data.ts'
import { run } from './run-verb.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-fix-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

function write(name: string, content: unknown): string {
  writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content))
  return at(name)
}

const fixed = async (...argv: string[]): Promise<FixReport> =>
  fixReportSchema.parse(JSON.parse((await run(fix, ...argv, '--format', 'json')).out))
const checked = async (...argv: string[]): Promise<CheckReport> =>
  checkReportSchema.parse(JSON.parse((await run(check, ...argv, '--format', 'json')).out))

const square = (properties: object, x: number, width = 0.01, id?: string): object => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  properties,
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
// b begins 2e-5° (2 m) west of where a ends.
const overlapping = write(
  'overlapping.geojson',
  collection(
    square({ 网格编码: 'a', 备注: '甲' }, 112, 0.01, 'f1'),
    square({ 网格编码: 'b', n: 2 }, 112.00998, 0.01),
  ),
)

describe('wangge fix', () => {
  test('repairs, tells each repair, keeps every property, and leaves nothing to find', async () => {
    const { code, out } = await run(fix, overlapping, '-o', at('out.geojson'))
    expect(code).toBe(0)
    expect(out).toContain('修补 repairs: 1')
    expect(out).toContain('没有遗留问题 no problem is left')
    const { features } = JSON.parse(readFileSync(at('out.geojson'), 'utf8'))
    expect(features.map((f: { id?: string; properties: object }) => [f.id, f.properties])).toEqual([
      ['f1', { 网格编码: 'a', 备注: '甲' }],
      [undefined, { 网格编码: 'b', n: 2 }],
    ])
    expect((await run(check, at('out.geojson'))).code).toBe(0)
    const again = await fixed(at('out.geojson'), '-o', at('again.geojson'))
    expect(again).toMatchObject({ valid: true, repairs: [], left: [], moved: { area_m2: 0 } })
    expect(readFileSync(at('again.geojson'), 'utf8')).toBe(readFileSync(at('out.geojson'), 'utf8'))
  })

  test('a protected grid keeps its ground; what no repair settles is left, told, and is exit 1', async () => {
    const one = await fixed(overlapping, '--protect', 'b', '--dry-run')
    expect(one.repairs).toMatchObject([{ option: { action: 'give', grid: 'b' } }])
    const { code, out } = await run(fix, overlapping, '--protect', 'a,b', '-o', at('kept.geojson'))
    expect(code).toBe(1)
    expect(out).toContain('every way changes a protected grid')
    expect((await checked(at('kept.geojson'))).counts).toEqual({ overlap: 1 })
  })

  test('a dry run writes nothing; an unknown grid or an output that is no GeoJSON is refused', async () => {
    const before = readdirSync(folder)
    expect((await run(fix, overlapping, '-o', at('never.geojson'), '--dry-run')).code).toBe(0)
    expect(await run(fix, overlapping, '--protect', 'zz', '-o', at('never.geojson'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('zz'),
    })
    await expect(run(fix, overlapping, '-o', at('never.shp'))).rejects.toThrow(UsageError)
    await expect(run(fix, overlapping)).rejects.toThrow(UsageError)
    expect(await run(fix, overlapping, '-o', at('nowhere/out.geojson'))).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('ENOENT'),
    })
    expect((await run(fix, at('absent.geojson'), '-o', at('never.geojson'))).code).toBe(2)
    expect(readdirSync(folder)).toEqual(before)
  })

  test('an opening wider than the limit stays, and is told', async () => {
    // 3e-5° (3 m) between the two, in an area that has them whole.
    const apart = write(
      'apart.geojson',
      collection(square({ code: 'a' }, 112), square({ code: 'b' }, 112.01003)),
    )
    const area = write('area.geojson', collection(square({}, 112, 112.01003 + 0.01 - 112)))
    const narrow = await fixed(apart, '--within', area, '--max-gap-width', '2', '--dry-run')
    expect(narrow).toMatchObject({
      valid: false,
      repairs: [],
      left: [{ problem: { code: 'inlet' }, recommended: null }],
    })
    const wide = await fixed(apart, '--within', area, '--max-gap-width', '4', '-o', at('closed.geojson'))
    expect(wide).toMatchObject({
      valid: true,
      repairs: [{ problem: { code: 'inlet' }, option: { action: 'give' } }],
    })
    expect((await run(check, at('closed.geojson'), '--within', area)).code).toBe(0)
  })

  test('versions no longer in force are written as they were; names of columns are the file’s own', async () => {
    const file = write(
      'versions.geojson',
      collection(
        square({ bianma: 'a', valid_from: '2026-01-01', valid_to: '2026-06-01' }, 112, 0.02),
        square({ bianma: 'a', valid_from: '2026-06-01' }, 112),
        square({ bianma: 'b', valid_from: '2026-01-01' }, 112.00998),
      ),
    )
    const report = await fixed(file, '--map', 'bianma=code', '-o', at('versions-out.geojson'))
    expect(report).toMatchObject({ valid: true, grids: 2, repairs: [{ problem: { code: 'overlap' } }] })
    const { features } = JSON.parse(readFileSync(at('versions-out.geojson'), 'utf8'))
    expect(features).toHaveLength(3)
    expect(features[0]).toEqual(
      square({ bianma: 'a', valid_from: '2026-01-01', valid_to: '2026-06-01' }, 112, 0.02),
    )
  })

  test('the demo township: everything planted in its lines is repaired; sizes are left and told', async () => {
    const files = ['--households', `${demoFolder}households.csv.gz`, '--within', `${demoFolder}areas.geojson`]
    const report = await fixed(
      `${demoFolder}grids.geojson`,
      ...files,
      '--sizes',
      '300..500',
      '-o',
      at('demo.geojson'),
    )
    const planted = truths.division.problems.map(({ code, grids }) => `${code} ${grids.join()}`).toSorted()
    expect(report.repairs.map(({ problem }) => `${problem.code} ${problem.grids.join()}`).toSorted()).toEqual(
      planted,
    )
    // Households in a gap or in two grids come to be in one.
    const { household_in_none: none, household_in_several: several } = truths.division
    expect(report.moved.households).toBe(none.length + several.length)
    expect(new Set(report.left.map(({ problem }) => problem.code))).toEqual(
      new Set(['households_below', 'households_above']),
    )
    const after = await checked(at('demo.geojson'), ...files)
    expect(after).toMatchObject({ valid: true, households: { total: 12_000, in_one: 12_000 } })
  })
})

describe.runIf(hasRealData)('published divisions', () => {
  const denver = realData('data/topology-denver/DenverCo_precincts2020_orig.zip')

  test('Denver 2020: no problem is left, the nine enclaves keep every byte, under 0.01 % moves', async () => {
    const before = await checked(denver)
    const report = await fixed(denver, '-o', at('denver.geojson'))
    expect(report.valid).toBe(true)
    // One overlap and four gaps, and the edges that do not match.
    expect(report.repairs).toHaveLength(before.problems.length)
    expect(report.moved.share).toBeLessThan(1e-4)
    const after = await checked(at('denver.geojson'))
    expect(after.problems).toEqual([])
    expect(after.grids).toBe(356)
    expect(after.enclaves).toHaveLength(9)
    expect(JSON.stringify(after.enclaves.map(({ geometry }) => geometry))).toBe(
      JSON.stringify(before.enclaves.map(({ geometry }) => geometry)),
    )
  })

  test.each([
    ['shanghai/boundaries/districts_gcj02_echarts.geojson', 16],
    ['yiyang/counties_gcj02_echarts.geojson', 6],
  ])('%s: every problem is repaired and listed', async (path, grids) => {
    const before = await checked(realData(`data/${path}`))
    const report = await fixed(realData(`data/${path}`), '-o', at('china.geojson'))
    expect(report).toMatchObject({ valid: true, left: [], grids })
    expect(new Set(report.repairs.map(({ problem }) => problem.id))).toEqual(
      new Set(before.problems.map(({ id }) => id)),
    )
    expect(report.moved.share).toBeLessThan(1e-4)
    expect((await checked(at('china.geojson'))).problems).toEqual([])
  })

  test('Beijing: what is left is the exclave it has', async () => {
    const report = await fixed(
      realData('data/beijing/boundaries/districts_gcj02_echarts.geojson'),
      '-o',
      at('bj.geojson'),
    )
    expect(report.left).toMatchObject([{ problem: { code: 'disconnected_part' } }])
    expect((await checked(at('bj.geojson'))).counts).toEqual({ disconnected_part: 1 })
  })
})
