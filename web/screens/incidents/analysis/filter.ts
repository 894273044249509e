/** Which incidents are looked at, as it stands in the address: categories, severities, states, a block of the week. Pure. */
import type { WeekBlock } from '../charts/week-block.ts'
import { wholeDay, wholeWeek } from '../charts/week-block.ts'

export interface IncidentFilter {
  /** Empty lists let all through. */
  readonly categories: readonly string[]
  readonly severities: readonly string[]
  readonly statuses: readonly string[]
  /** Hours of weekdays in Asia/Shanghai; null: the whole week. */
  readonly week: WeekBlock | null
}

export const noFilter: IncidentFilter = { categories: [], severities: [], statuses: [], week: null }

/** The names under which the parts stand in the address. */
export const filterNames = ['category', 'severity', 'status', 'weekdays', 'hours'] as const
export type FilterName = (typeof filterNames)[number]

type Choices = Readonly<Record<string, string | undefined>>

/** Reads the filter of an address; what is not understood is left out. */
export function readFilter(choices: Choices): IncidentFilter {
  const days = readSpan(choices['weekdays'], wholeWeek)
  const hours = readSpan(choices['hours'], wholeDay)
  return {
    categories: readList(choices['category']),
    severities: readList(choices['severity']),
    statuses: readList(choices['status']),
    week: days || hours ? { days: days ?? wholeWeek, hours: hours ?? wholeDay } : null,
  }
}

/** What `readFilter` reads back; empty: not in the address. */
export function writeFilter({
  categories,
  severities,
  statuses,
  week,
}: IncidentFilter): Record<FilterName, string> {
  return {
    category: writeList(categories),
    severity: writeList(severities),
    status: writeList(statuses),
    weekdays: week ? writeSpan(week.days, wholeWeek) : '',
    hours: week ? writeSpan(week.hours, wholeDay) : '',
  }
}

/** The list with one more member, or without it where it was in. */
export const toggled = (list: readonly string[], one: string): string[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one]

export const isFiltered = ({ categories, severities, statuses, week }: IncidentFilter): boolean =>
  categories.length + severities.length + statuses.length > 0 || week !== null

type Span = readonly [first: number, last: number]

const readList = (text: string | undefined): string[] => [
  ...new Set((text ?? '').split(',').filter((one) => one !== '')),
]

const writeList = (list: readonly string[]): string => list.toSorted().join(',')

/** `1-5` or `3`, both ends meant; null where it is neither, or beyond the whole, or the whole. */
function readSpan(text: string | undefined, whole: Span): Span | null {
  const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text ?? '')
  if (!match) return null
  const first = Number(match[1])
  const last = Number(match[2] ?? match[1])
  if (first > last || first < whole[0] || last > whole[1]) return null
  return first === whole[0] && last === whole[1] ? null : [first, last]
}

const writeSpan = ([first, last]: Span, whole: Span): string =>
  first === whole[0] && last === whole[1] ? '' : first === last ? String(first) : `${first}-${last}`
