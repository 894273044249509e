import type { Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import type { ProblemException } from '../../server/contract/exceptions.ts'
import { geometryFingerprint } from '../../server/core/coverage/problem-life.ts'
import { exceptedGroup, groupByLife } from '../../web/screens/plan/data.ts'
import { isExcepted, livesOf } from '../../web/screens/plan/exceptions/lives.ts'
import { problem, report } from './small-town.ts'

const square = (side: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [side, 0],
      [side, side],
      [0, 0],
    ],
  ],
})
const gap = problem('gap-1', { code: 'gap', grids: ['101', '102'], geometry: { ...square(1) } })
const exception = (changes: Partial<ProblemException> = {}): ProblemException => ({
  area_code: '330100001',
  problem: 'gap-1',
  code: 'gap',
  grids: ['101', '102'],
  fingerprint: geometryFingerprint(square(1)),
  reason: '水库，无住户',
  expires_on: '2026-12-01',
  author: '林主任',
  made_at: '2026-10-01T00:00:00Z',
  ...changes,
})
const lifeOn = (today: string, changes: Partial<ProblemException> = {}, found = gap) =>
  livesOf([found], [exception(changes)], today).get('gap-1')

describe('a problem that came over the wire', () => {
  it('is excepted until its day, and expired from that day on', () => {
    expect(lifeOn('2026-11-30')).toEqual({ status: 'excepted', exception: exception() })
    expect(lifeOn('2026-12-01')?.status).toBe('expired')
    expect(lifeOn('2099-01-01', { expires_on: null })?.status).toBe('excepted')
  })

  it('is open again when its geometry is another, and still says who accepted the old one', () => {
    const grown = { ...gap, geometry: { ...square(2) } }
    expect(lifeOn('2026-11-01', {}, grown)).toEqual({ status: 'reopened', exception: exception() })
  })

  it('is open while nobody accepted it', () => {
    const other = exception({ problem: 'gap-2', grids: ['201', '202'] })
    expect(livesOf([gap], [other], '2026-11-01').get('gap-1')).toEqual({ status: 'open', exception: null })
    expect(livesOf([gap], [], '2026-11-01').size).toBe(0)
  })
})

describe('the list', () => {
  it('keeps what is excepted apart, at its end, and counts it with no kind', () => {
    const [accepted] = report.problems.filter(({ code }) => code === 'overlap')
    const lives = new Map([[accepted!.id, { status: 'excepted' as const, exception: null }]])
    const groups = groupByLife(report.problems, (one) => isExcepted(lives, one))
    expect(groups.map(({ code }) => code)).toEqual([
      'households_below',
      'gap',
      'household_in_none',
      'code_malformed',
      exceptedGroup,
    ])
    expect(groups.at(-1)?.problems.map(({ id }) => id)).toEqual([accepted!.id])
    expect(groupByLife(report.problems, () => false).map(({ code }) => code)).not.toContain(exceptedGroup)
  })
})
