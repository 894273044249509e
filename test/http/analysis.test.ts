/** The same question over HTTP and by the command line, its files, its job, and who may see what of it. */
import request from 'supertest'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCoreThreads } from '../../server/app.ts'
import { hotspots } from '../../server/cli/hotspots.ts'
import { parseVerbArgs } from '../../server/cli/verb.ts'
import { createJobRegister } from '../../server/commands/jobs.ts'
import { showIncidents } from '../../server/commands/privacy/show-incidents.ts'
import {
  type Analysis,
  type AnalysisColumns,
  type AnalysisJob,
  analysisSchema,
  type HexagonGrids,
  type IncidentCounts,
} from '../../server/contract/analysis.ts'
import { byCells } from '../../server/contract/cell-columns.ts'
import type { Job } from '../../server/contract/jobs.ts'
import { pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { AppError } from '../../server/errors.ts'
import type { CoreThread } from '../../server/routes/thread/core-thread.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { eastVillage, now, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  // Until it is decided where an incident is shown, an analyst sees it nowhere.
  await test.db.system().transaction((open) => showIncidents(open, now))
  service = serviceOn(test.db)
})

const interval = 'from=2026-10-01&to=2026-10-10'
const ask = async (query: string, days = interval): Promise<Analysis> =>
  (await service.get(`/api/areas/${town}/analysis?${days}&${query}`)).body as Analysis

/** What `wangge` prints for the arguments of a card's command. */
async function repeat(command: string): Promise<Analysis> {
  const words = command.match(/'(?:[^']|'\\'')*'|\S+/g)!.map((word) => word.replace(/^'|'$/g, ''))
  expect(words.splice(0, 2)).toEqual(['wangge', 'hotspots'])
  let out = ''
  const code = await hotspots.run(parseVerbArgs(hotspots, words), {
    out: (text) => void (out += text),
    err: () => {},
    errIsTerminal: false,
    env: {},
    now: () => now,
    signal: new AbortController().signal,
    openDatabase: async () => ({ ...test.db, close: async () => {} }),
  })
  expect(code).toBe(0)
  return analysisSchema.parse(JSON.parse(out))
}

/** All but the moment of the data: on a server of several databases a write to any of them moves it on. */
const bytesOf = ({ card, ...answer }: Analysis): string =>
  JSON.stringify({ ...answer, card: { ...card, data: { ...card.data, version: '' } } })

describe('/api/areas/{code}/analysis', () => {
  it('says what it read, counted and left out, and why', async () => {
    const { card, totals } = await ask('categories=fire')
    expect(totals.counted + card.counts.excluded.reduce((sum, one) => sum + one.count, 0)).toBe(
      totals.records,
    )
    // Of the six incidents of the town two are fires (test/support/small-town.ts).
    expect(card.counts).toMatchObject({ read: 6, counted: 2 })
    expect(card.counts.excluded.find((one) => one.reason === 'other_category')).toMatchObject({ count: 4 })
    expect(card.reading.zh).toContain('消防事件')
  })

  it.each([
    'categories=fire,theft&resolution=10&rings=2&correction=by',
    'statistic=local-moran&permutations=99&seed=7&resolution=10',
    'statistic=scan&permutations=99&seed=7&step=day&resolution=9',
    'statistic=scan&permutations=99&step=day&model=poisson&prospective=true&resolution=9',
    'statistic=knox&permutations=99&seed=7&distances=0,50,1000&days=0,1,4,8',
    'unit=grid&measure=eb',
    'measure=eb-local&resolution=9&rings=2',
    'unit=grid&measure=per-1000-households&compare_from=2026-09-01&compare_to=2026-10-01&step=day',
    'statistic=kde&bandwidth=300&kernel=gaussian&edge=none&resolution=10&hours=1,2,3,8,9,10,11,12,13,14,15,16',
    'statistic=kde&measure=per-1000-households&bandwidth=800&resolution=10',
  ])('%s: the command of its card gives the same bytes', async (query) => {
    const answer = await ask(query)
    const again = await repeat(answer.card.command)
    expect(bytesOf(again)).toBe(bytesOf(answer))
    expect(bytesOf(await ask(answer.card.address!.split('?')[1]!.replace(`${interval}&`, '')))).toBe(
      bytesOf(answer),
    )
  })

  it.each([
    'resolution=9',
    'statistic=local-moran&permutations=99&resolution=10',
    'statistic=kde&bandwidth=300&resolution=10',
    'unit=grid&measure=per-1000-households&compare_from=2026-09-01&compare_to=2026-10-01&step=day',
    'categories=nothing-of-the-kind&resolution=9',
  ])('%s by columns is the same answer', async (query) => {
    const analyst = serviceOn(test.db, { viewer: `analyst:${town}` })
    for (const whose of [service, analyst]) {
      const path = `/api/areas/${town}/analysis?${interval}&${query}`
      const { body: answer } = await whose.get(path)
      const { body: columns } = await whose.get(`${path}&format=columns`)
      expect(JSON.parse(JSON.stringify(byCells(columns as AnalysisColumns)))).toEqual(answer)
      expect(JSON.stringify(columns).length).toBeLessThan(JSON.stringify(answer).length)
    }
  })

  it('of emerging hot spots, which need ten steps, too', async () => {
    const answer = await ask('statistic=emerging&step=day&steps_back=2', 'from=2026-09-28&to=2026-10-10')
    expect(answer.steps).toHaveLength(12)
    expect(bytesOf(await repeat(answer.card.command))).toBe(bytesOf(answer))
  })

  it.each(['per-1000-households', 'eb', 'eb-local'])(
    'keeps back from an analyst what %s would betray of hexagons with fewer than five households',
    async (measure) => {
      const query = `/api/areas/${town}/analysis?${interval}&resolution=11&measure=${measure}`
      const analyst = serviceOn(test.db, { viewer: `analyst:${town}` })
      const { cells, card } = (await analyst.get(query)).body as Analysis
      expect(card.notes.map(({ zh }) => zh.slice(0, 8))).toEqual(['20 个单元户数'])
      const kept = cells.filter(({ withheld }) => withheld)
      // Along a diagonal of 730 m five homes lie 120 m apart: no hexagon of 50 m has two. One home of the 21 lies outside the town.
      expect(kept).toHaveLength(20)
      for (const cell of kept)
        expect(cell).toMatchObject({ households: null, rate: null, expected: null, value: null })
      expect(cells.every((cell) => cell.withheld || !cell.households)).toBe(true)
      const csv = (await request(analyst.app).get(`${query}&format=csv`).buffer(true)).text
      const column = csv.split('\r\n')[0]!.split(',').indexOf('households')
      const told = csv
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[column])
      expect(new Set(told)).toEqual(new Set(['', '0']))
      const exact = ((await service.get(query)).body as Analysis).cells
      expect(exact.filter(({ households }) => households === 1)).toHaveLength(20)
    },
  )

  it('smooths incidents and households by one kernel, and says so on the card', async () => {
    const answer = await ask('statistic=kde&measure=per-1000-households&bandwidth=800&resolution=10')
    expect(answer.legend).toMatchObject({
      measure: 'per-1000-households',
      unit: { zh: '起/千户（核密度之比）', en: 'incidents per 1,000 households (ratio of kernel densities)' },
    })
    expect(answer.card.parameters).toMatchObject({
      value: 'per-1000-households',
      bandwidth_m: 800,
      denominator: 'households',
      least_households: 5,
    })
    expect(answer.card.formula).toContain('1000 Σ k(|u − x|) / Σ n k(|u − c|)')
    expect(answer.card.references.join()).toContain('Bithell')
    expect(answer.cells.some(({ value }) => value !== null)).toBe(true)
    // Far from the homes of the small town nothing is said.
    expect(answer.cells.some(({ value }) => value === null)).toBe(true)
  })

  it('has an entity tag that stays while nothing stored has changed', async () => {
    const path = `/api/areas/${town}/analysis?${interval}`
    const { headers } = await service.get(path)
    const again = await service.get(path, { 'if-none-match': headers['etag'] as string })
    expect(again.status).toBe(304)
  })

  it('comes as CSV, GeoJSON and XLSX with the same figures and the card', async () => {
    const fetch = (format: string) =>
      request(service.app)
        .get(`/api/areas/${town}/analysis?${interval}&unit=grid&format=${format}`)
        .buffer(true)
    const answer = await ask('unit=grid')
    const csv = (await fetch('csv')).text.replace('\ufeff', '').trim().split('\r\n')
    expect(csv[0]).toMatch(/^grid,name,count,expected,per_km2,/)
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(answer.cells.map((cell) => cell.grid))
    expect(csv[1]).toContain(answer.card.address)
    const { cells, ...about } = answer
    const geojson = JSON.parse((await fetch('geojson')).text)
    expect(geojson).toMatchObject({ ...about, type: 'FeatureCollection' })
    expect(geojson.features.map((one: { properties: unknown }) => one.properties)).toEqual(cells)
    expect(geojson.features[0].geometry.type).toMatch(/Polygon/)
    const { default: ExcelJS } = await import('exceljs')
    const workbook = new ExcelJS.Workbook()
    const { body } = await fetch('xlsx').parse((response, done) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => done(null, Buffer.concat(chunks)))
    })
    await workbook.xlsx.load(body)
    expect(workbook.worksheets.map((sheet) => [sheet.name, sheet.rowCount])).toEqual([
      ['单元', cells.length + 1],
      ['说明卡', expect.any(Number)],
    ])
    expect(JSON.stringify(workbook.worksheets[1]!.getSheetValues())).toContain(answer.card.data.fingerprint)
  })

  it('refuses in words what cannot be answered', async () => {
    for (const query of [
      'statistic=emerging',
      'statistic=kde&unit=grid',
      'statistic=kde&measure=eb',
      'breaks=2,1',
      'rings=9',
      'compare_from=2026-01-01',
    ]) {
      const { status, body } = await service.get(`/api/areas/${town}/analysis?${interval}&${query}`)
      expect([query, status]).toEqual([query, 400])
      expect(body.detail).toBeTruthy()
    }
  })

  it('as a job: the same answer once it is done, nobody else’s', async () => {
    const path = `/api/areas/${town}/analysis?${interval}&statistic=local-moran&permutations=99&resolution=10`
    const started = await service.send((agent) =>
      agent.post(path).set('origin', 'http://wangge.test').set('host', 'wangge.test'),
    )
    expect(started.status).toBe(202)
    const { id } = started.body as Job
    let found: AnalysisJob
    do found = (await service.get(`/api/analyses/${id}`)).body as AnalysisJob
    while (found.job.state === 'queued' || found.job.state === 'running')
    expect(found.job.state).toBe('done')
    expect(bytesOf(found.answer as Analysis)).toBe(
      bytesOf(await ask('statistic=local-moran&permutations=99&resolution=10')),
    )
    const other = serviceOn(test.db, { viewer: `analyst:${otherTown}` })
    expect((await other.get(`/api/analyses/${id}`)).status).toBe(404)
  })

  it('as a job only where it takes longer than is waited for, and then the same answer', async () => {
    const path = `/api/areas/${town}/analysis?${interval}&statistic=local-moran&permutations=9999&resolution=11&format=columns`
    // The first time nothing of it is known, and nobody waits.
    const told = await service.get(path, { prefer: 'respond-async, wait=0' })
    expect(told.status).toBe(202)
    const { id } = told.body as Job
    expect(told.headers['location']).toBe(`/api/analyses/${id}`)
    let found: AnalysisJob
    do found = (await service.get(`/api/analyses/${id}`)).body as AnalysisJob
    while (found.job.state === 'queued' || found.job.state === 'running')
    expect(found.job.state).toBe('done')
    const direct = await service.get(path, { prefer: 'respond-async, wait=60' })
    expect(direct.status).toBe(200)
    expect(direct.body).toEqual(found.answer)
    const other = serviceOn(test.db, { viewer: `analyst:${otherTown}` })
    expect((await other.get(`/api/analyses/${id}`)).status).toBe(404)
  })

  it('is ended, and its client told why, where no job may be made of it', async () => {
    const jobs = createJobRegister(() => now, String)
    await jobs.close()
    const threads = createCoreThreads()
    const ends: string[] = []
    const watched: CoreThread = {
      ...threads.thread,
      run: (task, input, signal, options) =>
        threads.thread.run(task, input, signal, options).catch((error: unknown) => {
          ends.push(`${task} ${error instanceof AppError ? error.code : String(error)}`)
          throw error
        }),
    }
    const stopping = serviceOn(test.db, { jobs, threads: { ...threads, thread: watched } })
    const answer = await stopping.get(
      `/api/areas/${town}/analysis?${interval}&statistic=local-moran&permutations=9999&resolution=11&seed=3`,
      { prefer: 'respond-async, wait=0' },
    )
    expect(answer.status).toBe(503)
    expect(answer.body).toMatchObject({ code: 'unavailable' })
    // By the time of the answer nothing is computed any more, and nothing is rejected unseen (vitest would fail).
    expect(ends).toEqual(['answerAnalysis cancelled'])
    await Promise.all([threads.thread.close(), threads.searchThread.close()])
  })

  it('counts for a viewer of a village what lies there', async () => {
    const ofVillage = serviceOn(test.db, { viewer: `analyst:${westVillage}` })
    const { body } = await ofVillage.get(`/api/areas/${westVillage}/analysis?${interval}`)
    expect((body as Analysis).totals.counted).toBe(3)
    expect((await ofVillage.get(`/api/areas/${eastVillage}/analysis?${interval}`)).status).toBe(404)
  })
})

describe('/api/areas/{code}/incident-counts', () => {
  const counts = async (query: string): Promise<IncidentCounts> =>
    (await service.get(`/api/areas/${town}/incident-counts?${interval}${query}`)).body as IncidentCounts

  it('count each chart under every filter but its own', async () => {
    const all = await counts('')
    const fires = await counts('&categories=fire')
    expect([all.total, all.read, fires.total, fires.read]).toEqual([6, 6, 2, 6])
    expect(fires.categories).toEqual(all.categories)
    expect(fires.days.reduce((sum, one) => sum + one.count, 0)).toBe(2)
    expect(fires.week.flat().reduce((a, b) => a + b)).toBe(2)
    expect(all.days).toHaveLength(9)
    expect(all.grids).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ grid: '101', count: 3, before: null }),
        expect.objectContaining({ grid: '202', count: 1 }),
        expect.objectContaining({ grid: null, count: 2 }),
      ]),
    )
  })

  it('set two periods side by side', async () => {
    const { before, compare_days, categories } = await counts(
      '&compare_from=2026-10-01&compare_to=2026-10-09',
    )
    expect([before, compare_days?.length]).toEqual([3, 8])
    expect(categories.reduce((sum, one) => sum + (one.before ?? 0), 0)).toBe(3)
  })
})

it('/api/areas/{code}/hexagon-grids names the grid of each hexagon as its incidents do, under the same filter', async () => {
  for (const query of ['', '&categories=fire', '&resolution=11']) {
    const path = `/api/areas/${town}/hexagon-grids?${interval}${query}`
    const { grids, resolution } = (await service.get(path)).body as HexagonGrids
    const list = await service.get(
      `/api/areas/${town}/incidents?${interval}${query.includes('fire') ? '&category=fire' : ''}`,
    )
    const { incidents } = list.body as { incidents: { lon: number; lat: number; grid: string | null }[] }
    const expected = incidents.flatMap(({ lon, lat, grid }) =>
      grid === null ? [] : [`${pointToHexagon(lon, lat, resolution)} ${grid}`],
    )
    expect(expected.length).toBeGreaterThan(0)
    const found = grids.flatMap(({ grid, hexagons }) => hexagons.map((hexagon) => `${hexagon} ${grid}`))
    // No hexagon of the small town has incidents of two grids.
    expect(found.toSorted()).toEqual([...new Set(expected)].toSorted())
  }
})
