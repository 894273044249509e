/** `wangge export`: which format is written, by `--format` or by the ending of the file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportVerb } from '../../server/cli/export.ts'
import { UsageError } from '../../server/cli/verb.ts'
import { listGround } from '../../server/db/ground-pages.ts'
import { useDatabase } from '../support/database.ts'
import { county, now, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { lending, runWith } from './run-verb.ts'

const test = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'wangge-export-'))
beforeAll(() => seedSmallTown(test.db))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const written = async (kind: string, file: string, ...options: string[]): Promise<string> => {
  const path = join(folder, file)
  const given = { now: () => now, ...lending(test.db) }
  const { code } = await runWith(given, exportVerb, kind, '--area', town, '-o', path, ...options)
  expect(code).toBe(0)
  return readFileSync(path, 'latin1').slice(0, 40)
}

it.each([
  ['grids', 'a.csv', [], /^(ï»¿)?\w+,/],
  ['grids', 'a.NDJSON', [], /^\{"type":"Feature",/],
  ['grids', 'a.geojson', [], /^\{"type":"FeatureCollection"/],
  ['grids', 'a.json', [], /^\{"type":"FeatureCollection"/],
  ['grids', 'a.2026-10', [], /^\{"type":"FeatureCollection"/],
  ['grids', 'a.geojsonl', [], /^\{"type":"Feature",/],
  ['grids', 'a.shp', ['--format', 'geojson'], /^\{"type":"FeatureCollection"/],
  ['grids', 'b.csv', ['--format', 'geojson'], /^\{"type":"FeatureCollection"/],
  ['annex3', 'a.html', [], /^<!doctype html>/i],
  ['annex3', 'a.xlsx', [], /^PK/],
  ['annex3', 'a', [], /^PK/],
])('%s into %s %j', async (kind, file, options, beginning) => {
  expect(await written(kind, file, ...options)).toMatch(beginning)
})

it('refuses a format that there is not, for what is asked', async () => {
  await expect(written('grids', 'c.geojson', '--format', 'pdf')).rejects.toBeInstanceOf(UsageError)
  await expect(written('annex3', 'c.pdf', '--format', 'csv')).rejects.toBeInstanceOf(UsageError)
  for (const file of ['c.shp', 'c.gpkg', 'c.xlsx', 'c.KML'])
    await expect(written('grids', file)).rejects.toBeInstanceOf(UsageError)
  await expect(written('annex3', 'c.csv')).rejects.toBeInstanceOf(UsageError)
})

it('gives what lies in a county, a township or a village, and refuses an area there is none of', async () => {
  const given = { now: () => now, ...lending(test.db) }
  const codesIn = async (area: string): Promise<number> => {
    const { code, out } = await runWith(given, exportVerb, 'grids', '--area', area, '--format', 'ndjson')
    expect(code).toBe(0)
    return out.split('\n').filter((line) => line !== '').length
  }
  // Two grids a village, two villages; the county has another township with one more.
  expect(await codesIn(westVillage)).toBe(2)
  expect(await codesIn(town)).toBe(4)
  expect(await codesIn(county)).toBeGreaterThan(4)
  const nowhere = await runWith(given, exportVerb, 'grids', '--area', '999999')
  expect([nowhere.code, nowhere.out]).toEqual([2, ''])
  expect(nowhere.err).toContain('Area 999999 was not found')
  const confined = { ...given, env: { WANGGE_VIEWER: `supervisor:${westVillage}` } }
  const above = await runWith(confined, exportVerb, 'grids', '--area', town, '--format', 'ndjson')
  expect(above.out.split('\n').filter((line) => line !== '')).toHaveLength(2)
})

it('says in words that a file cannot be written', async () => {
  const given = { now: () => now, ...lending(test.db) }
  const path = join(folder, 'none', 'a.geojson')
  const { code, err } = await runWith(given, exportVerb, 'grids', '-o', path)
  expect([code, err]).toEqual([
    2,
    `${path}：没有这个文件夹或文件 · ${path}: there is no such folder or file\n`,
  ])
})

it('gives the ground and the places, by pages, as they can be imported again', async () => {
  const boundary = (x: number): string =>
    `SRID=4326;MULTIPOLYGON(((${x} 29.9,${x + 0.001} 29.9,${x + 0.001} 29.901,${x} 29.901,${x} 29.9)))`
  const db = test.db.system()
  const [id, name] = ['text', 'text'] as const
  const columns = { town_id: 'text', building_id: id, name, floors: 'integer', boundary: 'geometry' } as const
  const west = [town, 'x1', '一号楼', 6, boundary(119.601)] as const
  const east = [town, 'x2', null, null, boundary(119.607)] as const
  await db.insertMany('buildings', columns, [west, east])
  const path = 'SRID=4326;MULTILINESTRING((119.601 29.901,119.602 29.901))'
  const roads = { town_id: 'text', road_id: id, name, class: 'text', path: 'geometry' } as const
  await db.insertMany('roads', roads, [[town, 'xr', '学前街', 'residential', path]])
  const villages = {
    town_id: 'text',
    village_id: id,
    village_code: 'text',
    name,
    boundary: 'geometry',
  } as const
  await db.insertMany('villages', villages, [[town, 'xv', westVillage, '王家', boundary(119.602)]])

  const given = { now: () => now, ...lending(test.db) }
  const idsIn = async (kind: string, area: string): Promise<unknown[]> => {
    const { out } = await runWith(given, exportVerb, kind, '--area', area, '--format', 'geojson')
    const { features } = JSON.parse(out) as { features: { properties: Record<string, unknown> }[] }
    return features.map(({ properties }) => properties['id'])
  }
  expect(await idsIn('buildings', town)).toEqual(expect.arrayContaining(['x1', 'x2']))
  const inWest = await idsIn('buildings', westVillage)
  expect([inWest.includes('x1'), inWest.includes('x2')]).toEqual([true, false])
  expect(await idsIn('roads', county)).toContain('xr')
  expect(await idsIn('villages', westVillage)).toContain('xv')
  expect(await idsIn('places', town)).not.toEqual([])
  const after = [town, 'x'] as const
  const [first, ...more] = await listGround(db, 'buildings', after, 1)
  expect([first?.properties, more]).toEqual([{ id: 'x1', name: '一号楼', floors: 6, town }, []])
  expect((await listGround(db, 'buildings', first!.key, 9)).map(({ key }) => key)).toEqual([[town, 'x2']])
})
