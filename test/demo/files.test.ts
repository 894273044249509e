import { expect, test } from 'vitest'
import { demoRows, gridsOn, midnight, truths } from './demo-township.ts'

const { counts } = truths

test.each([
  ['areas', 2 + counts['villages']!],
  ['grids', counts['grid_versions']],
  ['villages', counts['natural_villages']],
  ['buildings', counts['buildings']],
  ['roads', counts['roads']],
  ['land', counts['land']],
  ['households', 12_000],
  ['places', counts['places']],
  ['workers', 120],
  ['assignments', counts['assignments']],
  ['roster', 12_000 - 3],
  ['visits', counts['visits']],
  ['incidents', 3000],
] as const)('%s import without a refusal, every row with an id of its own', async (kind, count) => {
  const rows = await demoRows(kind)
  expect(rows).toHaveLength(count!)
  const keys = rows.map((row) => JSON.stringify({ ...row, boundary: null, path: null, name: null }))
  expect(new Set(keys).size).toBe(count)
})

test('codes, ids and names lead somewhere', async () => {
  const areas = new Set((await demoRows('areas')).map(({ code }) => code))
  const grids = await demoRows('grids')
  const codes = new Set(grids.map(({ code }) => code))
  const households = new Set((await demoRows('households')).map(({ id }) => id))
  const workers = new Set((await demoRows('workers')).map(({ id }) => id))
  expect([...areas].every((code) => code.startsWith('99'))).toBe(true)
  expect(
    grids.filter(({ villageCode, code }) => !areas.has(villageCode!) || !code.startsWith(villageCode!)),
  ).toEqual([])
  expect((await demoRows('assignments')).filter((a) => !workers.has(a.worker) || !codes.has(a.grid))).toEqual(
    [],
  )
  expect(
    (await demoRows('roster')).filter((r) => !workers.has(r.worker) || !households.has(r.household)),
  ).toEqual([])
  expect(
    (await demoRows('visits')).filter((v) => !workers.has(v.worker) || !households.has(v.household!)),
  ).toEqual([])
  expect(
    (await demoRows('incidents')).filter((i) => i.gridCode !== undefined && !codes.has(i.gridCode)),
  ).toEqual([])
})

test('every grid has one leader, one full-time worker and one instructor on every day', async () => {
  const assignments = await demoRows('assignments')
  for (const day of ['2026-10-08', '2026-10-18', '2026-10-19', '2026-10-30'])
    for (const { code } of await gridsOn(day)) {
      const team = assignments.filter(
        (a) => a.grid === code && a.from! <= midnight(day) && (a.to === null || midnight(day) < a.to),
      )
      for (const role of ['leader', 'full_time', 'instructor'])
        expect(
          team.filter((a) => a.role === role),
          `${role} of ${code} on ${day}`,
        ).toHaveLength(1)
    }
})

test('two workers change places on the day the truths name', async () => {
  const changed = (await demoRows('assignments')).filter((a) => a.from === midnight(truths.reassignment.day))
  expect(changed.map(({ worker }) => worker).sort()).toEqual([...truths.reassignment.workers].sort())
})

test('every household has exactly one contact, but for the three planted', async () => {
  const contacts = new Map<string, number>()
  for (const { household } of await demoRows('roster'))
    contacts.set(household, (contacts.get(household) ?? 0) + 1)
  const without = (await demoRows('households')).map(({ id }) => id).filter((id) => contacts.get(id) !== 1)
  expect(without).toEqual(truths.roster.without_contact)
})

test('households look like those of a township', async () => {
  const households = await demoRows('households')
  const mean = households.reduce((sum, h) => sum + h.members!, 0) / households.length
  expect(mean).toBeGreaterThan(2.6)
  expect(mean).toBeLessThan(3.2)
  expect(households.filter((h) => h.mustVisit)).toHaveLength(counts['must_visit']!)
  for (const category of [
    'five_guarantee',
    'low_income',
    'living_alone',
    'left_behind_child',
    'disabled',
    'preferential',
  ]) {
    const share = households.filter((h) => h.categories.includes(category)).length / households.length
    expect(share, `share of ${category}`).toBeGreaterThan(0.002)
    expect(share, `share of ${category}`).toBeLessThan(0.06)
  }
})
