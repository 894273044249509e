/** A month of patrols as a table: a row a worker, a cell a day. Pure. */
import type { PatrolDays } from '../../../server/contract/patrols.ts'
import { isWorkingDay } from '../../../server/core/policy/working-days.ts'
import { groupBy } from '../../../server/core/posters/group-by.ts'
import { addDays } from '../../i18n/format.ts'
import { isDayWithinError } from './workers.ts'

export type DayState = 'met' | 'unmet' | 'unjudged' | 'absent' | 'off'

export interface MonthRow {
  readonly worker: string
  readonly name: string
  /** One a day of the month, in order. */
  readonly cells: readonly DayState[]
  /** Of each day whether met or not might be the other way within the errors. */
  readonly within: readonly boolean[]
}

/** First day of the month of a day, and of the month after. */
export function monthOf(day: string): { readonly from: string; readonly to: string } {
  const from = `${day.slice(0, 7)}-01`
  return { from, to: `${addDays(from, 31).slice(0, 7)}-01` }
}

export function daysOf({ from, to }: { readonly from: string; readonly to: string }): string[] {
  const days: string[] = []
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day)
  return days
}

/** By the national calendar: weekends and holidays, without the days that are made up; as the sheets count them. */
export const isDayOff = (day: string): boolean => !isWorkingDay(day)

/** Those with most days to look at first, then by id. A day in several grids is met when it is met in each. */
export function monthRows(answer: PatrolDays): MonthRow[] {
  const days = daysOf(answer)
  const place = new Map(days.map((day, index) => [day, index]))
  const rows = new Map<string, { name: string; cells: DayState[] }>()
  const rowOf = (worker: string, name: string) => {
    const known = rows.get(worker)
    if (known) return known
    const row = { name, cells: days.map((): DayState => 'off') }
    rows.set(worker, row)
    return row
  }
  const sameDay = groupBy(answer.rows, ({ worker, day }) => `${worker} ${day}`)
  for (const { worker, name, day, met } of answer.rows) {
    const { cells } = rowOf(worker, name)
    const at = place.get(day)
    if (at === undefined) continue
    const now: DayState = met === null ? 'unjudged' : met ? 'met' : 'unmet'
    cells[at] = cells[at] === 'unmet' || (cells[at] === 'met' && now === 'unjudged') ? cells[at] : now
  }
  for (const { worker, name, day } of answer.absent) {
    const { cells } = rowOf(worker, name)
    const at = place.get(day)
    if (at !== undefined && cells[at] === 'off') cells[at] = 'absent'
  }
  const toLookAt = ({ cells }: { cells: readonly DayState[] }): number =>
    cells.filter((cell) => cell === 'unmet' || cell === 'absent').length
  return [...rows]
    .map(
      ([worker, row]): MonthRow => ({
        worker,
        ...row,
        within: days.map((day) => isDayWithinError(sameDay.get(`${worker} ${day}`) ?? []) === true),
      }),
    )
    .toSorted((a, b) => toLookAt(b) - toLookAt(a) || (a.worker < b.worker ? -1 : 1))
}

/** Days whose met or not might be the other way within the errors. */
export const countWithin = (rows: readonly MonthRow[]): number =>
  rows.reduce((n, { within }) => n + within.filter(Boolean).length, 0)

export const countState = (rows: readonly MonthRow[], ...states: readonly DayState[]): number =>
  rows.reduce((n, row) => n + row.cells.filter((cell) => states.includes(cell)).length, 0)
