/** The demo's dishonest days are found by their traces, and nobody else is asked about. */
import { beforeAll, describe, expect, test } from 'vitest'
import { screenDays } from '../../server/core/evidence/screen-days.ts'
import type { Evidence } from '../../server/core/evidence/values.ts'
import { usualEvidence } from '../../server/core/policy/evidence-policy.ts'
import { fourHoursThreeKilometres } from '../../server/core/policy/patrol-policy.ts'
import { localDayOf } from '../../server/core/trajectories/local-day.ts'
import { readWorkerDay } from '../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../server/core/trajectories/order-fixes.ts'
import { demoTraces, truths } from './demo-township.ts'

const { days } = truths.patrols
const labelled = (label: string) => days.filter((one) => one.label === label)
let found: Evidence[]
const of = (worker: string, day: string): Evidence[] =>
  found.filter((one) => one.worker === worker && one.day === day)

beforeAll(async () => {
  const read = [...(await demoTraces())].flatMap(([worker, fixes]) => {
    const ordered = orderFixes(fixes)
    return [...new Set(fixes.map(({ time }) => localDayOf(time)))].map((day) => ({
      worker,
      read: readWorkerDay(ordered, day, fourHoursThreeKilometres)!,
    }))
  })
  found = await screenDays(read, () => () => false, usualEvidence)
})

describe('found', () => {
  test('each replayed day, with the day it repeats', () => {
    expect(labelled('replayed')).toHaveLength(6)
    for (const { worker, date, of: original } of labelled('replayed'))
      expect(of(worker, date)).toMatchObject([
        // The fixes are the same to the digit, a whole number of days later.
        {
          code: 'replayed_trace',
          other: { worker, day: original },
          figures: { rms_metres: 0, shift_metres: 0, shift_seconds: 0 },
        },
      ])
  })

  test('each phone carried by another, with who carried it', () => {
    expect(labelled('phone_carried')).toHaveLength(6)
    for (const { worker, date, of: carrier } of labelled('phone_carried'))
      expect(of(worker, date)).toMatchObject([
        { code: 'carried_together', other: { worker: carrier, day: date } },
      ])
  })

  test('each day driven through', () => {
    expect(labelled('drove_through')).toHaveLength(6)
    for (const { worker, date } of labelled('drove_through'))
      expect(of(worker, date)).toMatchObject([{ code: 'vehicle', other: null }])
  })
})

test('nobody else is asked about: of 623 honest days only those on which the worker carried another’s phone', () => {
  const carriers = new Set(labelled('phone_carried').map(({ of: carrier, date }) => `${carrier} ${date}`))
  const dishonest = new Set(
    ['replayed', 'phone_carried', 'drove_through']
      .flatMap(labelled)
      .map((one) => `${one.worker} ${one.date}`),
  )
  expect(labelled('honest')).toHaveLength(623)
  const others = found.filter((one) => !dishonest.has(`${one.worker} ${one.day}`))
  expect(others.map(({ worker, day }) => `${worker} ${day}`).sort()).toEqual([...carriers].sort())
  expect(new Set(others.map(({ code }) => code))).toEqual(new Set(['carried_together']))
})
