/** Whether a rule was met: a mark, the figure it asks for, and the word for those who listen. */
import type { ReactNode } from 'react'
import { formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { useSay } from '../../i18n/use-say.ts'
import { text } from './text.ts'
import type { Rule } from './workers.ts'

export function RuleMark({ rule }: { readonly rule: Rule }): ReactNode {
  const say = useSay()
  const verdict = say(rule.met ? text.met : text.unmet)
  return (
    <span
      className={`rule-mark ${rule.met ? 'is-met' : 'is-unmet'}`}
      title={[
        verdict,
        say(text.required, { n: figureOf(rule, rule.required) }),
        ...(rule.within_error ? [withinWords(rule, say)] : []),
      ].join(' · ')}
    >
      <span aria-hidden="true">{rule.met ? '✓' : '✗'}</span>
      <span className="sr-only">{verdict}</span>≥ {formatNumber(rule.required, decimalsOf(rule.required))}
      {rule.within_error && <WithinError />}
    </span>
  )
}

/** Beside a verdict that might be the other one within the error of what it judges. */
export function WithinError(): ReactNode {
  const say = useSay()
  return (
    <span className="within-error">
      <span aria-hidden="true">±</span>
      <span className="sr-only">{say(text.within.short)}</span>
    </span>
  )
}

/** Within the error ± 0.91 h */
export const withinWords = (rule: Pick<Rule, 'unit' | 'error'>, say: Say): string =>
  say(text.within.by, { n: rule.error === null ? '' : figureOf(rule, rule.error) })

const decimalsOf = (value: number): number =>
  Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2

const units: Readonly<Record<string, string>> = { h: ' h', km: ' km', rounds: '' }

/** A figure of a rule with its unit. The server rounds down, so that what was not met never reads as met: no rounding here. */
export const figureOf = (rule: Pick<Rule, 'unit'>, value: number): string =>
  `${formatNumber(value, rule.unit === 'rounds' ? 0 : Number.isInteger(value) ? 0 : 2)}${units[rule.unit] ?? ` ${rule.unit}`}`

/** One decimal, rounded down: 3.97 h against 4 h reads 3.9. */
export const judgedFigure = (value: number): string => formatNumber(Math.floor(value * 10 + 1e-6) / 10, 1)
