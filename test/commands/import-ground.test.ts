/** Streets, households and places that come in change what days reached: just the days of the grids they lie in are matched again. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type ImportKind, importRecords, importWithin } from '../../server/commands/import-records.ts'
import type { ImportRequest } from '../../server/commands/import-run.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { takeFixes } from '../../server/commands/take-fixes.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { memoryFile } from '../support/memory-file.ts'
import { fixes, seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
const yesterday = 86_400_000

const requestOf = (kind: ImportKind, text: string): ImportRequest => ({
  kind,
  area: town,
  files: [memoryFile('ground.csv', text)],
  viewer: { name: 'test', role: 'administrator', areas: 'all' },
  now: () => 0,
})
const bring = (kind: ImportKind, text: string) => importRecords(test.db, requestOf(kind, text))
class TakenBack extends Error {}
/** Worker days that an import would mark; it is taken back. */
async function marked(kind: ImportKind, text: string): Promise<string[]> {
  let found: string[] | undefined
  await test.db
    .system()
    .transaction(async (open) => {
      await importWithin(open, requestOf(kind, text))
      const rows = await open.many(
        statement<{ one: string }>(`select worker_id || ' ' || day as one from wangge.stale_days order by 1`),
      )
      found = rows.map(({ one }) => one)
      throw new TakenBack()
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error
    })
  if (!found) throw new Error('the import was refused')
  return found
}
interface Reached {
  readonly passed: number
  readonly total: number
  readonly places: number
  readonly lanes: number
}
const reached = (worker: string, day = '2026-10-09'): Promise<Reached> =>
  test.db.system().one(
    statement<Reached>(
      `select households_passed as passed, households_total as total, (result->'places'->>'total')::int as places,
        jsonb_array_length(result->'lanes'->'walked') as lanes
       from wangge.patrol_days where worker_id = '${worker}' and day = '${day}'`,
    ),
  )

const header = 'id,lon,lat,户主\n'
/** On w1's walk along the diagonal of grid 101; in grid 202; in no grid. */
const onWalk = `${header}n1,119.6026,29.9026,王小明\n`
const in202 = `${header}n2,119.6075,29.9085,王小明\n`
const inNone = `${header}n3,119.603,29.9115,王小明\n`
const w1Days = ['w1 2026-10-08', 'w1 2026-10-09']

beforeAll(async () => {
  await seedSmallTown(test.db)
  const walks = [0, yesterday].flatMap((before) => fixes.map((fix) => ({ ...fix, time: fix.time - before })))
  // w2 walks where w1 does, outside the grid that w2 answers for.
  const all = [...walks, ...fixes.map((fix) => ({ ...fix, worker: 'w2' }))]
  await test.db.system().transaction((open) => takeFixes(open, town, all))
  await matchStaleDays(test.db)
})

describe('an import of ground', () => {
  it('marks the days of the grids it touches, of those whose fixes are there, and no others', async () => {
    expect(await marked('households', onWalk)).toEqual(w1Days)
    expect(await marked('households', in202)).toEqual(['w2 2026-10-09'])
    expect(await marked('households', inNone)).toEqual([])
    expect(await marked('places', 'id,kind,name,lon,lat\nq1,school,某校,119.6026,29.9026\n')).toEqual(w1Days)
    // Across 101, and along its upper side up to a few centimetres: each touches grids that nobody patrolled as well.
    const across = 'id,class,wkt\ns1,residential,"LINESTRING(119.6005 29.9045,119.6045 29.9005)"\n'
    expect(await marked('roads', across)).toEqual(w1Days)
    const along = 'id,class,wkt\ns1,residential,"LINESTRING(119.6005 29.9050003,119.6045 29.9050003)"\n'
    expect(await marked('roads', along)).toEqual(w1Days)
    const far = 'id,class,wkt\ns1,residential,"LINESTRING(119.6065 29.9085,119.6085 29.9085)"\n'
    expect(await marked('roads', far)).toEqual(['w2 2026-10-09'])
    expect(await marked('buildings', 'id,wkt\nb9,"POLYGON((119.602 29.902,119.6021 29.902,119.6021 29.9021,119.602 29.902))"\n')).toEqual([]) // biome-ignore format: one line
  })

  it('changes the figures of these days without being asked to', async () => {
    const before = await reached('w1')
    const other = await reached('w2')
    expect(await bring('households', onWalk)).toMatchObject({ state: 'done', counts: { added: 1 } })
    expect(await reached('w1')).toEqual({ ...before, passed: before.passed + 1, total: before.total + 1 })
    await bring('places', 'id,kind,name,lon,lat\nq1,school,某校,119.6026,29.9026\n')
    await bring('roads', 'id,class,wkt\ns1,residential,"LINESTRING(119.60125 29.90125,119.60375 29.90375)"\n')
    const after = await reached('w1')
    expect(after).toMatchObject({ places: before.places + 1 })
    // 367 m along the walk: four lanes.
    expect(after.lanes).toBe(before.lanes + 4)
    expect(await reached('w1', '2026-10-08')).toEqual(after)
    expect(await reached('w2')).toEqual(other)
  })

  it('that moves a household marks where it was as well; one that says nothing new of its place marks nothing', async () => {
    expect(await marked('households', onWalk)).toEqual([])
    expect(await marked('households', `${header}n1,119.6026,29.9026,李大明\n`)).toEqual([])
    expect(await marked('households', `${header}n1,119.6075,29.9085,王小明\n`)).toEqual([
      ...w1Days,
      'w2 2026-10-09',
    ])
    expect(await marked('roads', 'id,class,wkt\ns1,motorway,"LINESTRING(119.60125 29.90125,119.60375 29.90375)"\n')).toEqual(w1Days) // biome-ignore format: one line
  })

  it('marks no day whose fixes are gone: its figures stay', async () => {
    await test.db
      .system()
      .none(statement(`delete from wangge.fixes where fixed_at < '2026-10-09T00:00:00+08:00'`))
    expect(await marked('households', `${header}n4,119.6027,29.9027,王小明\n`)).toEqual(['w1 2026-10-09'])
  })
})
