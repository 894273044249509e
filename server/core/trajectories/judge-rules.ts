import type { PatrolRule } from '../policy/patrol-policy.ts'
import { isWithinError, shownError } from './within-error.ts'

/** A rule and how the day stands to it. `actual` is rounded down, so that a rule not met never reads as met. */
export interface RuleResult {
  readonly rule: PatrolRule['rule']
  readonly required: number
  readonly actual: number
  readonly unit: 'h' | 'km' | 'rounds'
  readonly met: boolean
  /** By how much `actual` may be wrong, in its unit, rounded up (`DayFigures`); null where nothing is known of it. */
  readonly error: number | null
  /** Whether what is required lies within that error of what was measured: the verdict might be the other one. It stays as it is. */
  readonly withinError: boolean | null
}

/** What the rules look at. */
export interface DayFigures {
  readonly insideMilliseconds: number
  readonly insideMetres: number
  readonly rounds: number
  /**
   * Error of `insideMilliseconds`: the time inside that hangs on fixes nearer to the boundary than their error radius (`timeAtBoundary`).
   * That much may have been outside; of time outside as near to it nothing is kept, as much is taken to have been inside.
   */
  readonly boundaryMilliseconds: number
  /** Error of `insideMetres`: the bound within which the truth lies in 95 of 100 days (`boundMetresInside`), with the tolerance as without. */
  readonly insideErrorMetres: number
}

const units = { hours: 'h', kilometres: 'km', rounds: 'rounds' } as const

/** Judges a day by the policy's rules, in their order. */
export const judgeRules = (rules: readonly PatrolRule[], figures: DayFigures): RuleResult[] =>
  rules.map(({ rule, required }) => {
    const { exact, error } = {
      hours: {
        exact: figures.insideMilliseconds / 3_600_000,
        error: figures.boundaryMilliseconds / 3_600_000,
      },
      kilometres: { exact: figures.insideMetres / 1000, error: figures.insideErrorMetres / 1000 },
      rounds: { exact: figures.rounds, error: null },
    }[rule]
    // The smallest share keeps 4.2, stored as 4.2000000000000001776, from becoming 4.19.
    const actual = Math.floor(exact * 100 + 1e-6) / 100
    return {
      rule,
      required,
      actual,
      unit: units[rule],
      met: exact + 1e-8 >= required,
      error: shownError(error),
      withinError: isWithinError(exact, required, error),
    }
  })
