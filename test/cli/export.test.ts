/** `wangge export`: which format is written, by `--format` or by the ending of the file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportVerb } from '../../server/cli/export.ts'
import { UsageError } from '../../server/cli/verb.ts'
import { useDatabase } from '../support/database.ts'
import { now, seedSmallTown, town } from '../support/small-town.ts'
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
  // What it cannot write is no wish: the usual.
  ['grids', 'a.shp', [], /^\{"type":"FeatureCollection"/],
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
})
