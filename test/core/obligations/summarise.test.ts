import { describe, expect, it } from 'vitest'
import { findObstacles, isBehind, type WorkerWeek } from '../../../server/core/obligations/find-obstacles.ts'
import { summarise } from '../../../server/core/obligations/summarise.ts'
import type { Obligation, ObligationStatus } from '../../../server/core/obligations/values.ts'

const one = (ageDays: number | null, status: ObligationStatus | null, overdueDays = 0): Obligation => ({
  status,
  ageDays,
  lastDay: null,
  dueDay: null,
  overdueDays,
})

describe('summarise', () => {
  it('adds up, with never as the oldest of all', () => {
    const list = [one(3, 'done'), one(null, 'pending', 9), one(20, 'missed', 2), one(1, 'interval_not_kept'), one(7, null)] // biome-ignore format: one line
    // Ages in order: 1, 3, 7, 20, never.
    expect(summarise(list)).toEqual({
      total: 5,
      asked: 4,
      done: 1,
      pending: 1,
      missed: 1,
      intervalNotKept: 1,
      overdue: 2,
      never: 1,
      oldestDays: 20,
      medianDays: 7,
    })
  })

  it('knows no median where half were never visited, and nothing of nothing', () => {
    expect(summarise([one(3, 'done'), one(null, 'pending')]).medianDays).toBeNull()
    expect(summarise([])).toMatchObject({ total: 0, oldestDays: null, medianDays: null })
  })
})

describe('obstacles', () => {
  const week: WorkerWeek = {
    householdShare: 300,
    days: 5,
    seconds: 72_000,
    secondsUnobserved: 0,
    secondsUnreliable: 0,
    reportsRefused: 0,
  }
  it.each([
    ['nothing', {}, []],
    ['half again as many households', { householdShare: 450 }, ['many_households']],
    ['a little less', { householdShare: 449 }, []],
    ['a third of the time silent', { secondsUnobserved: 24_000 }, ['long_silences']],
    ['a third not believable', { secondsUnreliable: 24_000 }, ['poor_positions']],
    ['nothing received', { days: 0, seconds: 0 }, ['no_positions']],
    ['reports refused', { reportsRefused: 1 }, ['device_reports']],
  ] as const)('%s', (_, change, expected) => {
    expect(findObstacles({ ...week, ...change }, 300)).toEqual(expected)
  })

  it('is behind with a tenth overdue', () => {
    expect(isBehind({ asked: 100, overdue: 10 })).toBe(true)
    expect(isBehind({ asked: 100, overdue: 9 })).toBe(false)
    expect(isBehind({ asked: 0, overdue: 0 })).toBe(false)
  })
})
