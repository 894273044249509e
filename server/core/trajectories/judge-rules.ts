import type { PatrolRule } from '../policy/patrol-policy.ts'

/** A rule and how the day stands to it. `actual` is rounded down, so that a rule not met never reads as met. */
export interface RuleResult {
  readonly rule: PatrolRule['rule']
  readonly required: number
  readonly actual: number
  readonly unit: 'h' | 'km' | 'rounds'
  readonly met: boolean
}

/** What the rules look at. */
export interface DayFigures {
  readonly insideMilliseconds: number
  readonly insideMetres: number
  readonly rounds: number
}

const units = { hours: 'h', kilometres: 'km', rounds: 'rounds' } as const

/** Judges a day by the policy's rules, in their order. */
export const judgeRules = (rules: readonly PatrolRule[], figures: DayFigures): RuleResult[] =>
  rules.map(({ rule, required }) => {
    const exact = {
      hours: figures.insideMilliseconds / 3_600_000,
      kilometres: figures.insideMetres / 1000,
      rounds: figures.rounds,
    }[rule]
    // The smallest share keeps 4.2, stored as 4.2000000000000001776, from becoming 4.19.
    const actual = Math.floor(exact * 100 + 1e-6) / 100
    return { rule, required, actual, unit: units[rule], met: exact + 1e-8 >= required }
  })
