import { expect, test } from 'vitest'
import { assessMonth } from '../../../server/core/assessment/assess-month.ts'
import { quarterOf, rankQuarter } from '../../../server/core/assessment/rank-quarter.ts'
import type { MonthSheet } from '../../../server/core/assessment/values.ts'
import { assessmentPresets } from '../../../server/core/policy/assessment-policy.ts'
import { monthOf } from './month-facts.ts'

const rules = assessmentPresets['004']
const scored = (worker: string, score: number | null): MonthSheet => ({
  ...assessMonth(monthOf('2026-10', [], { worker }), rules),
  score,
})

test('places 1–5 three stars, 6–10 two, 11–15 one; equals share a place and the next is skipped', () => {
  // w01 100, w02 99 … ; w05 and w06 share place 5, so that place 6 is nobody's.
  const sheets = Array.from({ length: 17 }, (_, i) =>
    scored(`w${String(i + 1).padStart(2, '0')}`, i === 5 ? 96 : 100 - i),
  )
  const places = rankQuarter(sheets.toReversed(), rules)
  expect(places.map(({ worker, place, stars, reward }) => [worker, place, stars, reward])).toEqual([
    ['w01', 1, 3, 300],
    ['w02', 2, 3, 300],
    ['w03', 3, 3, 300],
    ['w04', 4, 3, 300],
    ['w05', 5, 3, 300],
    ['w06', 5, 3, 300],
    ['w07', 7, 2, 200],
    ['w08', 8, 2, 200],
    ['w09', 9, 2, 200],
    ['w10', 10, 2, 200],
    ['w11', 11, 1, 100],
    ['w12', 12, 1, 100],
    ['w13', 13, 1, 100],
    ['w14', 14, 1, 100],
    ['w15', 15, 1, 100],
    ['w16', 16, 0, 0],
    ['w17', 17, 0, 0],
  ])
})

test('the mean of the months counts; without a score there is no place, without a rule no ranking', () => {
  const sheets = [scored('w1', 90), scored('w1', 80), scored('w2', 86), scored('w3', null)]
  expect(rankQuarter(sheets, rules)).toMatchObject([
    { worker: 'w2', score: 86, place: 1 },
    { worker: 'w1', score: 85, place: 2 },
  ])
  expect(rankQuarter(sheets, assessmentPresets['places-first'])).toEqual([])
})

test('quarters of the year', () => {
  expect(['2026-01', '2026-03', '2026-04', '2026-10', '2026-12'].map(quarterOf)).toEqual([
    '2026-Q1',
    '2026-Q1',
    '2026-Q2',
    '2026-Q4',
    '2026-Q4',
  ])
})
