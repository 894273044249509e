/**
 * What must be visited how often. A policy is data with a date; the presets are the rules of the documents the product was made for.
 * What no rule asks for still has the age of its last visit: that is the first figure, the obligation the second.
 */
import type { Message } from '../values.ts'

/** What can be visited. A grid is visited by a round in it. */
export type SubjectKind = 'household' | 'place' | 'lane' | 'grid'

export interface ObligationRule {
  readonly kind: SubjectKind
  /** `key`: only households that must be visited (必访户) and key places. A rule for these goes before one for all. */
  readonly of: 'all' | 'key'
  /** Calendar periods: a week begins on Monday; a quarter is that of the year. */
  readonly per: 'day' | 'week' | 'month' | 'quarter'
  /** Visits in a period. */
  readonly times: number
  /** A visit that begins sooner after the end of the last one is the same visit still. Seconds. */
  readonly leastGapSeconds: number
  /** `any`: that the trace passed is enough. `visit`: a stay, check-in or form. */
  readonly evidence: 'any' | 'visit'
  /** The due day is the last working day of the period; a period without one asks for nothing. */
  readonly workingDays: boolean
  /**
   * Only households of one of these categories (特殊群体: `living_alone`, `disabled` …), or places of one of these kinds. What belongs to
   * several is asked for by the first rule that fits: the strictest goes first. Absent: whatever their category.
   */
  readonly categories?: readonly string[]
}

export interface ObligationPolicy {
  readonly name: string
  readonly title: Message
  readonly rules: readonly ObligationRule[]
}

const once = { of: 'all', times: 1, leastGapSeconds: 0, evidence: 'any', workingDays: false } as const
/** Those who must be visited are not served by somebody walking past. */
const call = { of: 'key', times: 1, leastGapSeconds: 0, evidence: 'visit', workingDays: false } as const

/** The policies that ship, named as those of the assessment. */
export const obligationPresets = {
  /** Must-visit households each month, key places each week; every household each quarter, as their records (000, 004). */
  'places-first': {
    name: 'places-first',
    title: {
      zh: '必访户每月、重点场所每周、全部住户每季一访，街巷每月走到',
      en: 'Must-visit households monthly, key places weekly, every household quarterly, every lane monthly',
    },
    rules: [
      { ...call, kind: 'household', per: 'month' },
      { ...call, kind: 'place', per: 'week' },
      { ...once, kind: 'household', per: 'quarter' },
      { ...once, kind: 'lane', per: 'month' },
    ],
  },
  /** Key persons and key places each month; a round each working day. */
  '004': {
    name: '004',
    title: {
      zh: '每工作日巡查，重点人员与重点场所每月一访',
      en: 'A round each working day; key persons and key places monthly',
    },
    rules: [
      { ...once, kind: 'grid', per: 'day', workingDays: true },
      { ...call, kind: 'household', per: 'month' },
      { ...call, kind: 'place', per: 'month' },
    ],
  },
  /** 一日双巡: two rounds a day, holidays too; an hour apart, or two passes a minute apart would be two. */
  '002': {
    name: '002',
    title: { zh: '一日双巡，必访户每月一访', en: 'Two rounds a day; must-visit households monthly' },
    rules: [
      { ...once, kind: 'grid', per: 'day', times: 2, leastGapSeconds: 3600 },
      { ...call, kind: 'household', per: 'month' },
    ],
  },
  /** 每周全网格巡查一遍: everything that can be reached, once from Monday to Sunday. */
  '001.5': {
    name: '001.5',
    title: { zh: '每周全网格巡查一遍', en: 'The whole grid once a week' },
    rules: [
      { ...once, kind: 'household', per: 'week' },
      { ...once, kind: 'place', per: 'week' },
      { ...once, kind: 'lane', per: 'week' },
      { ...once, kind: 'grid', per: 'week' },
    ],
  },
  '001.2': {
    name: '001.2',
    title: { zh: '重点人员每月一访', en: 'Key persons monthly' },
    rules: [{ ...call, kind: 'household', per: 'month' }],
  },
} as const satisfies Readonly<Record<string, ObligationPolicy>>

export type ObligationPreset = keyof typeof obligationPresets

/** Chosen where a place has said nothing. */
export const defaultObligations: ObligationPolicy = obligationPresets['places-first']

/**
 * The policy of rules of kind `obligation`: `{ "preset": "001.5", … }` with what differs from it, in the names of `ObligationPolicy`;
 * places-first where there are none.
 */
export function obligationPolicyOf(name: string, rules: unknown): ObligationPolicy {
  const { preset, ...changes } = typeof rules === 'object' && rules !== null ? (rules as Rules) : {}
  const base: ObligationPolicy = isPreset(preset) ? obligationPresets[preset] : defaultObligations
  return { ...base, ...changes, name }
}

type Rules = Partial<ObligationPolicy> & { readonly preset?: unknown }

const isPreset = (name: unknown): name is ObligationPreset =>
  typeof name === 'string' && Object.hasOwn(obligationPresets, name)

export interface Subject {
  readonly kind: SubjectKind
  readonly isKey: boolean
  /** Of a household its categories, of a place its kind; absent: none. */
  readonly categories?: readonly string[]
}

/** The rule a subject falls under: the first that fits; none where nothing is asked. */
export const ruleFor = (
  { rules }: Pick<ObligationPolicy, 'rules'>,
  { kind, isKey, categories = [] }: Subject,
): ObligationRule | undefined =>
  rules.find(
    (rule) =>
      rule.kind === kind &&
      (rule.of === 'all' || isKey) &&
      (rule.categories === undefined || rule.categories.some((one) => categories.includes(one))),
  )
