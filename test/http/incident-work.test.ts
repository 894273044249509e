/** The work list against each of its incidents. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { IncidentLifeAnswer, IncidentWork } from '../../server/contract/incident-life.ts'
import { statement } from '../../server/db/sql.ts'
import type { Viewer } from '../../server/db/viewer.ts'
import { incidentWorkRoute } from '../../server/routes/incident-life/work.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { seedSmallTown, town } from '../support/small-town.ts'
import { post } from './planning.ts'

const test = useDatabase()
let now = Date.parse('2026-10-09T10:00+08:00')
let supervisor: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}`, clock: () => now })
})

const path = `/api/areas/${town}`
const read = async (service: Service, id: string): Promise<IncidentLifeAnswer> =>
  (await service.get(`${path}/incidents/${id}`)).body as IncidentLifeAnswer
const work = async (service: Service, query: string): Promise<IncidentWork> =>
  (await service.get(`${path}/incident-work${query}`)).body as IncidentWork

async function advance(service: Service, id: string, action: string, more: object = {}): Promise<void> {
  const { revision } = await read(service, id)
  const { status } = await post(service, `${path}/incidents/${id}/events`, {
    action,
    revision,
    note: '已办',
    ...more,
  })
  expect([action, status]).toEqual([action, 200])
}

describe('what waits', () => {
  it('is judged in the list as it is by itself, while minutes go by and steps are taken', async () => {
    const before = now
    const policies = `delete from wangge.policies where kind = 'incident' and area_code = '${town}'`
    // Time to answer stands still while it is dispatched: what is due then moves on with the clock.
    await test.db.system().none(
      statement(`insert into wangge.policies (area_code, kind, valid_from, name, rules) values
        ('${town}', 'incident', '2026-09-01', 'still', '{"clockStopsIn": ["dispatched", "passed_up", "resolved"]}')`),
    )
    await advance(supervisor, 'i3', 'accept')
    await advance(supervisor, 'i3', 'dispatch', { assignee: 'w1 and others' })
    const dues = new Set<string | undefined>()
    for (const minutes of [0, 30, 3 * 1440, 20 * 1440]) {
      now = before + minutes * 60_000
      const { incidents, lists } = await work(supervisor, '?limit=1000')
      const alone = await Promise.all(incidents.map(({ id }) => read(supervisor, id)))
      expect(incidents.map(({ id, state, next, assignee }) => ({ id, state, next, assignee }))).toEqual(
        alone.map(({ id, state, next, assignee }) => ({ id, state, next, assignee })),
      )
      const count = (status: string): number =>
        alone.filter(({ deadlines }) => deadlines.some((one) => one.status === status)).length
      expect(lists).toMatchObject({ overdue: count('overdue'), due_soon: count('due_soon') })
      dues.add(incidents.find(({ id }) => id === 'i3')?.next?.due_at)
    }
    expect(dues.size).toBeGreaterThan(2)
    now = before
    await test.db.system().none(statement(policies))
    expect((await work(supervisor, '?state=dispatched')).incidents.map(({ id }) => id)).toContain('i3')
  })

  it('is read to its end for the others who ask, where the client that asked first goes', async () => {
    const gone = new AbortController()
    const viewer: Viewer = { name: 's', role: 'supervisor', areas: [town] }
    let kept: Promise<unknown> | undefined
    const get = (_key: string, _version: string, compute: () => Promise<unknown>): Promise<unknown> => {
      gone.abort()
      kept = compute()
      return kept
    }
    const asked = incidentWorkRoute.handle({
      db: test.db.as(viewer, { signal: gone.signal }),
      params: { code: town },
      query: {},
      now,
      viewer,
      services: { database: test.db, caches: { work: { get } } },
    } as never)
    await asked.catch(() => {}) // nobody is there to be answered
    await expect(kept).resolves.not.toHaveLength(0)
  })
})
