/** Against the State Council's notice for 2026 (国办发明电〔2025〕7号): holidays and the weekends worked for them. */
import { describe, expect, test } from 'vitest'
import { dayKind, workingDaysBetween } from '../../../server/core/policy/working-days.ts'

describe('2026', () => {
  test('National Day: 1–7 October off, Sunday 20 September and Saturday 10 October worked', () => {
    expect(
      ['2026-09-20', '2026-09-30', '2026-10-01', '2026-10-07', '2026-10-08', '2026-10-10', '2026-10-11'].map(
        dayKind,
      ),
    ).toEqual(['make_up', 'working', 'holiday', 'holiday', 'working', 'make_up', 'rest'])
    // 8, 9, 10 (made up), then three weeks of five.
    expect(workingDaysBetween('2026-10-01', '2026-11-01')).toHaveLength(3 + 15)
  })

  test('Spring Festival: 15–23 February off, Saturdays 14 and 28 worked', () => {
    expect(
      ['2026-02-14', '2026-02-15', '2026-02-17', '2026-02-23', '2026-02-24', '2026-02-28'].map(dayKind),
    ).toEqual(['make_up', 'holiday', 'holiday', 'holiday', 'working', 'make_up'])
    // 2–6, 9–13, 14 (made up), 24–27, 28 (made up).
    expect(workingDaysBetween('2026-02-01', '2026-03-01')).toHaveLength(5 + 5 + 1 + 4 + 1)
  })
})

test('beyond the published calendar Monday to Friday are worked', () => {
  expect(['2031-10-01', '2031-10-04', '2031-10-05'].map(dayKind)).toEqual(['working', 'rest', 'rest'])
})
