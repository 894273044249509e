/**
 * What incidents are called, who answers for them and by when. A policy is data with a date; the preset is the list and the
 * deadlines of the documents. The category codes are those that incidents carry in files and in the database.
 */
import type { Message } from '../values.ts'

/** Who has an incident in hand, upwards: 村 → 乡镇 → 县 → 部门. */
export const incidentLevels = ['village', 'township', 'county', 'department'] as const
export type IncidentLevel = (typeof incidentLevels)[number]

/** `emergency` 突发性事件: 即发即报，紧急处理. */
export const urgencies = ['ordinary', 'emergency'] as const
export type Urgency = (typeof urgencies)[number]

export interface IncidentCategory {
  /** As in the files and the database. */
  readonly code: string
  readonly title: Message
  /** The department that it is passed up to in the end. */
  readonly department: Message
  /** What it is when nobody says. */
  readonly urgency: Urgency
  /** The lowest level that may file it. */
  readonly closedBy: Exclude<IncidentLevel, 'department'>
  /** Instead of the policy's, in working days. */
  readonly answerWorkingDays?: number
  /** Instead of the policy's, in working days. */
  readonly takeOnWorkingDays?: number
}

export interface IncidentPolicy {
  readonly name: string
  readonly title: Message
  /** The levels that this place has, upwards; three or four of them. */
  readonly levels: readonly IncidentLevel[]
  /** From the report until it is answered or resolved. Working days. */
  readonly answerWorkingDays: number
  /** From the arrival at a level until it is taken on or passed up there. Working days. */
  readonly takeOnWorkingDays: number
  /** The same of an emergency, day and night. Minutes. */
  readonly emergencyMinutes: number
  /** A deadline is soon due when no more than this is left. Working days. */
  readonly dueSoonWorkingDays: number
  /** States in which the time to answer does not run. `resolved`: it waits for verification, not for whoever handled it. */
  readonly clockStopsIn: readonly ('passed_up' | 'dispatched' | 'resolved')[]
  /** Office hours of a working day, minutes from local midnight: a deadline ends when the office does (Civil Code, art. 203). */
  readonly officeFromMinutes: number
  readonly officeToMinutes: number
  /** It may be filed only when whoever reported it has been told. */
  readonly tellBeforeClosing: boolean
  /** A report by a worker at a household or place is a visit there. */
  readonly countsAsVisit: boolean
  readonly categories: readonly IncidentCategory[]
}

const category = (
  code: string,
  title: Message,
  department: Message,
  more: Partial<IncidentCategory> = {},
): IncidentCategory => ({ code, title, department, urgency: 'ordinary', closedBy: 'village', ...more })

const order: Message = { zh: '派出所', en: 'Police station' }

/** 001.8: 5 working days to answer, 3 to pass up, emergencies at once; the categories of 001.3–.8 and 004. */
export const usualIncidents: IncidentPolicy = {
  name: '001.8',
  title: {
    zh: '5 个工作日内答复或办结，3 个工作日内上报，突发事件即发即报',
    en: 'Answered within 5 working days, passed up within 3, emergencies at once',
  },
  levels: incidentLevels,
  answerWorkingDays: 5,
  takeOnWorkingDays: 3,
  emergencyMinutes: 30,
  dueSoonWorkingDays: 1,
  clockStopsIn: ['resolved'],
  officeFromMinutes: 8 * 60 + 30,
  officeToMinutes: 17 * 60 + 30,
  tellBeforeClosing: true,
  countsAsVisit: true,
  categories: [
    category('safety', { zh: '安全隐患', en: 'Safety' }, { zh: '应急管理局', en: 'Emergency management' }),
    category(
      'fire',
      { zh: '消防', en: 'Fire' },
      { zh: '消防救援大队', en: 'Fire brigade' },
      { urgency: 'emergency' },
    ),
    category('traffic', { zh: '交通', en: 'Traffic' }, { zh: '交警大队', en: 'Traffic police' }),
    category(
      'food_drug',
      { zh: '食品药品', en: 'Food and drug' },
      { zh: '市场监督管理局', en: 'Market regulation' },
    ),
    category(
      'environment',
      { zh: '环境', en: 'Environment' },
      { zh: '生态环境局', en: 'Ecology and environment' },
    ),
    category('forest', { zh: '森林', en: 'Forest' }, { zh: '林业局', en: 'Forestry' }),
    category(
      'illegal_building',
      { zh: '违法建设', en: 'Illegal building' },
      { zh: '综合行政执法局', en: 'Administrative enforcement' },
      { closedBy: 'township' },
    ),
    category('dispute', { zh: '矛盾纠纷', en: 'Dispute' }, { zh: '司法局', en: 'Justice' }),
    category('public_order', { zh: '治安', en: 'Public order' }, order, { closedBy: 'township' }),
    category('fraud', { zh: '诈骗', en: 'Fraud' }, order, { closedBy: 'township' }),
    category(
      'special_group',
      { zh: '特殊群体', en: 'Special groups' },
      { zh: '民政局', en: 'Civil affairs' },
    ),
    category(
      'resident_need',
      { zh: '居民诉求', en: 'Needs of residents' },
      { zh: '民政局', en: 'Civil affairs' },
    ),
    category('other', { zh: '其他', en: 'Other' }, { zh: '综治中心', en: 'Governance centre' }),
  ],
}

/**
 * The policy of rules of kind `incident`, in the names of `IncidentPolicy`: what they leave out is the preset's. A category of
 * the same code is changed in what is given; one of a new code is added, with the department and level of `other` where it says none.
 */
export function incidentPolicyOf(name: string, rules: unknown): IncidentPolicy {
  const { categories = [], ...changes } = typeof rules === 'object' && rules !== null ? (rules as Rules) : {}
  const changed = new Map(usualIncidents.categories.map((one) => [one.code, one]))
  const other = changed.get('other')!
  for (const one of categories) changed.set(one.code, { ...(changed.get(one.code) ?? other), ...one })
  return { ...usualIncidents, ...changes, name, categories: [...changed.values()] }
}

type Rules = Partial<Omit<IncidentPolicy, 'categories'>> & {
  readonly categories?: readonly (Partial<IncidentCategory> & { readonly code: string })[]
}

/** What a policy says of a category; of one it does not know, what it says of `other`, under its own code. */
export function categoryOf(
  { categories }: Pick<IncidentPolicy, 'categories'>,
  code: string,
): IncidentCategory {
  const known = categories.find((one) => one.code === code)
  if (known) return known
  const other = categories.find((one) => one.code === 'other') ?? usualIncidents.categories.at(-1)!
  return { ...other, code, title: { zh: code, en: code } }
}
