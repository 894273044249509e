/** The workers of a day: rows of the same person joined, who needs attention first, filters. Pure. */
import type { PatrolDayRow, PatrolDays } from '../../../server/contract/patrols.ts'
import { isAllWithinError } from '../../../server/core/trajectories/within-error.ts'
import { text } from './text.ts'

/** One person's day, in all grids the person answers for; a day without a fix has no rows. */
export interface WorkerDay {
  readonly worker: string
  readonly name: string
  readonly role: string
  readonly grids: readonly string[]
  readonly rows: readonly PatrolDayRow[]
  /** A working day with a duty and not one fix. */
  readonly absent: boolean
}

export type Rule = PatrolDayRow['rules'][number]

/** The people of a day, each once: those with fixes and those without. */
export function workersOf(days: Pick<PatrolDays, 'rows' | 'absent'>): WorkerDay[] {
  const people = new Map<string, WorkerDay>()
  for (const row of days.rows) {
    const known = people.get(row.worker)
    people.set(row.worker, {
      worker: row.worker,
      name: row.name,
      role: row.role,
      grids: [...(known?.grids ?? []), row.grid],
      rows: [...(known?.rows ?? []), row],
      absent: false,
    })
  }
  for (const { worker, name, role, grid } of days.absent) {
    const known = people.get(worker)
    if (known && !known.absent) continue
    people.set(worker, { worker, name, role, grids: [...(known?.grids ?? []), grid], rows: [], absent: true })
  }
  return [...people.values()]
}

const sum = (rows: readonly PatrolDayRow[], figure: (row: PatrolDayRow) => number): number =>
  rows.reduce((total, row) => total + figure(row), 0)

/** Grids do not overlap, so what lies inside any of them adds up. */
export const hoursInside = ({ rows }: WorkerDay): number => sum(rows, (row) => row.seconds.inside) / 3600
export const kilometresInside = ({ rows }: WorkerDay): number => sum(rows, (row) => row.metres.inside) / 1000
/** Null: one of them is kept back. */
const householdsOf = ({ rows }: WorkerDay, which: 'passed' | 'total'): number | null =>
  rows.some((row) => row.households[which] === null) ? null : sum(rows, (row) => row.households[which] ?? 0)
export const householdsPassed = (day: WorkerDay): number | null => householdsOf(day, 'passed')
export const householdsTotal = (day: WorkerDay): number | null => householdsOf(day, 'total')
export const rulesOf = ({ rows }: WorkerDay): Rule[] => rows.flatMap((row) => row.rules)
export const flagsOf = ({ rows }: WorkerDay): string[] => [...new Set(rows.flatMap((row) => row.flags))]
/** What tells about the data alone: a suspicion moves nobody up a list. */
const dataFlagsOf = (day: WorkerDay): string[] => flagsOf(day).filter((flag) => flag in text.flags)

/** True where every grid's rules were met; null without rules, or without a fix. */
export function isMet({ rows }: WorkerDay): boolean | null {
  const judged = rows.filter((row) => row.met !== null)
  return judged.length === 0 ? null : judged.every((row) => row.met)
}

/** Whether met or not might be the other way within the errors; null where it is neither, or where nothing is known of them. */
export function isDayWithinError(
  rows: readonly Pick<PatrolDayRow, 'met' | 'within_error'>[],
): boolean | null {
  return isAllWithinError(
    rows.flatMap(({ met, within_error: withinError }) => (met === null ? [] : [{ met, withinError }])),
  )
}

/**
 * Who needs attention, smallest first: 0 no fix at all; from 1 to 2 a rule not met, by the share reached of the rule furthest
 * from being met; 3 something to look at; 4 nothing.
 */
export function attentionOf(day: WorkerDay): number {
  if (day.absent) return 0
  const unmet = rulesOf(day).filter((rule) => !rule.met)
  if (unmet.length > 0)
    return 1 + Math.min(...unmet.map(({ actual, required }) => Math.min(1, actual / required)))
  return dataFlagsOf(day).length > 0 ? 3 : 4
}

const byId = (a: WorkerDay, b: WorkerDay): number => (a.worker < b.worker ? -1 : a.worker > b.worker ? 1 : 0)

export const byAttention = (a: WorkerDay, b: WorkerDay): number =>
  attentionOf(a) - attentionOf(b) || dataFlagsOf(b).length - dataFlagsOf(a).length || byId(a, b)

/** Ascending by a figure; people without a figure come last among equals. */
export const byFigure =
  (figure: (day: WorkerDay) => number) =>
  (a: WorkerDay, b: WorkerDay): number =>
    (a.absent ? -1 : figure(a)) - (b.absent ? -1 : figure(b)) || byId(a, b)

export const showChoices = ['all', 'unmet', 'within', 'absent', 'flagged'] as const
/** Which people are listed: all, those a rule was not met by, those of whom that hangs on the error, those without a fix, those with any flag — or with one flag, `flag_<code>`. */
export type Show = (typeof showChoices)[number] | `flag_${string}`

export function isShown(day: WorkerDay, show: Show): boolean {
  if (show === 'unmet') return isMet(day) === false
  if (show === 'within') return isDayWithinError(day.rows) === true
  if (show === 'absent') return day.absent
  if (show === 'flagged') return flagsOf(day).length > 0
  return show.startsWith('flag_') ? flagsOf(day).includes(show.slice(5)) : true
}

/** People whose name, id, grid code or grid name has the words. */
export function filterWorkers(
  people: readonly WorkerDay[],
  show: Show,
  wanted: string,
  gridName: (code: string) => string,
): WorkerDay[] {
  const words = wanted.trim().toLowerCase()
  const has = (day: WorkerDay): boolean =>
    [day.name, day.worker, ...day.grids, ...day.grids.map(gridName)].some((one) =>
      one.toLowerCase().includes(words),
    )
  return people.filter((day) => isShown(day, show) && has(day))
}
