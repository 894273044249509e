/** How a figure came about: its formula, what went into it, and the numbers of the policy. Pure. */
import type { PatrolDayDetail, PatrolDayRow } from '../../../server/contract/patrols.ts'
import type { Message } from '../../../server/core/values.ts'
import { formatDuration, formatLength, formatNumber } from '../../i18n/format.ts'
import { wordOr } from '../../i18n/words.ts'
import { text } from './text.ts'
import type { Rule } from './workers.ts'

export interface Fact {
  readonly name: Message
  readonly value: string
}

export interface Derivation {
  readonly formula: Message | undefined
  readonly inputs: readonly Fact[]
  readonly policy: readonly Fact[]
}

type Policy = PatrolDayDetail['policy']
type PolicyName = keyof typeof text.policy

const policyOf: Readonly<Record<string, readonly PolicyName[]>> = {
  hours: ['gap_seconds', 'accuracy_limit_metres', 'speed_limit_metres_per_second'],
  kilometres: ['movement_gate_metres', 'stay_metres', 'stay_seconds', 'gap_seconds', 'accuracy_limit_metres'],
  rounds: ['round_gap_seconds', 'round_seconds'],
}

/** 18,430 s and 5.1 h: the exact figure that was used, and how people read it. */
const seconds = (value: number): string =>
  value < 60 ? formatDuration(value) : `${formatNumber(value)} s = ${formatDuration(value)}`
const metres = (value: number): string => `${formatNumber(value, 1)} m`

/** A policy number with the unit its name ends with; undefined where the policy has none of this name. */
export function policyFigure(policy: Policy, name: PolicyName): string | undefined {
  const value = policy[name]
  if (typeof value !== 'number') return undefined
  if (name.endsWith('_metres_per_second')) return `${formatNumber(value)} m/s`
  return name.endsWith('_metres') ? formatLength(value) : formatDuration(value)
}

const policyFacts = (policy: Policy, names: readonly PolicyName[]): Fact[] =>
  names.flatMap((name) => {
    const value = policyFigure(policy, name)
    return value === undefined ? [] : [{ name: text.policy[name], value }]
  })

/** The figure with the boundary's tolerance; it says so when the rule judges that one. */
function tolerantFact(
  margin: PatrolDayDetail['margins'][number] | undefined,
  write: (tolerant: { readonly seconds: number; readonly metres: number }) => string,
): Fact[] {
  if (!margin?.tolerant) return []
  const name = margin.judged === 'tolerant' ? text.inputs.tolerant_judged : text.inputs.tolerant
  return [{ name, value: write(margin.tolerant) }]
}

/** Why a rule's figure is what it is, for one grid's day. A rule this page does not know has no formula, only its figures. */
export function derivationOf(
  rule: Rule,
  row: PatrolDayRow,
  policy: Policy,
  margin?: PatrolDayDetail['margins'][number],
): Derivation {
  const { inputs } = text
  const formulas: Readonly<Record<string, Message>> = text.formulas
  const inputsOf: Readonly<Record<string, readonly Fact[]>> = {
    hours: [
      { name: inputs.seconds_inside, value: seconds(row.seconds.inside) },
      { name: inputs.seconds_unobserved, value: seconds(row.seconds.unobserved) },
      { name: inputs.seconds_unreliable, value: seconds(row.seconds.unreliable) },
      ...tolerantFact(margin, (tolerant) => seconds(tolerant.seconds)),
    ],
    kilometres: [
      { name: inputs.metres_inside, value: metres(row.metres.inside) },
      { name: inputs.metres_outside, value: metres(row.metres.outside) },
      { name: inputs.metres_raw, value: metres(row.metres.raw) },
      ...(typeof margin?.inside_error === 'number'
        ? [{ name: inputs.metres_error, value: `± ${metres(margin.inside_error)}` }]
        : []),
      ...tolerantFact(margin, (tolerant) => metres(tolerant.metres)),
    ],
    rounds: [{ name: inputs.rounds, value: formatNumber(row.rounds) }],
  }
  return {
    formula: formulas[rule.rule],
    inputs: inputsOf[rule.rule] ?? [],
    policy: policyFacts(policy, policyOf[rule.rule] ?? []),
  }
}

/** A figure of a flag's evidence, by the unit its name ends with. */
export function evidenceFact(name: string, value: number): Fact {
  const written =
    name === 'metres_per_second'
      ? `${formatNumber(value, 1)} m/s`
      : name === 'seconds'
        ? formatDuration(value)
        : name.endsWith('metres')
          ? formatLength(value)
          : formatNumber(value)
  return { name: wordOr(text.evidence, name), value: written }
}

export const partNames = ['inside', 'outside', 'unobserved', 'unreliable'] as const

/** The day's seconds as parts of the whole; they add up to last − first (the server sees to it), and so do the shares to 1. */
export function shareOfTime(
  row: PatrolDayRow,
): { readonly part: (typeof partNames)[number]; readonly seconds: number; readonly share: number }[] {
  const total = partNames.reduce((sum, part) => sum + row.seconds[part], 0)
  return partNames.map((part) => ({
    part,
    seconds: row.seconds[part],
    share: total === 0 ? 0 : row.seconds[part] / total,
  }))
}
