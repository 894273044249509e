import { afterAll, describe, expect, it } from 'vitest'
import { type ImportKind, importRecords, importWithin } from '../../server/commands/import-records.ts'
import type { ImportRequest } from '../../server/commands/import-run.ts'
import type { JobOutcome } from '../../server/commands/jobs.ts'
import { statement } from '../../server/db/sql.ts'
import type { Viewer } from '../../server/db/viewer.ts'
import { AppError } from '../../server/errors.ts'
import type { InputFile } from '../../server/formats/input-file.ts'
import { useDatabase } from '../support/database.ts'
import { box, memoryFile, polygonFile } from '../support/memory-file.ts'

const test = useDatabase()
const everybody: Viewer = { name: 'test', role: 'administrator', areas: 'all' }

const run = (
  kind: ImportKind,
  area: string,
  file: InputFile,
  rest: Partial<ImportRequest> = {},
): Promise<JobOutcome> =>
  importRecords(test.db, { kind, area, files: [file], viewer: everybody, now: () => 0, ...rest })

const rows = <Row extends object>(text: string): Promise<Row[]> => test.db.system().many(statement<Row>(text))

/** A county c with two townships side by side, each with one village. */
const areasFile = polygonFile('areas.geojson', [
  { properties: { code: 'c', name: '县', level: 'county' }, ring: box(0, 0, 2, 1) },
  { properties: { code: 'c1', name: '甲镇', parent_code: 'c' }, ring: box(0, 0, 1, 1) },
  { properties: { code: 'c2', name: '乙镇', parent_code: 'c' }, ring: box(1, 0, 2, 1) },
  { properties: { code: 'c1v', name: '甲村', parent_code: 'c1' }, ring: box(0, 0, 1, 1) },
])

const gridsFile = polygonFile('grids.geojson', [
  { properties: { code: 'a' }, ring: box(0, 0, 0.5, 1) },
  { properties: { code: 'b' }, ring: box(0.5, 0, 1, 1) },
  { properties: { code: 'z' }, ring: box(1, 0, 2, 1) },
])

describe('importing a county from nothing', () => {
  it('builds the tree of areas, parents before children', async () => {
    const outcome = await run('areas', 'c', areasFile)
    expect(outcome).toMatchObject({ state: 'done', counts: { read: 4, added: 4, refused: 0 } })
    expect(await rows(`select area_code, level, town_id, lineage from wangge.areas order by 1`)).toEqual([
      { area_code: 'c', level: 'county', town_id: null, lineage: ['c'] },
      { area_code: 'c1', level: 'township', town_id: 'c1', lineage: ['c', 'c1'] },
      { area_code: 'c1v', level: 'village', town_id: 'c1', lineage: ['c', 'c1', 'c1v'] },
      { area_code: 'c2', level: 'township', town_id: 'c2', lineage: ['c', 'c2'] },
    ])
  })

  it('gives each grid the town and village it lies in', async () => {
    expect(await run('grids', 'c', gridsFile)).toMatchObject({ state: 'done', counts: { added: 3 } })
    expect(await rows(`select grid_code, town_id, village_code, kind from wangge.grids order by 1`)).toEqual([
      { grid_code: 'a', town_id: 'c1', village_code: 'c1v', kind: 'ordinary' },
      { grid_code: 'b', town_id: 'c1', village_code: 'c1v', kind: 'ordinary' },
      { grid_code: 'z', town_id: 'c2', village_code: null, kind: 'ordinary' },
    ])
  })

  it('changes nothing when the same file comes twice', async () => {
    const before = await rows(`select * from wangge.grids order by grid_code`)
    for (const [kind, file] of [
      ['areas', areasFile],
      ['grids', gridsFile],
    ] as const)
      expect(await run(kind, 'c', file)).toMatchObject({ state: 'done', counts: { added: 0, changed: 0 } })
    expect(await rows(`select * from wangge.grids order by grid_code`)).toEqual(before)
    expect(await rows(`select kind from wangge.imports order by town_id, kind`)).toHaveLength(4)
  })

  it('takes a dated grid as a new version, which ends the one before it', async () => {
    const dated = polygonFile('new.geojson', [
      { properties: { code: 'a', valid_from: '2026-10-15' }, ring: box(0, 0, 0.6, 1) },
      { properties: { code: 'b', valid_from: '2026-10-15' }, ring: box(0.6, 0, 1, 1) },
    ])
    const outcome = await run('grids', 'c1', dated)
    expect(outcome).toMatchObject({ state: 'done', counts: { added: 2, changed: 0 } })
    const midnight = Date.parse('2026-10-14T16:00:00Z')
    expect(
      await rows(`select valid_from, valid_to from wangge.grids where grid_code = 'a' order by valid_from`),
    ).toEqual([
      { valid_from: 0, valid_to: midnight },
      { valid_from: midnight, valid_to: null },
    ])
    expect(await run('grids', 'c1', dated)).toMatchObject({ counts: { added: 0, changed: 0, unchanged: 2 } })
  })
})

describe('personal data that stands', () => {
  const file = (text: string) => memoryFile('people.csv', text)
  const one = () =>
    rows<object>(`select head, address, phone, members from wangge.households where household_id = 'p1'`)
  const header = 'id,lon,lat,head,address,phone,members\n'
  afterAll(() => test.db.system().none(statement(`delete from wangge.households where household_id = 'p1'`)))
  const stands = { head: '王小明', address: '桥头12号', phone: '13812345678', members: 3 }

  it('is not lost to a file that has it masked, or not at all', async () => {
    await run('households', 'c', file(`${header}p1,0.25,0.5,王小明,桥头12号,13812345678,3\n`))
    expect(await one()).toEqual([stands])
    const again = await run('households', 'c', file(`${header}p1,0.25,0.5,王*明,桥头***,,3\n`))
    expect(again).toMatchObject({ counts: { changed: 0, unchanged: 1 } })
    await run('households', 'c', file('id,lon,lat,members\np1,0.25,0.5,4\n'))
    expect(await one()).toEqual([{ ...stands, members: 4 }])
  })

  it('gives way to other data, masked or not', async () => {
    await run('households', 'c', file(`${header}p1,0.25,0.5,李*,河边***,13900000000,4\n`))
    expect(await one()).toEqual([{ head: '李*', address: '河边***', phone: '13900000000', members: 4 }])
    await run('households', 'c', file(`${header}p1,0.25,0.5,李四,河边8号,,4\n`))
    expect(await one()).toEqual([{ head: '李四', address: '河边8号', phone: '13900000000', members: 4 }])
  })

  it('of who reported an incident is not lost to a file without it', async () => {
    const incident = (rest: string, values: string) =>
      file(`id,category,occurred_at,lon,lat${rest}\nr1,fire,2026-10-08T08:00:00Z,0.25,0.5${values}\n`)
    await run('incidents', 'c', incident(',reporter,reporter_contact,description', ',张三,13700000000,冒烟'))
    const again = await run('incidents', 'c', incident('', ''))
    expect(again).toMatchObject({ counts: { unchanged: 1 } })
    expect(await rows(`select reporter, description from wangge.incidents where incident_id = 'r1'`)).toEqual(
      [{ reporter: '张三', description: '冒烟' }],
    )
  })
})

describe('refused records', () => {
  const households = memoryFile(
    'households.csv',
    [
      'id,head,lon,lat',
      'h1,王一,0.1,0.5',
      'h2,李二,9,9',
      'h3,赵三,,',
      'h1,王一,0.1,0.5',
      'h1,别人,0.2,0.5',
    ].join('\n'),
  )

  it('are all reported with file, record and reason, and nothing is written', async () => {
    const outcome = await run('households', 'c', households)
    expect(outcome.state).toBe('refused')
    expect(
      outcome.flaws?.map((flaw) => [flaw.code, flaw.place.file, flaw.place.line ?? flaw.place.record]),
    ).toEqual([
      ['position_missing', 'households.csv', 4],
      ['id_repeated', 'households.csv', 6],
      ['town_not_found', 'households.csv', 3],
    ])
    expect(outcome.counts).toMatchObject({ read: 5, added: 0, refused: 3, repeated: 1 })
    expect(await rows(`select from wangge.households`)).toEqual([])
  })

  it('leave the others to be taken when asked for', async () => {
    expect(await run('households', 'c', households, { acceptValid: true })).toMatchObject({
      state: 'done',
      counts: { added: 1, refused: 3 },
    })
    expect(await rows(`select household_id, village_code from wangge.households`)).toEqual([
      { household_id: 'h1', village_code: 'c1v' },
    ])
  })

  it('a dry run tells what would happen and writes nothing', async () => {
    const file = memoryFile('more.csv', 'id,lon,lat\nh9,0.2,0.2\n')
    expect(await run('households', 'c', file, { dryRun: true })).toMatchObject({
      state: 'done',
      counts: { added: 1 },
    })
    expect(await rows(`select from wangge.households where household_id = 'h9'`)).toEqual([])
  })

  it('name what a duty refers to and nobody knows', async () => {
    await run('workers', 'c1', memoryFile('workers.csv', 'id,name,role\nw1,张三,full_time\n'))
    const outcome = await run(
      'assignments',
      'c1',
      memoryFile(
        'assignments.csv',
        'worker,grid,from,to\nw1,a,,\nw1,nowhere,,\nnobody,a,,\nw1,a,2026-01-01,2026-02-01\n',
      ),
    )
    expect(outcome.flaws?.map((flaw) => [flaw.code, flaw.value])).toEqual([
      ['grid_unknown', 'nowhere'],
      ['worker_unknown', 'nobody'],
      ['interval_overlaps', 'w1 a full_time'],
    ])
  })
})

describe('a place nobody has described', () => {
  it('becomes a township of its own with its first grids, several features of one code being its parts', async () => {
    const file = polygonFile('beats.geojson', [
      { properties: { beat_num: '3100', district: '31' }, ring: box(10, 0, 11, 1) },
      { properties: { beat_num: '3100', district: '31' }, ring: box(12, 0, 13, 1) },
      { properties: { beat_num: '0111', district: '01' }, ring: box(11, 0, 12, 1) },
    ])
    const outcome = await run('grids', 'city', file, { map: { beat_num: 'code' } })
    expect(outcome).toMatchObject({ state: 'done', counts: { read: 3, added: 2 } })
    expect(
      await rows(
        `select grid_code, ST_NumGeometries(boundary) as parts from wangge.grids where town_id = 'city' order by 1`,
      ),
    ).toEqual([
      { grid_code: '0111', parts: 1 },
      { grid_code: '3100', parts: 2 },
    ])
  })

  it('is an error for anything but areas and grids', async () => {
    const failure = run('households', 'nowhere', memoryFile('h.csv', 'id,lon,lat\nh,0,0\n'))
    await expect(failure).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('authority', () => {
  const file = memoryFile('incidents.csv', 'id,category,time,lon,lat\ni1,fire,2026-10-01 08:00,0.2,0.2\n')

  const answer = (viewer: Viewer): Promise<unknown> =>
    run('incidents', 'c1', file, { viewer, dryRun: true }).catch((error: unknown) => error)

  it.each<[string, Viewer]>([
    ['a planner of the township', { name: 'p', role: 'planner', areas: ['c1'] }],
    ['an analyst of the county', { name: 'a', role: 'analyst', areas: ['c'] }],
  ])('lets %s import', async (_who, viewer) => {
    expect(await answer(viewer)).toMatchObject({ state: 'done' })
  })

  it.each<[string, Viewer]>([
    ['a planner of another township', { name: 'p', role: 'planner', areas: ['c2'] }],
    ['a worker', { name: 'w', role: 'worker', areas: ['c1'] }],
    ['a supervisor, who enters traces and visits', { name: 's', role: 'supervisor', areas: ['c1'] }],
  ])('refuses %s', async (_who, viewer) => {
    expect(await answer(viewer)).toSatisfy((error) => error instanceof AppError && error.code === 'forbidden')
  })
})

describe('traces', () => {
  const lines = (...fixes: string[]): InputFile =>
    memoryFile('t.csv', ['worker,time,lon,lat,accuracy', ...fixes].join('\n'))
  const first = 'w1,2026-10-08 08:00:00,0.1,0.1,5'
  const second = 'w1,2026-10-08 08:00:30,0.1,0.1001,5'
  const stored = (): Promise<object[]> =>
    rows(
      `select worker_id, fixed_at, longitude, latitude, accuracy_metres from wangge.fixes order by fixed_at`,
    )

  it('are stored once, whatever the order, the repeats and the batches', async () => {
    expect(await run('traces', 'c1', lines(second, first, first))).toMatchObject({
      counts: { read: 3, added: 2, repeated: 1 },
    })
    const before = await stored()
    expect(before).toHaveLength(2)
    expect(await run('traces', 'c1', lines(first))).toMatchObject({
      counts: { added: 0, changed: 0, unchanged: 1 },
    })
    expect(await stored()).toEqual(before)
  })

  it('of one instant keep the better reading, in whichever order they come', async () => {
    const better = 'w1,2026-10-08 08:00:00,0.2,0.2,3'
    expect(await run('traces', 'c1', lines(better))).toMatchObject({ counts: { added: 0, changed: 1 } })
    expect(await run('traces', 'c1', lines(first))).toMatchObject({ counts: { added: 0, changed: 0 } })
    expect(await stored()).toMatchObject([{ longitude: 0.2, accuracy_metres: 3 }, { longitude: 0.1 }])
  })

  it('mark their local days to be matched, and the neighbour when midnight is near', async () => {
    const marked = `select worker_id, day from wangge.stale_days order by day`
    const files = [lines('w1,2026-10-09 23:30:00,0.1,0.1,5')]
    await test.db
      .system()
      .transaction((scoped) =>
        importWithin(scoped, { kind: 'traces', area: 'c1', files, viewer: everybody, now: () => 0 }),
      )
    expect(await rows(marked)).toEqual([
      { worker_id: 'w1', day: '2026-10-09' },
      { worker_id: 'w1', day: '2026-10-10' },
    ])
    // The next import matches what is marked.
    await run('traces', 'c1', lines('w1,2026-10-09 23:31:00,0.1,0.1,5'))
    expect(await rows(marked)).toEqual([])
  })

  it('whose matching is interrupted are kept, their days marked, and it is told', async () => {
    const stopping = new AbortController()
    const outcome = await run('traces', 'c1', lines('w1,2026-10-09 23:32:00,0.1,0.1,5'), {
      signal: stopping.signal,
      onProgress: (phase) => phase.en === 'matching traces' && stopping.abort(new Error('enough')),
    })
    expect(outcome).toMatchObject({ state: 'done', counts: { added: 1 } })
    expect(outcome.notices?.map(({ en }) => en)).toEqual([
      'the data is written; the matching of traces was interrupted, the service goes on with it at its next start',
    ])
    expect(await rows(`select 1 from wangge.fixes where fixed_at = '2026-10-09 23:32:00+08'`)).toHaveLength(1)
  })

  it('that two workers share are kept for both, and the repeat is told', async () => {
    const ofWorker = (worker: string): string[] =>
      [10, 40].map((at) => `${worker},2026-10-11 08:00:${at},0.1,0.1,5`)
    const outcome = await run('traces', 'c1', lines(...ofWorker('w1'), ...ofWorker('w2')), {
      newWorkers: true,
    })
    expect(outcome).toMatchObject({ state: 'done', counts: { added: 4 } })
    expect(outcome.notices?.map(({ en }) => en)).toEqual(['worker w2 was added', 'w2 repeats w1: 1 track'])
  })

  it('of a worker nobody knows are one refusal, unless the worker is to be added', async () => {
    const file = lines('w7,2026-10-08 08:00:00,0.1,0.1,5', 'w7,2026-10-08 08:00:10,0.1,0.1,5')
    const refused = await run('traces', 'c1', file)
    expect(refused.flaws).toHaveLength(1)
    expect(refused).toMatchObject({
      state: 'refused',
      counts: { refused: 2, added: 0 },
      flaws: [{ code: 'worker_unknown', value: 'w7 × 2' }],
    })
    expect(await run('traces', 'c1', file, { newWorkers: true })).toMatchObject({
      state: 'done',
      counts: { added: 2 },
    })
    expect(await rows(`select name from wangge.workers where worker_id = 'w7'`)).toEqual([{ name: 'w7' }])
  })
})
