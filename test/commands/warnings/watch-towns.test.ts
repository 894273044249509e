/** A night on a database: drafts are made once, decided once, and measured by what came after. */
import { beforeAll, describe, expect, it } from 'vitest'
import { watchTowns } from '../../../server/commands/warnings/watch-towns.ts'
import type { Warnings } from '../../../server/contract/warnings.ts'
import { findWarnings, type WarningInput } from '../../../server/core/analysis/find-warnings.ts'
import { findArea } from '../../../server/db/areas.ts'
import { listIncidentRecords } from '../../../server/db/incidents.ts'
import { useDatabase } from '../../support/database.ts'
import { type Service, serviceOn } from '../../support/service.ts'
import { eastVillage, now, otherTown, seedSmallTown, town } from '../../support/small-town.ts'

const day = 86_400_000
const test = useDatabase()
let service: Service
let nights = 0

const watch = (at: number) =>
  watchTowns(test.db, {
    now: at,
    signal: new AbortController().signal,
    find: async (input: WarningInput) => {
      nights++
      return findWarnings({ ...input, policy: { ...input.policy, replications: 499 } })
    },
  })
const townArea = async () => (await findArea(test.db.system(), town))!
const list = async (query = ''): Promise<Warnings> =>
  (await service.get(`/api/areas/${town}/warnings${query}`)).body as Warnings
const decide = (id: string, as = service) =>
  as.send((agent) =>
    agent
      .post(`/api/areas/${town}/warnings/${id}/decision`)
      .set('origin', 'http://wangge.test')
      .set('host', 'wangge.test')
      .send({ state: 'confirmed', reason: '已派人核实' }),
  )

beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
  // A thin background over half a year and all four grids, and twelve in the last ten days in one corner of 101.
  const background = Array.from({ length: 60 }, (_, i) => ({
    at: now - (i + 1) * 3 * day,
    longitude: 119.6005 + ((i * 7) % 19) * 0.0005,
    latitude: 29.9005 + ((i * 11) % 19) * 0.0005,
  }))
  const cluster = Array.from({ length: 12 }, (_, i) => ({
    at: now - (1 + i * 0.7) * day,
    longitude: 119.601 + (i % 3) * 0.0002,
    latitude: 29.901 + (i % 4) * 0.0002,
  }))
  await test.db.system().insertMany(
    'incidents',
    {
      town_id: 'text',
      incident_id: 'text',
      category: 'text',
      occurred_at: 'timestamptz',
      position: 'geometry',
    },
    [...background, ...cluster].map((one, i) => [
      town,
      `n${i}`,
      'environment',
      one.at,
      `SRID=4326;POINT(${one.longitude} ${one.latitude})`,
    ]),
  )
})

describe('the nightly watch', () => {
  it('makes a draft of a cluster, and looks at a night once', async () => {
    const watched = await watch(now)
    expect(watched.warnings).toBe(1)
    const looked = nights
    expect(await watch(now + 3_600_000)).toEqual({ towns: 0, warnings: 0 })
    expect(nights).toBe(looked)
    const { warnings, accuracy, recurrence_interval_days } = await list()
    expect(warnings).toHaveLength(1)
    expect((await list()).counts).toEqual({ draft: 1, confirmed: 0, dismissed: 0 })
    expect((await list(`?id=${warnings[0]!.id}`)).warnings).toEqual(warnings)
    expect((await list('?id=none')).warnings).toEqual([])
    expect(warnings[0]).toMatchObject({
      town,
      category: 'environment',
      state: 'draft',
      followed: null,
      grid: '101',
    })
    expect(warnings[0]!.observed).toBeGreaterThan(warnings[0]!.expected)
    expect(warnings[0]!.reading.zh).toContain('环境事件')
    expect([accuracy.warnings, recurrence_interval_days]).toEqual([0, 365])
  })

  it('does not tell again of the same ground the next night', async () => {
    expect((await watch(now + day)).warnings).toBe(0)
    expect((await list()).warnings).toHaveLength(1)
  })

  it('is decided on once, by a supervisor, with the reason; elsewhere nobody sees it', async () => {
    const [one] = (await list('?state=draft')).warnings
    const analyst = serviceOn(test.db, { viewer: `analyst:${town}` })
    expect((await decide(one!.id, analyst)).status).toBe(403)
    const other = serviceOn(test.db, { viewer: `supervisor:${otherTown}` })
    expect((await decide(one!.id, other)).status).toBe(404)
    const records = async () => listIncidentRecords(test.db.system(), await townArea(), 0, now + 400 * day)
    const before = await records()
    const decided = await decide(one!.id)
    expect(decided.body).toMatchObject({ state: 'confirmed', reason: '已派人核实' })
    const { incident } = decided.body as { incident: string }
    expect((await service.get(`/api/areas/${town}/incidents/${incident}`)).body).toMatchObject({
      category: 'environment',
      state: 'reported',
      level: 'township',
      grid: '101',
      description: expect.stringMatching(new RegExp(`^预警 ${one!.id}：.*已派人核实$`)) as unknown,
    })
    // The case is no observation: analyses count what they counted before.
    expect(await records()).toEqual(before)
    expect((await decide(one!.id)).status).toBe(409)
    const { warnings: drafts, counts } = await list('?state=draft')
    expect([drafts, counts]).toEqual([[], { draft: 0, confirmed: 1, dismissed: 0 }])
    const ofVillage = serviceOn(test.db, { viewer: `supervisor:${eastVillage}` })
    expect(((await ofVillage.get(`/api/areas/${eastVillage}/warnings`)).body as Warnings).warnings).toEqual(
      [],
    )
  })

  it('is measured after four weeks by what happened there', async () => {
    await test.db.system().insertMany(
      'incidents',
      {
        town_id: 'text',
        incident_id: 'text',
        category: 'text',
        occurred_at: 'timestamptz',
        position: 'geometry',
      },
      [0, 1, 2, 3, 4, 5].map((i) => [
        town,
        `later${i}`,
        'environment',
        now + (i + 1) * day,
        // Four on the warned corner, two in the opposite one.
        `SRID=4326;POINT(${i < 4 ? '119.6011 29.9011' : '119.6095 29.9095'})`,
      ]),
    )
    await watch(now + 29 * day)
    const { warnings, accuracy } = await list()
    const one = warnings.find((warning) => warning.state === 'confirmed')!
    expect(one.followed).toMatchObject({ days: 28 })
    expect(one.followed!.observed).toBeGreaterThanOrEqual(4)
    expect(accuracy.warnings).toBe(1)
    expect(accuracy.hit_rate).toBeCloseTo(one.followed!.observed / 6, 12)
  })
})
