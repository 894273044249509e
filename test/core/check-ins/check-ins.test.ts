import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkInCode, checkInKinds, readCheckInCode } from '../../../server/core/check-ins/check-in-code.ts'
import { codeSheet } from '../../../server/core/check-ins/code-sheet.ts'
import { judgeCheckIn } from '../../../server/core/check-ins/judge-check-in.ts'
import { at } from '../trajectories/simulate.ts'

describe('a code', () => {
  it('comes back as it went in, whatever the ids hold', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' })
    fc.assert(
      fc.property(text, fc.constantFrom(...checkInKinds), text, (town, kind, id) => {
        const subject = { town, kind, id }
        expect(readCheckInCode(checkInCode(subject, 'mac'))).toEqual({ subject, mac: 'mac' })
      }),
    )
  })

  it.each(['', 'wangge', 'wangge:t:place:p', 'wangge:t:street:p:m', 'https://t:place:p:m', 'wangge:t:place:%E0:m', 'wangge::place:p:m'])('%j is none', (text) => {
    expect(readCheckInCode(text)).toBeUndefined()
  }) // biome-ignore format: one line
})

describe('a check-in', () => {
  const point = (x: number, accuracyMetres: number | null = 10) => {
    const [longitude, latitude] = at(x, 0)
    return { longitude, latitude, accuracyMetres }
  }
  const subject = point(0)

  it.each([
    ['near', [point(30)], true, [], 30],
    ['at the limit with the error taken off', [point(209)], true, [], 209],
    ['beyond it', [point(212)], true, ['far'], 212],
    ['beyond it, with an error that may explain it', [point(600, 450)], true, [], 600],
    ['far, but near before', [point(900), point(50)], true, [], 50],
    ['without a position', [], true, ['no_position'], null],
    ['in somebody else’s grid', [point(30)], false, ['unassigned'], 30],
  ] as const)('%s', (_, positions, isAssigned, marks, distance) => {
    const judged = judgeCheckIn(subject, positions, { isAssigned, isOnBehalf: false })
    expect(judged.marks).toEqual(marks)
    expect(judged.distanceMetres).toBe(distance)
    const onBehalf = judgeCheckIn(subject, positions, { isAssigned, isOnBehalf: true })
    expect(onBehalf).toEqual({ ...judged, marks: [...marks, 'on_behalf'] })
  })
})

describe('the sheet', () => {
  it('has a card a code, and lets no name run as HTML', () => {
    const card = (code: string) => ({ code, title: '<b>店</b>', detail: 'P1' })
    const html = codeSheet({
      title: '签到码',
      hint: '',
      language: 'zh',
      none: '没有',
      cards: [card('a'), card('b')],
    })
    expect(html.match(/class="card"/g)).toHaveLength(2)
    expect(html).toContain('data-code="a"')
    expect(html).not.toContain('<b>')
    expect(codeSheet({ title: '', hint: '', language: 'zh', none: '没有', cards: [] })).toContain('没有')
  })
})
