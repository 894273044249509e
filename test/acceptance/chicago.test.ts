/**
 * A city from files to figures: grids, dwellings and incidents go in through the command, come out of it and of a served
 * instance, and fall into the beats as GEOS (another engine, another programme) has counted them.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportVerb } from '../../server/cli/export.ts'
import { importVerb } from '../../server/cli/import.ts'
import type { Verb } from '../../server/cli/verb.ts'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import { type RunningServer, startServer } from '../../server/start.ts'
import { lending, type Outcome, runWith } from '../cli/run-verb.ts'
import { type TestPlace, testPlace } from '../support/place.ts'
import { hasRealData, realData } from '../support/real-data.ts'
import { wangge } from './command.ts'

const hasGdal = spawnSync('ogrinfo', ['--version']).status === 0
if (!hasGdal) process.stderr.write('GDAL is not installed: its reading of Chicago over /ogc is not tested\n')

/** Processes one after another, on a machine that may be busy. */
const minutes = 300_000

const folder = mkdtempSync(join(tmpdir(), 'wangge-chicago-'))
const chicago = (path: string): string => realData(`data/chicago/${path}`)

/** Kind, arguments, records read, added, refused, exit code; the README of the data says the numbers. */
const imports = [
  // Beat 3100 is three features of the file: two of them are further parts of one grid.
  ['grids', [chicago('boundaries/beats.geojson'), '--map', 'beat_num=code'], 277, 275, 0, 0],
  ['households', [chicago('dwellings/airbnb_listings.csv')], 8604, 8604, 0, 0],
  // 266 crimes have no coordinates.
  [
    'incidents',
    [chicago('incidents/crimes_2019_sample50k.csv.gz'), '--accept-valid'],
    50_000,
    49_734,
    266,
    1,
  ],
] as const
const exported = [
  ['households', 'dwellings_per_beat.csv', 8604],
  ['incidents', 'crimes2019_per_beat.csv', 49_734],
] as const

const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true })

/** Records a beat; '' is outside of all. */
function tally(rows: readonly Record<string, string>[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { grid = '' } of rows) counts.set(grid, (counts.get(grid) ?? 0) + 1)
  return counts
}

/** The counts of an independent engine, kept beside the data. */
const expectedPerBeat = (file: string): Map<string, number> =>
  new Map(
    rowsOf(readFileSync(chicago(`expected/${file}`), 'utf8')).map(
      ({ beat_num = '', points }): [string, number] => [beat_num, Number(points)],
    ),
  )

describe.runIf(hasRealData)('Chicago', () => {
  let place: TestPlace
  /** Open from after the first call, which is a process of its own and opens it itself. */
  let db: Database | undefined
  const refusals = join(folder, 'refused.csv')

  const call = (verb: Verb, ...args: readonly string[]): Promise<Outcome> => {
    if (db) return runWith({ now: () => Date.now(), ...lending(db) }, verb, ...args)
    return wangge(place, verb.name, ...args)
  }
  const importAll = async (): Promise<Outcome[]> => {
    const outcomes: Outcome[] = []
    for (const [kind, args] of imports) {
      outcomes.push(await call(importVerb, kind, ...args, '--area', 'chicago', '--refused', refusals))
      db ??= await openDatabase(place.options)
    }
    return outcomes
  }
  const exportAll = async (): Promise<string[]> => {
    const texts: string[] = []
    for (const kind of ['grids', 'households', 'incidents']) {
      const file = join(folder, `${kind}.csv`)
      const { code } = await call(exportVerb, kind, '--area', 'chicago', '--format', 'csv', '-o', file)
      expect(code).toBe(0)
      texts.push(readFileSync(file, 'utf8'))
    }
    return texts
  }

  /** Every row with every column, as one word a table. */
  const contentHashes = (): Promise<readonly object[]> =>
    Promise.all(
      ['grids', 'households', 'incidents'].map((table) =>
        db!
          .system()
          .one(
            statement<object>(`select md5(string_agg(t::text, '' order by t::text)) from wangge.${table} t`),
          ),
      ),
    )

  beforeAll(async () => {
    place = await testPlace('migrated')
  })
  afterAll(async () => {
    await db?.close()
    await place.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  it(
    'goes in through the command, and what has no coordinates is refused with its line and reason',
    async () => {
      for (const [i, { code, out }] of (await importAll()).entries()) {
        const [, , read, added, refused, expected] = imports[i]!
        expect(code).toBe(expected)
        expect(JSON.parse(out)).toMatchObject({
          state: 'done',
          read,
          added,
          changed: 0,
          unchanged: 0,
          refused,
        })
      }
      const refused = rowsOf(readFileSync(refusals, 'utf8'))
      expect(refused).toHaveLength(266)
      expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['position_missing']))
      expect(new Set(refused.map(({ line }) => line)).size).toBe(266)
    },
    minutes,
  )

  it(
    'comes out of the command with the counts of every beat, and the same files once more change nothing',
    async () => {
      const texts = await exportAll()
      for (const [i, [, file, total]] of exported.entries()) {
        const rows = rowsOf(texts[i + 1]!)
        expect(rows).toHaveLength(total)
        expect(tally(rows)).toEqual(expectedPerBeat(file))
      }
      const content = await contentHashes()
      for (const [i, { out }] of (await importAll()).entries())
        expect(JSON.parse(out)).toMatchObject({
          state: 'done',
          added: 0,
          changed: 0,
          unchanged: imports[i]![3],
        })
      expect(await contentHashes()).toEqual(content)
    },
    minutes,
  )

  describe.runIf(hasGdal)('served', () => {
    let server: RunningServer
    beforeAll(async () => {
      await db?.close()
      db = undefined
      const { url, folder: dataFolder } = place.options
      server = await startServer({ port: 0, databaseUrl: url, folder: dataFolder, demo: false })
    })
    afterAll(() => server.close())

    const page = ['-oo', 'PAGE_SIZE=10000']

    it('over /ogc gives GDAL the number of households', async () => {
      const [collection, , total] = exported[0]
      const info = await run('ogrinfo', '-so', `OAPIF:${server.url}/ogc`, collection, ...page)
      expect(Number(/Feature Count: (\d+)/.exec(info)?.[1])).toBe(total)
    })

    it.each(exported)(
      'over /ogc gives GDAL the same %s',
      async (collection, file, total) => {
        const source = `OAPIF:${server.url}/ogc`
        const copy = join(folder, `${collection}-by-gdal.csv`)
        await run('ogr2ogr', '-f', 'CSV', copy, source, collection, ...page)
        const rows = rowsOf(readFileSync(copy, 'utf8'))
        expect(new Set(rows.map(({ id }) => id)).size).toBe(total)
        expect(tally(rows)).toEqual(expectedPerBeat(file))
      },
      minutes,
    )
  })
})

/** Output of a command that must succeed; this process serves meanwhile, so not `spawnSync`. */
async function run(command: string, ...args: string[]): Promise<string> {
  const child = spawn(command, args)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${output}`)
  return output
}
