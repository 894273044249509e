/** A place sets its own numbers: from a day on, with a reason, and what they judge is judged again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy } from '../../server/cli/policy.ts'
import { ingestFixes } from '../../server/commands/ingest-fixes.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { createFixWriter } from '../../server/commands/positions/fix-writer.ts'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import type { Policies } from '../../server/contract/policies.ts'
import { listStaleDays } from '../../server/db/matching.ts'
import { statement } from '../../server/db/sql.ts'
import { lending, runWith } from '../cli/run-verb.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { fixes, now, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { post } from './planning.ts'

const test = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'wangge-policy-'))
let chief: Service
let supervisor: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  await ingestFixes(createFixWriter(test.db, { onWritten: () => {} }), {
    town,
    batchKey: undefined,
    fixes: fixes.map((fix) => ({ ...fix, place: {} })),
    now,
  })
  await matchStaleDays(test.db, { towns: [town] })
  chief = serviceOn(test.db, { viewer: `administrator:${town}`, now })
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}`, now })
})
afterAll(() => rmSync(folder, { recursive: true }))

const path = `/api/areas/${town}/policies`
const twoHours = {
  kind: 'patrol',
  name: '两小时',
  from: '2026-10-09',
  reason: '农忙时节',
  rules: { preset: '004', rules: [{ rule: 'hours', required: 0.5 }] },
}
const metOn = async (day: string): Promise<unknown> =>
  (
    await test.db
      .system()
      .many(
        statement<{ met: boolean }>(
          `select rules_met as met from wangge.patrol_days where town_id = '${town}' and day = '${day}' and worker_id = 'w1'`,
        ),
        [],
      )
  ).map(({ met }) => met)
const codeOf = (answer: { readonly body: unknown }): string => (answer.body as ProblemDetails).code
const held = async (): Promise<(string | null)[][]> =>
  ((await chief.get(path)).body as Policies).policies
    .filter(({ kind, area }) => kind === 'patrol' && area === town)
    .map(({ name, from, to }) => [name, from, to])

describe('setting a policy', () => {
  it('judges the days from its first day on again, and none before', async () => {
    expect(await metOn('2026-10-09')).toEqual([false])
    const set = await post(chief, path, twoHours)
    expect([set.status, set.body]).toEqual([200, { to: null, stale_days: 1 }])
    expect(await listStaleDays(test.db.system(), [town], null, 10)).toEqual([
      { town, worker: 'w1', day: '2026-10-09' },
    ])
    await matchStaleDays(test.db, { towns: [town] })
    expect(await metOn('2026-10-09')).toEqual([true])
    expect(await held()).toEqual([['两小时', '2026-10-09', null]])
  })

  it('ends what held on its first day and leaves what begins later', async () => {
    expect((await post(chief, path, { ...twoHours, name: 'later', from: '2026-12-01' })).body).toMatchObject({
      to: null,
    })
    expect(
      (await post(chief, path, { ...twoHours, name: 'between', from: '2026-11-01' })).body,
    ).toMatchObject({
      to: '2026-12-01',
    })
    expect(await held()).toEqual([
      ['later', '2026-12-01', null],
      ['between', '2026-11-01', '2026-12-01'],
      ['两小时', '2026-10-09', '2026-11-01'],
    ])
    // Set again from the same day, it is replaced; what was set before stays on record.
    await post(chief, path, { ...twoHours, name: 'other', from: '2026-11-01', reason: '更正' })
    expect((await held())[1]).toEqual(['other', '2026-11-01', '2026-12-01'])
    const { changes } = (await chief.get(path)).body as Policies
    expect(
      changes.map(({ name, reason, changed_by }) => [name, reason, changed_by].join(' ')).toSorted(),
    ).toEqual([
      'between 农忙时节 local-administrator',
      'later 农忙时节 local-administrator',
      'other 更正 local-administrator',
      '两小时 农忙时节 local-administrator',
    ])
  })

  it('is for administrators of the area, and township-wide kinds are for townships', async () => {
    expect((await post(supervisor, path, twoHours)).status).toBe(403)
    const foreign = await post(chief, `/api/areas/${otherTown}/policies`, twoHours)
    expect(foreign.status).toBe(404)
    const ofVillage = await post(chief, `/api/areas/${westVillage}/policies`, twoHours)
    expect([ofVillage.status, codeOf(ofVillage)]).toEqual([400, 'bad_request'])
    const division = { ...twoHours, kind: 'division', rules: { households: { from: 3, to: 6 } } }
    expect((await post(chief, `/api/areas/${westVillage}/policies`, division)).status).toBe(200)
  })

  it('refuses what is no policy, with each place', async () => {
    const wrong = [
      { ...twoHours, rules: { gap_second: 5 } },
      { ...twoHours, rules: { gap_seconds: -5 } },
      { ...twoHours, reason: ' ' },
      { ...twoHours, kind: 'division', rules: { households: { from: 9, to: 3 } } },
      { ...twoHours, kind: 'evidence', rules: { togetherShare: 1.5 } },
      { ...twoHours, kind: 'assessment', rules: { preset: '005' } },
    ]
    for (const body of wrong) {
      const refused = await post(chief, path, body)
      expect([refused.status, (refused.body as ProblemDetails).flaws?.length]).toEqual([
        400,
        expect.any(Number),
      ])
    }
    expect(await held()).toHaveLength(3)
  })
})

describe('wangge policy', () => {
  const run = (...argv: string[]) => runWith({ now: () => now, ...lending(test.db) }, policy, ...argv)
  it('sets from a file, matches at once, and lists what holds', async () => {
    const file = join(folder, 'hours.json')
    writeFileSync(file, JSON.stringify({ preset: '004' }))
    const set = await run('set', 'patrol', '--area', town, '--rules', file, '--reason', '恢复')
    expect([set.code, set.err]).toEqual([0, expect.stringContaining('1 worker days to match again')])
    expect(await metOn('2026-10-09')).toEqual([false])
    const listed = await run('list', '--area', town)
    expect(listed.out).toContain(`${town}    patrol      2026-10-09 … 2026-11-01`)
  })
  it('says what is wrong with the call', async () => {
    await expect(
      run('set', 'patrols', '--area', town, '--rules', join(folder, 'hours.json'), '--reason', 'x'),
    ).rejects.toThrow(/kinds: patrol/)
    await expect(
      run('set', 'patrol', '--area', town, '--rules', join(folder, 'none.json'), '--reason', 'x'),
    ).rejects.toThrow('cannot be read')
    await expect(run('set', 'patrol', '--area', town, '--reason', 'x')).rejects.toThrow('--rules is missing')
  })
})
