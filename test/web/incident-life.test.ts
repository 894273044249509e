import { describe, expect, it } from 'vitest'
import { sayIn } from '../../web/i18n/language.ts'
import { countdown } from '../../web/screens/incidents/life/countdown.ts'
import { emptyDraft, faultsOf, instantOf, reportOf } from '../../web/screens/incidents/life/draft.ts'
import { parseSpot, spotText } from '../../web/screens/incidents/life/spot.ts'

describe('a countdown', () => {
  // A working day of nine hours is 540 minutes.
  it.each([
    [1242, 'on_time', '还有 2.3 个工作日'],
    [539, 'due_soon', '还有 9.0 个工作小时'],
    [-60, 'overdue', '逾期 1.0 个工作小时'],
    [-1080, 'overdue', '逾期 2.0 个工作日'],
    // Overdue since the office closed: no working time has passed.
    [0, 'overdue', '逾期'],
    [null, 'met_late', '超期完成'],
  ] as const)('of %s minutes, %s, reads %s', (working_minutes_left, status, words) => {
    expect(countdown({ working_minutes_left, status }, 540, sayIn('zh'))).toBe(words)
  })
})

describe('a report being typed', () => {
  const draft = {
    ...emptyDraft(Date.parse('2026-10-08T09:30:40+08:00')),
    category: 'fire',
    description: ' 楼道堆物 ',
  }

  it('begins now, Shanghai time, and reads times as they are typed', () => {
    expect(draft.occurred).toBe('2026-10-08 09:30')
    expect(instantOf(' 2026-10-08 9:05')).toBe(Date.parse('2026-10-08T09:05:00+08:00'))
    for (const typed of ['2026-02-30 09:00', '2026-10-08 24:00', '9:30', ''])
      expect(instantOf(typed)).toBeNull()
  })

  it('says what is missing, each beside its field', () => {
    expect(Object.keys(faultsOf({ ...emptyDraft(0), occurred: 'now' }, null)).toSorted()).toEqual([
      'category',
      'description',
      'occurred',
      'position',
    ])
    expect(faultsOf(draft, [119.6, 29.9])).toEqual({})
    expect(faultsOf({ ...draft, household: 'h1' }, null)).toEqual({})
    expect(Object.keys(faultsOf({ ...draft, household: 'h1', place: 'p1' }, null))).toEqual(['place'])
  })

  it('sends what was said and nothing else', () => {
    expect(reportOf({ ...draft, contact: ' 138 ', urgency: 'emergency' }, [119.6, 29.9])).toEqual({
      key: draft.key,
      category: 'fire',
      description: '楼道堆物',
      occurred_at: '2026-10-08T01:30:00.000Z',
      lon: 119.6,
      lat: 29.9,
      urgency: 'emergency',
      reporter_contact: '138',
    })
  })
})

it('a spot in the address is read back as it was written', () => {
  expect(parseSpot(spotText([119.6, -29.90001]))).toEqual([119.6, -29.90001])
  for (const written of ['', '119.6', '119.6,', 'a,b', '119.6,29.9,1']) expect(parseSpot(written)).toBeNull()
})
