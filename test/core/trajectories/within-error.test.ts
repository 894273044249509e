import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeRules } from '../../../server/core/trajectories/judge-rules.ts'
import {
  type ErrorVerdict,
  isAllWithinError,
  isWithinError,
  shownError,
} from '../../../server/core/trajectories/within-error.ts'

describe('a rule within the error of what it judges', () => {
  const judge = (kilometres: number, errorKilometres: number, hours = 5, besideHours = 0) =>
    judgeRules(
      [
        { rule: 'hours', required: 4 },
        { rule: 'kilometres', required: 3 },
        { rule: 'rounds', required: 2 },
      ],
      {
        insideMilliseconds: hours * 3_600_000,
        insideMetres: kilometres * 1000,
        rounds: 1,
        boundaryMilliseconds: besideHours * 3_600_000,
        insideErrorMetres: errorKilometres * 1000,
      },
    )

  it('2.9 ± 0.2 km against 3 km is, 2.7 ± 0.2 km is not; the verdict is the same', () => {
    expect(judge(2.9, 0.2)[1]).toMatchObject({ met: false, actual: 2.9, error: 0.2, withinError: true })
    expect(judge(2.7, 0.2)[1]).toMatchObject({ met: false, withinError: false })
    expect(judge(3.1, 0.2)[1]).toMatchObject({ met: true, withinError: true })
    expect(judge(3.3, 0.2)[1]).toMatchObject({ met: true, withinError: false })
  })

  it('4.5 h of which 0.6 h lie beside the boundary is; of which 0.4 h, is not', () => {
    expect(judge(5, 0, 4.5, 0.6)[0]).toMatchObject({ met: true, error: 0.6, withinError: true })
    expect(judge(5, 0, 4.5, 0.4)[0]).toMatchObject({ met: true, withinError: false })
  })

  it('rounds are counted: nothing is known of an error', () => {
    expect(judge(5, 1)[2]).toMatchObject({ met: false, error: null, withinError: null })
  })

  it('without an error, or where nothing is asked, nothing can have been the other way', () => {
    expect(isWithinError(3, 3, 0)).toBe(false)
    expect(isWithinError(0.1, 0, 0.5)).toBe(false)
    expect(isWithinError(3, 3, null)).toBe(null)
  })

  it('is so exactly where some figure within the error gives the other verdict, or the last one that gives this', () => {
    const figure = fc.double({ min: 0.01, max: 10, noNaN: true })
    fc.assert(
      fc.property(figure, figure, figure, (value, required, error) => {
        const [least, most] = [value - error, value + error]
        // Near to the seam the verdict's own allowance of 1e-8 decides.
        fc.pre(Math.abs(Math.abs(value - required) - error) > 1e-6)
        expect(isWithinError(value, required, error)).toBe(least < required && required < most)
      }),
    )
  })

  it('an error is shown rounded up', () => {
    expect([0.2, 0.201, 0.999, 0].map(shownError)).toEqual([0.2, 0.21, 1, 0])
  })
})

describe('several verdicts', () => {
  const of = (met: boolean, withinError: boolean | null): ErrorVerdict => ({ met, withinError })

  it('all met: one within its error is enough', () => {
    expect(isAllWithinError([of(true, false), of(true, true)])).toBe(true)
    expect(isAllWithinError([of(true, false), of(true, null)])).toBe(false)
  })

  it('not met: one that surely is not met decides', () => {
    expect(isAllWithinError([of(false, true), of(true, false)])).toBe(true)
    expect(isAllWithinError([of(false, true), of(false, false)])).toBe(false)
    expect(isAllWithinError([of(false, null), of(false, true)])).toBe(false)
  })

  it('without any stated error nothing is known', () => {
    expect(isAllWithinError([of(false, null)])).toBe(null)
    expect(isAllWithinError([])).toBe(null)
  })

  it('is so exactly where turning some of those within their errors turns the whole', () => {
    const verdict = fc.record({ met: fc.boolean(), withinError: fc.boolean() })
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 1, maxLength: 4 }), (verdicts) => {
        const whole = verdicts.every(({ met }) => met)
        let turns = false
        for (let mask = 0; mask < 1 << verdicts.length; mask++)
          turns ||=
            verdicts.every(({ met, withinError }, i) => (withinError && mask & (1 << i) ? !met : met)) !==
            whole
        expect(isAllWithinError(verdicts)).toBe(turns)
      }),
    )
  })
})
