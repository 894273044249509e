/**
 * What a place asks of a worker's days and months, and what follows. A policy is data with a date; the presets are the rules of the
 * documents the product was made for. Every part can be absent: nothing is counted that the place does not ask for.
 */
import type { Message } from '../values.ts'

/** What one working day must reach. */
export type DayTarget =
  /** Positions were received: at least one believable fix. */
  | { readonly target: 'online' }
  /** Hours and kilometres inside the grid; rounds as the patrol policy counts them. */
  | { readonly target: 'hours' | 'kilometres' | 'rounds'; readonly required: number }
  /** Key persons (必访户) or key places visited on the day. */
  | { readonly target: 'key_persons' | 'key_places'; readonly required: number }

/** What a week (Monday to Sunday; it belongs to the month in which it ends) or the month must reach: a share of what there is, 0 to 1. */
export interface PeriodTarget {
  readonly target: 'grid_pass' | 'key_persons' | 'key_places' | 'households'
  readonly per: 'week' | 'month'
  readonly requiredShare: number
}

/** Yuan. */
export interface PatrolSubsidy {
  readonly base: number
  /** Off for each day not met. */
  readonly perDay: number
  /** Nothing is paid from so many days running not met, or so many in the month. */
  readonly lostAfterRunning: number
  readonly lostAfterInMonth: number
  /** Off for each meeting missed without an excuse. */
  readonly perMeeting: number
}

export interface InformationSubsidy {
  readonly base: number
  /** Valid reports a month, and what is off for each one short. */
  readonly reports: number
  readonly perShort: number
}

export interface TaskReward {
  readonly base: number
  /** Tasks the office owes its workers in a month; fewer are noted on the sheet and cost the worker nothing. */
  readonly dispatched: number
}

export interface StarBand {
  /** Places up to this one, from where the band before ends. */
  readonly toPlace: number
  readonly stars: number
  /** Yuan for the quarter. */
  readonly reward: number
}

export type Grade = 'excellent' | 'good' | 'pass' | 'fail'

export interface AssessmentPolicy {
  readonly name: string
  readonly title: Message
  readonly dayTargets: readonly DayTarget[]
  readonly periodTargets: readonly PeriodTarget[]
  readonly patrolSubsidy: PatrolSubsidy | null
  readonly informationSubsidy: InformationSubsidy | null
  readonly taskReward: TaskReward | null
  /** One month below the target: yellow; so many running: red. */
  readonly cards: { readonly redAfterMonths: number } | null
  readonly stars: readonly StarBand[] | null
  /** Grades by the score, best first: from `from` points of 100 on. */
  readonly grades: readonly { readonly grade: Grade; readonly from: number }[] | null
}

const bare = {
  periodTargets: [],
  patrolSubsidy: null,
  informationSubsidy: null,
  taskReward: null,
  cards: null,
  stars: null,
  grades: null,
} as const

/**
 * The policies that ship. Document 004 gives the numbers of `004`; of key persons and places it says that they are visited each month,
 * without a price, so they are listed and cost nothing. `001.2` names four grades without limits: 90, 80 and 60 are the usual ones.
 */
export const assessmentPresets = {
  /** First: what was served. No hours online, no ranking (国办函〔2026〕12号). */
  'places-first': {
    ...bare,
    name: 'places-first',
    title: { zh: '服务优先：只看走访到的人和场所', en: 'Places first: only who and what was visited' },
    dayTargets: [],
    periodTargets: [
      { target: 'key_persons', per: 'month', requiredShare: 1 },
      { target: 'key_places', per: 'week', requiredShare: 1 },
      { target: 'households', per: 'month', requiredShare: 0.25 },
    ],
  },
  '004': {
    name: '004',
    title: {
      zh: '每工作日 4 小时 3 公里，补贴、星级与黄红牌',
      en: '4 h and 3 km each working day; subsidies, stars, cards',
    },
    dayTargets: [
      { target: 'online' },
      { target: 'hours', required: 4 },
      { target: 'kilometres', required: 3 },
    ],
    periodTargets: [
      { target: 'key_persons', per: 'month', requiredShare: 1 },
      { target: 'key_places', per: 'month', requiredShare: 1 },
    ],
    patrolSubsidy: { base: 800, perDay: 25, lostAfterRunning: 3, lostAfterInMonth: 5, perMeeting: 50 },
    informationSubsidy: { base: 200, reports: 20, perShort: 10 },
    taskReward: { base: 200, dispatched: 4 },
    cards: { redAfterMonths: 2 },
    stars: [
      { toPlace: 5, stars: 3, reward: 300 },
      { toPlace: 10, stars: 2, reward: 200 },
      { toPlace: 15, stars: 1, reward: 100 },
    ],
    grades: null,
  },
  '002': {
    ...bare,
    name: '002',
    title: { zh: '一日双巡', en: 'Two rounds a day' },
    dayTargets: [{ target: 'rounds', required: 2 }],
  },
  '001.5': {
    ...bare,
    name: '001.5',
    title: { zh: '每周全网格巡查一遍', en: 'The whole grid once a week' },
    dayTargets: [],
    // Nine tenths of the hexagons: what stands on a roof or in a pond cannot be walked.
    periodTargets: [{ target: 'grid_pass', per: 'week', requiredShare: 0.9 }],
  },
  '001.2': {
    ...bare,
    name: '001.2',
    title: { zh: '优秀、良好、合格、不合格四等', en: 'Four grades: excellent, good, pass, fail' },
    dayTargets: [{ target: 'online' }],
    periodTargets: [{ target: 'key_persons', per: 'month', requiredShare: 1 }],
    grades: [
      { grade: 'excellent', from: 90 },
      { grade: 'good', from: 80 },
      { grade: 'pass', from: 60 },
      { grade: 'fail', from: 0 },
    ],
  },
} as const satisfies Readonly<Record<string, AssessmentPolicy>>

export type AssessmentPreset = keyof typeof assessmentPresets

/** Chosen where a place has said nothing. */
export const defaultAssessment: AssessmentPolicy = assessmentPresets['places-first']

/**
 * The policy of rules of kind `assessment`: `{ "preset": "004", … }` with what differs from it, in the names of `AssessmentPolicy`;
 * places-first where there are none.
 */
export function assessmentPolicyOf(name: string, rules: unknown): AssessmentPolicy {
  const { preset, ...changes } = typeof rules === 'object' && rules !== null ? (rules as Rules) : {}
  const base: AssessmentPolicy = isPreset(preset) ? assessmentPresets[preset] : defaultAssessment
  return { ...base, ...changes, name }
}

type Rules = Partial<AssessmentPolicy> & { readonly preset?: unknown }

const isPreset = (name: unknown): name is AssessmentPreset =>
  typeof name === 'string' && Object.hasOwn(assessmentPresets, name)
