/** Proposals for the demo township and for a real country. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { check } from '../../server/cli/check.ts'
import { propose } from '../../server/cli/propose.ts'
import { hasRealData, realData } from '../support/real-data.ts'
import { gridsOf, run } from './run-verb.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-propose-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the demo township: every village is in the band, or named with the proof that its ground cannot be', async () => {
  const demo = (name: string): string => fileURLToPath(new URL(`../../data/demo/${name}`, import.meta.url))
  const output = join(folder, 'demo.geojson')
  const { out } = await run(
    propose,
    ...['--within', demo('areas.geojson'), '--roads', demo('roads.geojson')],
    ...['--households', demo('households.csv.gz'), '--villages', demo('villages.geojson')],
    ...['--format', 'json', '-o', output],
  )
  const report = JSON.parse(out) as {
    plans: { groups_split: number }[]
    areas: { village: string }[]
    impossible: { village: string }[]
    not_found: object[]
  }
  expect(report.plans).toMatchObject([{ groups_split: 0 }])
  expect(report.not_found).toEqual([])
  expect(report.areas).toHaveLength(8)
  const named = new Set(report.impossible.map(({ village: code }) => code))
  const { features } = gridsOf(output)
  const outside = features.filter(({ properties }) => properties['in_band'] === false)
  expect(new Set(outside.map(({ properties }) => properties['village']))).toEqual(named)
  // Both communities of the town have streets enough.
  expect([...named].filter((code) => code.startsWith('9904271030'))).toEqual([])
  const checked = await run(
    check,
    ...[
      output,
      '--within',
      demo('areas.geojson'),
      '--households',
      demo('households.csv.gz'),
      '--format',
      'json',
    ],
  )
  expect(JSON.parse(checked.out)).toMatchObject({ valid: true, households: { total: 12000, in_one: 12000 } })
}, 120_000)

describe.runIf(hasRealData)('the municipalities of Liechtenstein, buildings as households', () => {
  const file = (name: string): string => realData(`data/liechtenstein/${name}`)
  const within = ['--within', file('boundaries/admin_level_8.geojson')]
  const options = [
    ...within,
    ...['--roads', file('roads/highways.geojson'), '--households', file('households/buildings.geojson')],
    ...['--sizes', '150..250', '--format', 'json'],
  ]

  test('each is divided where that is possible; ground apart with too few houses is named with the proof', async () => {
    const output = join(folder, 'liechtenstein.geojson')
    const { code, out } = await run(propose, ...options, '-o', output)
    const report = JSON.parse(out) as {
      areas: { village: string; households: number; verdict: string }[]
      impossible: { households: number; proofs: { code: string }[] }[]
      not_found: object[]
    }
    expect(code).toBe(1)
    expect(report.not_found).toEqual([])
    const feasible = report.areas.filter(({ verdict }) => verdict === 'feasible')
    // The largest part of each of the eleven, and the two of Triesenberg.
    expect(new Set(feasible.map(({ village: name }) => name)).size).toBe(11)
    expect(report.areas).toHaveLength(feasible.length + report.impossible.length)
    // 150 households make a grid: what is left are exclaves with fewer.
    for (const { households: count, proofs } of report.impossible) {
      expect(count).toBeLessThan(150)
      expect(proofs.map((proof) => proof.code)).toEqual(['too_few_households'])
    }
    expect((await run(check, output, ...within)).out).toContain('没有发现问题 no problems')
  }, 180_000)

  test('every grid is in the band when exclaves may go with the nearest ground', async () => {
    const output = join(folder, 'exclaves.geojson')
    const { code, out } = await run(propose, ...options, '--join-exclaves', '-o', output)
    expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({ code: 0, impossible: [], not_found: [] })
    expect((await run(check, output, ...within)).out).toContain('没有发现问题 no problems')
  }, 180_000)
})
