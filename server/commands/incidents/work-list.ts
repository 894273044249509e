/**
 * What waits: every incident of an area that is not filed, by its next deadline, the most pressing first. Deadlines are worked out of
 * history, policy and calendar each time and stand in no column, so all that waits is judged, by as much of it as that takes; of a page
 * alone is read what is shown.
 */
import { setImmediate as breath } from 'node:timers/promises'
import { openDues, openStatus, standsStill } from '../../core/incidents/deadlines.ts'
import { type IncidentState, incidentStates, isActor, isOver } from '../../core/incidents/life.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { AreaScope } from '../../db/areas.ts'
import type { Database } from '../../db/database.ts'
import {
  listOpen,
  listWaiting,
  type OpenIncidentRow,
  stepFacts,
  type WaitingRow,
} from '../../db/incident-life.ts'
import type { Scoped } from '../../db/scoped.ts'
import { findTableVersions } from '../../db/version.ts'
import type { Viewer } from '../../db/viewer.ts'
import {
  type DayRules,
  type EnteredStep,
  type IncidentLife,
  lifeOf,
  lifeRules,
  reportedAt,
  type Standing,
  standingOf,
  stepsOf,
} from './life.ts'

export type WorkListName = 'all' | 'overdue' | 'due_soon' | 'mine'

export interface WaitingIncident {
  readonly row: OpenIncidentRow
  readonly life: IncidentLife
}

export interface WorkRequest {
  readonly list: WorkListName
  /** Null: all. */
  readonly state: IncidentState | null
  /** Key of the last one of the page before; null: from the first. */
  readonly after: readonly string[] | null
  readonly limit: number
  readonly now: number
}

export interface WorkList {
  /** A page in the order of their next due instant; without one last; then by town and id. */
  readonly page: readonly WaitingIncident[]
  /** The key the next page goes on after; null: this was the last. */
  readonly next: readonly string[] | null
  readonly lists: Readonly<Record<WorkListName, number>>
  /** Of the list asked for. */
  readonly states: readonly { readonly state: IncidentState; readonly count: number }[]
}

/** Equal versions mean that the same incidents wait, with the same steps, for the same viewer and by the same rules. */
export const workVersion = (database: Pick<Database, 'system'>): Promise<string> =>
  findTableVersions(database, ['areas', 'incidents', 'policies'])

/** An incident that waits, as far as it does not change by itself. */
interface Waiting {
  readonly town: string
  readonly id: string
  readonly state: IncidentState
  /** Who is named in it. */
  readonly people: readonly string[]
  readonly rules: DayRules
  /** When each deadline that is not met is due; null: that moves on with the clock. */
  readonly dues: readonly number[] | null
  /** Only where it does. */
  readonly row: WaitingRow | null
}

/** So many are judged before others have their turn. */
const atOnce = 5000

/** All that waits in an area: good for this viewer's scope as long as `workVersion` is the same. */
export async function loadWaiting(db: Scoped, area: AreaScope, now: number): Promise<readonly Waiting[]> {
  const rulesOf = rulesByDay(db)
  const all: Waiting[] = []
  for (const [i, row] of (await listWaiting(db, area)).entries()) {
    if (i % atOnce === atOnce - 1) await breath()
    const found = rulesOf(row)
    const rules = found instanceof Promise ? await found : found
    const { state, assignee, deadlines } = standingAt(row, rules, now)
    // A word of a file may say in its own way that it is filed.
    if (isOver(state)) continue
    const moves = standsStill(state, rules.policy)
    all.push({
      town: row.town_id,
      id: row.incident_id,
      state,
      people: [assignee, row.entered_by].filter((one) => one !== null),
      rules,
      dues: moves ? null : openDues(deadlines),
      row: moves ? row : null,
    })
  }
  return all
}

const standingAt = (row: WaitingRow, rules: DayRules, now: number): Standing =>
  standingOf(row, stepsOf(row, stepFacts(row) as readonly EnteredStep[], rules.policy), rules, now)

/** @param waiting of `loadWaiting` */
export async function listWork(
  db: Scoped,
  area: AreaScope,
  waiting: readonly Waiting[],
  { list, state, after, limit, now }: WorkRequest,
): Promise<WorkList> {
  const all = await judge(db.viewer, waiting, now)
  const asked = all.filter((one) => one.on[list])
  const of = (name: WorkListName): number => all.reduce((sum, { on }) => sum + (on[name] ? 1 : 0), 0)
  const rest = asked.filter((one) => (state === null || one.state === state) && isAfter(one, after))
  const page = mostPressing(rest, limit)
  return {
    page: await withLives(db, area, page, now),
    next: rest.length > page.length ? keyOf(page.at(-1)!) : null,
    lists: { all: all.length, overdue: of('overdue'), due_soon: of('due_soon'), mine: of('mine') },
    states: incidentStates
      .map((name) => ({ state: name, count: asked.filter((one) => one.state === name).length }))
      .filter(({ count }) => count > 0),
  }
}

interface Judged extends Pick<Waiting, 'town' | 'id' | 'state'> {
  /** When the next deadline is due; infinity: none is. */
  readonly dueAt: number
  readonly on: Readonly<Record<WorkListName, boolean>>
}

async function judge(
  viewer: Viewer | undefined,
  waiting: readonly Waiting[],
  now: number,
): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const [i, one] of waiting.entries()) {
    if (i % atOnce === atOnce - 1) await breath()
    const { town, id, state, people, rules, row } = one
    const dues = one.dues ?? openDues(standingAt(row!, rules, now).deadlines)
    const statuses = dues.map((dueAt) => openStatus(dueAt, rules.policy, rules.calendar, now))
    const actor = viewer && {
      name: viewer.name,
      worker: viewer.worker?.town === town ? viewer.worker.id : null,
    }
    judged.push({
      town,
      id,
      state,
      dueAt: dues.reduce((least, dueAt) => Math.min(least, dueAt), Number.POSITIVE_INFINITY),
      on: {
        all: true,
        overdue: statuses.includes('overdue'),
        due_soon: statuses.includes('due_soon'),
        mine: actor !== undefined && people.some((named) => isActor(actor, named)),
      },
    })
  }
  return judged
}

/** The rules of an incident's day of report, without a turn of the loop once they are known. */
function rulesByDay(db: Scoped): (row: WaitingRow) => DayRules | Promise<DayRules> {
  const rules = lifeRules(db)
  const known = new Map<string, Map<string, DayRules>>()
  return (row) => {
    const day = localDayOf(reportedAt(row))
    const days = known.get(row.town_id) ?? new Map<string, DayRules>()
    known.set(row.town_id, days)
    return (
      days.get(day) ??
      rules(row.town_id, day).then((found) => {
        days.set(day, found)
        return found
      })
    )
  }
}

/** What was filed since it was judged is left out. */
async function withLives(
  db: Scoped,
  area: AreaScope,
  page: readonly Judged[],
  now: number,
): Promise<WaitingIncident[]> {
  if (page.length === 0) return []
  const rows = await listOpen(
    db,
    area,
    page.map(({ town, id }) => [town, id]),
  )
  const byName = new Map(rows.map((row) => [`${row.town_id} ${row.incident_id}`, row]))
  const rules = lifeRules(db)
  const lives: WaitingIncident[] = []
  for (const { town, id } of page) {
    const row = byName.get(`${town} ${id}`)
    if (row) lives.push({ row, life: await lifeOf(row, row.has_reporter, rules, db.viewer, now) })
  }
  return lives
}

/** Sixteen digits hold every instant, and sort as they count; what is never due sorts last. */
const dueText = (dueAt: number): string => (Number.isFinite(dueAt) ? String(dueAt).padStart(16, '0') : '~')

const keyOf = ({ dueAt, town, id }: Judged): string[] => [dueText(dueAt), town, id]

const compare = <Value extends number | string>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0)

const byPress = (a: Judged, b: Judged): number =>
  compare(a.dueAt, b.dueAt) || compare(a.town, b.town) || compare(a.id, b.id)

/** The first so many in the order of `byPress`; the others are not put into any. */
function mostPressing(some: readonly Judged[], count: number): Judged[] {
  const dues = Float64Array.from(some, ({ dueAt }) => dueAt).sort()
  const last = dues[Math.min(count, dues.length) - 1] ?? Number.POSITIVE_INFINITY
  return some
    .filter(({ dueAt }) => dueAt <= last)
    .toSorted(byPress)
    .slice(0, count)
}

function isAfter(one: Judged, after: readonly string[] | null): boolean {
  if (after === null) return true
  const [due = '', town = '', id = ''] = after
  return (compare(dueText(one.dueAt), due) || compare(one.town, town) || compare(one.id, id)) > 0
}
