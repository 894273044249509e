/** Divisions as published, with what was measured of them elsewhere (the README files beside the data). */
import { describe, expect, test } from 'vitest'
import {
  type CheckReport,
  checkDivision,
  type DivisionGrid,
} from '../../../server/core/coverage/check-division.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { fileAt } from '../../../server/formats/input-file.ts'
import { readFeatures } from '../../../server/formats/read-features.ts'
import { hasRealData, realData } from '../../support/real-data.ts'

async function geometries(path: string): Promise<AreaGeometry[]> {
  const list: AreaGeometry[] = []
  for await (const read of readFeatures(fileAt(realData(`data/${path}`)))) {
    if ('flaws' in read) throw new Error(read.flaws.map((flaw) => flaw.message.en).join())
    list.push(read.record.geometry as AreaGeometry)
  }
  return list
}

const check = async (path: string): Promise<CheckReport> =>
  checkDivision({
    grids: (await geometries(path)).map((geometry, i): DivisionGrid => ({ code: `${i}`, geometry })),
  })

const total = (list: readonly { areaSquareMetres: number | null }[]): number =>
  list.reduce((sum, one) => sum + one.areaSquareMetres!, 0)

describe.runIf(hasRealData)('as published', () => {
  test('Chicago: beats whole; within the districts 23 m² of threads under 1.2 cm, one problem a pair', async () => {
    const grids = (await geometries('chicago/boundaries/beats.geojson')).map((geometry, i) => ({
      code: `${i}`,
      geometry,
    }))
    expect(checkDivision({ grids })).toMatchObject({ problems: [], enclaves: [] })
    const districts = await geometries('chicago/boundaries/districts.geojson')
    const within: AreaGeometry = {
      type: 'MultiPolygon',
      coordinates: districts.flatMap((one) => (one.type === 'Polygon' ? [one.coordinates] : one.coordinates)),
    }
    const { problems, counts } = checkDivision({ grids, within })
    expect(Object.keys(counts)).toEqual(['unmatched_edge'])
    expect(new Set(problems.map((problem) => problem.grids.join())).size).toBe(problems.length)
    expect(total(problems)).toBeGreaterThan(22)
    expect(total(problems)).toBeLessThan(24)
    expect(Math.max(...problems.map((problem) => problem.widthMetres!))).toBeLessThan(0.012)
  })

  test.each(['wards', 'community_areas'])(
    'Chicago %s: three enclaves of 8,814,345 m², no problem',
    async (name) => {
      const { problems, enclaves } = await check(`chicago/boundaries/${name}.geojson`)
      expect(problems).toEqual([])
      expect(enclaves).toHaveLength(3)
      // The figure is of EPSG:26971, whose areas are up to 3e-5 off the ellipsoid's here.
      expect(total(enclaves) / 8_814_345).toBeCloseTo(1, 4)
    },
  )

  test('Denver 2020: one overlap of 12.96 m², four slivers as gaps, what is narrower unmatched, nine enclaves', async () => {
    const { problems, counts, enclaves } = await check('topology-denver/DenverCo_precincts2020_orig.zip')
    expect(counts['overlap']).toBe(1)
    expect(problems.find(({ code }) => code === 'overlap')!.areaSquareMetres).toBeCloseTo(12.97, 1)
    const gaps = problems.filter(({ code }) => code === 'gap')
    expect(gaps).toHaveLength(4)
    for (const { widthMetres } of gaps) {
      expect(widthMetres).toBeGreaterThan(0.025)
      expect(widthMetres).toBeLessThan(0.05)
    }
    expect(enclaves).toHaveLength(9)
    expect(Math.min(...enclaves.map(({ widthMetres }) => widthMetres))).toBeGreaterThan(56)
    expect(counts['invalid_geometry']).toBeUndefined()
  })

  test.each(['2016_orig', '2016_repaired', '2018_orig', '2018_repaired', '2020_repaired'])(
    'Denver %s: no overlap, ten enclaves, all valid',
    async (name) => {
      const { counts, enclaves } = await check(`topology-denver/DenverCo_precincts${name}.zip`)
      expect(counts).not.toHaveProperty('overlap')
      expect(counts).not.toHaveProperty('gap')
      expect(counts).not.toHaveProperty('invalid_geometry')
      expect(enclaves).toHaveLength(10)
    },
  )

  test('Shanghai: nine invalid, 19 overlapping pairs of 667,765 m², 29 openings of 557,288 m²', async () => {
    const { problems, counts, enclaves } = await check('shanghai/boundaries/districts_gcj02_echarts.geojson')
    expect(counts).toMatchObject({ invalid_geometry: 9, overlap: 19 })
    const overlaps = problems.filter(({ code }) => code === 'overlap')
    const openings = [...enclaves, ...problems.filter(({ code }) => code === 'gap' || code === 'hole')]
    expect(openings).toHaveLength(29)
    // Measured in EPSG:32651; three to four digits are what its scale and straight lines leave in common.
    expect(total(overlaps) / 667_765).toBeCloseTo(1, 3)
    expect(total(openings) / 557_288).toBeCloseTo(1, 3)
  })

  test('Beijing: the twelve that GEOS calls invalid in these coordinates; Yiyang: one, a spike', async () => {
    // ST_IsValid in longitude and latitude; projected, two of the spikes open up and ten are left (none in Yiyang).
    expect((await check('beijing/boundaries/districts_gcj02_echarts.geojson')).counts).toMatchObject({
      invalid_geometry: 12,
    })
    expect((await check('yiyang/counties_gcj02_echarts.geojson')).counts).toEqual({ invalid_geometry: 1 })
  })

  test('Liechtenstein: exclaves behind other municipalities are told, nothing else', async () => {
    const { counts, areaSquareMetres } = await check('liechtenstein/boundaries/admin_level_8.geojson')
    expect(counts).toEqual({ disconnected_part: 7 })
    // EPSG:2056 says 160.4996 km².
    expect(areaSquareMetres / 160_499_600).toBeCloseTo(1, 4)
  })
})
