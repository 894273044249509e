import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '../../server/contract/jobs.ts'
import type { CheckedFiles, MatchedFiles } from '../../server/contract/uploads.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { fixes, otherTown, seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

const square = (code: string, west: number, east: number): object => ({
  type: 'Feature',
  properties: { code },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 29.9],
        [east, 29.9],
        [east, 29.905],
        [west, 29.905],
        [west, 29.9],
      ],
    ],
  },
})
const collection = (...features: object[]): Buffer =>
  Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))

const ended = async (job: Job, viewer = service): Promise<Job> => {
  for (let tries = 0; tries < 200; tries++) {
    const { body } = await viewer.get(`/api/jobs/${job.id}`)
    if ((body as Job).ended_at !== null) return body as Job
    await sleep(50)
  }
  throw new Error('the job does not end')
}

const startImport = async (
  kind: string,
  file: string,
  name: string,
  query = '',
  area = town,
): Promise<Job> => {
  const response = await service.send((agent) =>
    agent.post(`/api/areas/${area}/imports/${kind}${query}`).attach('files', Buffer.from(file), name),
  )
  expect(response.status).toBe(202)
  return response.body as Job
}

describe('imports', () => {
  const file =
    'id,category,time,lon,lat\nn1,fire,2026-10-09 08:00,119.602,29.902\nn2,fire,yesterday,119.602,29.902\n'

  it('write nothing when a record is refused, and say which and why', async () => {
    const job = await ended(await startImport('incidents', file, '事件.csv'))
    expect(job).toMatchObject({ state: 'refused', counts: { read: 2, added: 0, refused: 1 } })
    expect(job.flaws[0]?.place).toMatchObject({ file: '事件.csv', line: 3 })
    const csv = await service.get(`/api/jobs/${job.id}/refusals.csv`)
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(csv.text.split('\n')[1]).toMatch(/^事件\.csv,/)
    const { body } = await service.get(`/api/areas/${town}/incident-summary?from=2026-10-01&to=2026-10-10`)
    expect((body as { total: number }).total).toBe(6)
  })

  it('take the good records when told to, and change nothing the second time', async () => {
    const first = await ended(await startImport('incidents', file, 'a.csv', '?accept_valid=true'))
    expect(first).toMatchObject({ state: 'done', counts: { added: 1, refused: 1 } })
    const again = await ended(await startImport('incidents', file, 'a.csv', '?accept_valid=true'))
    expect(again).toMatchObject({ state: 'done', counts: { added: 0, changed: 0, unchanged: 1 } })
  })

  it('are refused to who may not write there', async () => {
    const elsewhere = serviceOn(test.db, { viewer: `planner:${otherTown}` })
    const response = await elsewhere.send((agent) =>
      agent.post(`/api/areas/${town}/imports/incidents`).attach('files', Buffer.from(file), 'a.csv'),
    )
    const { id } = response.body as Job
    expect(await ended(response.body as Job, elsewhere)).toMatchObject({ state: 'failed', counts: null })
    // Nor does another viewer see that job, or that one this viewer's.
    expect((await elsewhere.get('/api/jobs')).body).toMatchObject({ jobs: [{ id }] })
    const third = serviceOn(test.db, { viewer: `planner:${town}` })
    expect((await third.get(`/api/jobs/${id}`)).status).toBe(404)
  })

  it('refuse what is no kind, no file, no multipart', async () => {
    const post = (path: string): ReturnType<Service['send']> =>
      service.send((agent) => agent.post(path).send('x'))
    expect((await post(`/api/areas/${town}/imports/nothing`)).status).toBe(400)
    expect((await post(`/api/areas/${town}/imports/grids`)).status).toBe(400)
    const cutShort = await service.send((agent) =>
      agent
        .post(`/api/areas/${town}/imports/grids`)
        .set('content-type', 'multipart/form-data; boundary=X')
        .send('--X\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nid,'),
    )
    expect(cutShort.status).toBe(400)
    const wrongField = await service.send((agent) =>
      agent.post(`/api/areas/${town}/imports/grids`).attach('grids', Buffer.from('x'), 'a.csv'),
    )
    expect(wrongField.status).toBe(400)
    const noFile = await service.send((agent) =>
      agent
        .post(`/api/areas/${town}/imports/grids`)
        .set('content-type', 'multipart/form-data; boundary=X')
        .send('--X--\r\n'),
    )
    expect(noFile.status).toBe(400)
  })
})

describe('/api/check', () => {
  it('checks a division that is not stored, and gives it back to be drawn', async () => {
    const response = await service.send((agent) =>
      agent
        .post('/api/check')
        .attach(
          'grids',
          collection(square('A', 119.6, 119.6051), square('B', 119.605, 119.61)),
          'grids.geojson',
        )
        .attach(
          'households',
          Buffer.from('id,lon,lat\n1,119.60505,29.901\n2,119.601,29.901\n'),
          'households.csv',
        ),
    )
    const { report, grids } = response.body as CheckedFiles
    expect(report.counts).toEqual({ overlap: 1, household_in_several: 1 })
    expect(report.households).toEqual({ total: 2, in_one: 1, in_none: 0, in_several: 1 })
    expect(grids.features.map((one) => one.properties.code)).toEqual(['A', 'B'])
    const stored = (await service.get('/ogc/collections/grids/items')).text
    expect(stored).not.toContain('"A"')
  })

  it('tells which natural village is split and which building is cut', async () => {
    const named = (id: string, west: number, east: number): object => {
      const shape = square(id, west, east) as { properties: object }
      return { ...shape, properties: { id, name: `${id} 名` } }
    }
    const response = await service.send((agent) =>
      agent
        .post('/api/check')
        .attach(
          'grids',
          collection(square('A', 119.6, 119.605), square('B', 119.605, 119.61)),
          'grids.geojson',
        )
        .attach(
          'households',
          Buffer.from('id,lon,lat\n1,119.604,29.901\n2,119.606,29.901\n'),
          'households.csv',
        )
        .attach('villages', collection(named('v1', 119.603, 119.607)), 'villages.geojson')
        .attach(
          'buildings',
          collection(named('b1', 119.6, 119.605), named('b2', 119.604, 119.606)),
          'buildings.geojson',
        ),
    )
    const { report } = response.body as CheckedFiles
    expect(report.problems.map(({ code, site, households }) => [code, site, households])).toEqual([
      ['village_split', 'v1', 2],
      ['building_cut', 'b2', 2],
    ])
    expect(report.problems[0]!.sides).toMatchObject([
      { grid: 'A', households: 1 },
      { grid: 'B', households: 1 },
    ])
  })

  it('takes the area to cover as another file', async () => {
    const response = await service.send((agent) =>
      agent
        .post('/api/check')
        .attach('grids', collection(square('A', 119.6, 119.605)), 'grids.geojson')
        .attach('within', collection(square('whole', 119.6, 119.61)), 'area.geojson'),
    )
    expect((response.body as CheckedFiles).report.counts).toMatchObject({ inlet: 1 })
  })

  it('refuses a file that cannot be read, with the place', async () => {
    const response = await service.send((agent) =>
      agent
        .post('/api/check')
        .attach('grids', Buffer.from('{"type":"FeatureCollection","features":[{'), 'half.geojson'),
    )
    expect(response.status).toBe(422)
    expect((response.body as { flaws: { place: { file: string } }[] }).flaws[0]?.place.file).toBe(
      'half.geojson',
    )
  })
})

describe('/api/match', () => {
  it('matches a trace to the grids it enters, and stores nothing', async () => {
    const rows = fixes.map(
      (fix) => `${fix.worker},${new Date(fix.time).toISOString()},${fix.longitude},${fix.latitude}`,
    )
    const response = await service.send((agent) =>
      agent
        .post(`/api/match?area=${town}`)
        .attach('traces', Buffer.from(['worker,time,lon,lat', ...rows].join('\n')), 'trace.csv'),
    )
    const matched = response.body as MatchedFiles
    expect([matched.fixes, matched.refused]).toEqual([181, 0])
    expect(matched.results.map((one) => [one.worker, one.date, one.grid, one.seconds])).toEqual([
      // 181 fixes 20 s apart, all within 101.
      ['w1', '2026-10-09', '101', { inside: 3600, outside: 0, unobserved: 0, unreliable: 0 }],
    ])
    expect(matched.traces).toHaveLength(1)
    const { body } = await service.get(`/api/areas/${town}/patrol-days?from=2026-10-09&to=2026-10-10`)
    expect((body as { rows: unknown[] }).rows).toEqual([])
  })
})
