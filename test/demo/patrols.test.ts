import chineseDays from 'chinese-days'
import { beforeAll, describe, expect, test } from 'vitest'
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import { fourHoursThreeKilometres } from '../../server/core/policy/patrol-policy.ts'
import { matchWorker } from '../../server/core/trajectories/match-worker.ts'
import type { Fix } from '../../server/core/values.ts'
import { demoRows, demoTraces, midnight, truths } from './demo-township.ts'

const { days, rule, absent } = truths.patrols
const dayMilliseconds = 86_400_000
const localDay = (time: number): string => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10)
const keyOf = ({ worker, date }: { worker: string; date: string }): string => `${worker} ${date}`

let traces: Map<string, Fix[]>
/** By worker and day, as the keys say. */
const byDay = new Map<string, Fix[]>()
const fixesOf = (worker: string, date: string): Fix[] => byDay.get(`${worker} ${date}`)!
beforeAll(async () => {
  traces = await demoTraces()
  for (const [worker, fixes] of traces)
    for (const fix of fixes) {
      const key = `${worker} ${localDay(fix.time)}`
      const day = byDay.get(key)
      if (day) day.push(fix)
      else byDay.set(key, [fix])
    }
})

describe('what the truths say', () => {
  test('every full-time worker has each working day of October 2026, walked or absent', () => {
    const october = Array.from({ length: 31 }, (_, i) => `2026-10-${String(i + 1).padStart(2, '0')}`).filter(
      (day) => chineseDays.isWorkday(day),
    )
    expect(october).toContain('2026-10-10') // a Saturday made up for the holidays
    const workers = [...new Set(days.map(({ worker }) => worker))]
    expect(workers).toHaveLength(40)
    const expected = workers.flatMap((worker) => october.map((date) => `${worker} ${date}`)).sort()
    expect([...days, ...absent].map(keyOf).sort()).toEqual(expected)
  })

  test('met is at least 4 hours and at least 3 km, and no day is nearer than 12 % to either', () => {
    for (const day of days) {
      const shares = [day.inside_hours / rule.hours, day.inside_km / rule.kilometres]
      expect(day.met, `on ${keyOf(day)}`).toBe(shares.every((share) => share >= 1))
      for (const share of shares)
        expect(Math.abs(share - 1), `on ${keyOf(day)}`).toBeGreaterThanOrEqual(0.1199)
    }
    expect(truths.patrols.met).toBe(days.filter(({ met }) => met).length)
    expect(truths.patrols.met + truths.patrols.not_met).toBe(days.length)
  })

  test('someone fails three days running, someone five days of the month', () => {
    const workers = [...new Set(days.map(({ worker }) => worker))]
    const marks = workers.map((worker) =>
      days
        .filter((d) => d.worker === worker)
        .map(({ met }) => (met ? '+' : '-'))
        .join(''),
    )
    expect(marks.some((month) => month.includes('---'))).toBe(true)
    expect(marks.some((month) => month.split('-').length - 1 >= 5 && !month.includes('---'))).toBe(true)
  })
})

describe('the traces', () => {
  test('are sorted, of the days the truths name, a fix every 20 to 30 s but for silences', () => {
    const steps = [...traces.values()].flatMap((fixes) =>
      fixes.slice(1).map(({ time }, i) => (time - fixes[i]!.time) / 1000),
    )
    expect(steps.filter((seconds) => seconds < 19)).toEqual([])
    expect(steps.filter((seconds) => seconds <= 30).length / steps.length).toBeGreaterThan(0.99)
    expect(steps.length + traces.size).toBe(truths.counts['fixes'])
    expect([...byDay.keys()].sort()).toEqual(days.map(keyOf).sort())
  })

  test('first to last fix is the time inside, outside and unobserved', () => {
    for (const day of days) {
      const fixes = fixesOf(day.worker, day.date)
      const hours = (fixes.at(-1)!.time - fixes[0]!.time) / 3_600_000
      expect(day.inside_hours + day.outside_hours + day.unobserved_hours, `on ${keyOf(day)}`).toBeCloseTo(
        hours,
        2,
      )
    }
  })

  test('a replayed day repeats the fixes of the day before to the digit', () => {
    const replayed = days.filter(({ label }) => label === 'replayed')
    expect(replayed.length).toBeGreaterThan(0)
    for (const day of replayed) {
      const shift = midnight(day.date) - midnight(day.of!)
      expect(shift % dayMilliseconds).toBe(0)
      expect(fixesOf(day.worker, day.date)).toEqual(
        fixesOf(day.worker, day.of!).map((fix) => ({ ...fix, time: fix.time + shift })),
      )
    }
  })

  test('a phone carried by another stays within GPS error of the carrier; honest workers do not', () => {
    const medianApart = (one: string, other: string, date: string): number => {
      const theirs = fixesOf(other, date)
      const apart = fixesOf(one, date).flatMap((fix) => {
        const near = theirs.reduce((a, b) =>
          Math.abs(b.time - fix.time) < Math.abs(a.time - fix.time) ? b : a,
        )
        return Math.abs(near.time - fix.time) <= 15_000
          ? [distanceMetres(fix.longitude, fix.latitude, near.longitude, near.latitude)]
          : []
      })
      return apart.sort((a, b) => a - b)[Math.floor(apart.length / 2)] ?? Number.POSITIVE_INFINITY
    }
    const carried = days.filter(({ label }) => label === 'phone_carried')
    expect(carried.length).toBeGreaterThan(0)
    for (const { worker, of, date } of carried) {
      expect(medianApart(worker, of!, date)).toBeLessThan(40)
      const [other] = days.filter((d) => d.date === date && d.label === 'honest' && d.worker !== of)
      expect(medianApart(other!.worker, of!, date)).toBeGreaterThan(100)
    }
  })
})

test('matching finds the rule met on exactly the days on which it truly was', {
  timeout: 240_000,
}, async () => {
  const assignments = await demoRows('assignments')
  const grids = await demoRows('grids')
  const found = new Map<string, boolean>()
  for (const [worker, fixes] of traces) {
    const assigned = assignments
      .filter((a) => a.worker === worker)
      .flatMap((a) =>
        grids
          .filter(({ code }) => code === a.grid)
          .map(({ code, boundary, validFrom, validTo }) => ({
            code,
            geometry: boundary,
            from: Math.max(a.from!, validFrom!),
            to: Math.min(a.to ?? Number.POSITIVE_INFINITY, validTo ?? Number.POSITIVE_INFINITY),
          })),
      )
      .filter(({ from, to }) => from < to)
      .map((grid) => ({ ...grid, to: Number.isFinite(grid.to) ? grid.to : null }))
    for (const { date, grid, rules } of matchWorker(fixes, assigned, [], fourHoursThreeKilometres))
      found.set(
        `${worker} ${date} ${grid}`,
        rules.every(({ met }) => met),
      )
  }
  expect(found).toEqual(new Map(days.map((day) => [`${keyOf(day)} ${day.grid}`, day.met])))
})
