/** GET /metrics as Prometheus reads it: a line a sample, after its type. */
import { beforeAll, describe, expect, it } from 'vitest'
import { markStaleDays } from '../../server/db/matching.ts'
import { useDatabase } from '../support/database.ts'
import { serviceOn } from '../support/service.ts'
import { now, seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
beforeAll(() => seedSmallTown(test.db))

/** Samples by name and labels, as they stand in the text. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}
const counted = (route: string, status: number, method = 'GET'): string =>
  `wangge_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`

describe('/metrics', () => {
  it('counts requests by the route that took them, never by what was asked', async () => {
    const service = serviceOn(test.db)
    await service.get(`/api/areas/${town}/grids`)
    await service.get(`/api/areas/${town}/grids`)
    await service.get('/api/areas/nowhere/grids')
    await service.get(`/nothing/${town}`)
    const answer = await service.get('/metrics')
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    const samples = samplesOf(answer.text)
    expect(samples.get(counted('/api/areas/{code}/grids', 200))).toBe(2)
    expect(samples.get(counted('/api/areas/{code}/grids', 404))).toBe(1)
    expect(samples.get(counted('other', 404))).toBe(1)
    expect(answer.text).not.toContain(town)
    expect([...samples.values()].every(Number.isFinite)).toBe(true)
  })

  it('says how many worker days wait to be matched', async () => {
    const waiting = async (): Promise<number> =>
      samplesOf((await serviceOn(test.db).get('/metrics')).text).get('wangge_stale_worker_days') ?? Number.NaN
    const before = await waiting()
    const days = ['2026-09-01', '2026-09-02', '2026-09-03'].map((day) => ({ worker: 'w1', day }))
    await markStaleDays(test.db.system(), town, days)
    expect((await waiting()) - before).toBe(3)
  })

  it('counts the fixes that were made durable', async () => {
    const service = serviceOn(test.db)
    const before = samplesOf((await service.get('/metrics')).text)
    expect(before.get('wangge_fixes_written_total')).toBe(0)
    const fix = (seconds: number): object => ({
      worker: 'w1',
      time: new Date(now - 3_600_000 + seconds * 1000).toISOString(),
      lon: 119.603,
      lat: 29.903,
    })
    await service.send((agent) => agent.post(`/ingest/fixes?town=${town}`).send([fix(0), fix(7)]))
    const samples = samplesOf((await service.get('/metrics')).text)
    expect(samples.get('wangge_fixes_written_total')).toBe(2)
    expect(samples.get('wangge_fixes_waiting')).toBe(0)
    expect(samples.get('wangge_database_up')).toBe(1)
    expect(samples.get('wangge_jobs{state="running"}')).toBe(0)
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e7)
  })

  it('is for administrators', async () => {
    const answer = await serviceOn(test.db, { viewer: 'supervisor' }).get('/metrics')
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden'])
  })
})
