/** What waits: every incident of an area that is not filed, with its next deadline, the most pressing first. */
import { type IncidentState, incidentStates, isActor, isOver } from '../../core/incidents/life.ts'
import type { AreaScope } from '../../db/areas.ts'
import { listOpen, type OpenIncidentRow } from '../../db/incident-life.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { Viewer } from '../../db/viewer.ts'
import { actorOf, type IncidentLife, lifeOf, lifeRules } from './life.ts'

export type WorkListName = 'all' | 'overdue' | 'due_soon' | 'mine'

export interface WaitingIncident {
  readonly row: OpenIncidentRow
  readonly life: IncidentLife
}

export interface WorkList {
  /** In the order of their next due instant; without one last; then by town and id. */
  readonly waiting: readonly WaitingIncident[]
  readonly lists: Readonly<Record<WorkListName, number>>
  /** Of the list asked for. */
  readonly states: readonly { readonly state: IncidentState; readonly count: number }[]
}

/** @param state null: all */
export async function listWork(
  db: Scoped,
  area: AreaScope,
  list: WorkListName,
  state: IncidentState | null,
  now: number,
): Promise<WorkList> {
  const rules = lifeRules(db)
  const all: WaitingIncident[] = []
  for (const row of await listOpen(db, area)) {
    const life = await lifeOf(row, row.has_reporter, rules, db.viewer, now)
    // A word of a file may say in its own way that it is filed.
    if (!isOver(life.facts.state)) all.push({ row, life })
  }
  const isIn = (one: WaitingIncident, name: WorkListName): boolean => isOn(one, name, db.viewer)
  const asked = all.filter((one) => isIn(one, list))
  const states = incidentStates
    .map((name) => ({ state: name, count: asked.filter(({ life }) => life.facts.state === name).length }))
    .filter(({ count }) => count > 0)
  return {
    waiting: asked.filter(({ life }) => state === null || life.facts.state === state).toSorted(byPress),
    lists: {
      all: all.length,
      overdue: all.filter((one) => isIn(one, 'overdue')).length,
      due_soon: all.filter((one) => isIn(one, 'due_soon')).length,
      mine: all.filter((one) => isIn(one, 'mine')).length,
    },
    states,
  }
}

function isOn({ row, life }: WaitingIncident, list: WorkListName, viewer: Viewer | undefined): boolean {
  if (list === 'all') return true
  if (list === 'mine') {
    const actor = viewer && actorOf(viewer, row)
    return (
      actor !== undefined && [life.facts.assignee, life.facts.enteredBy].some((one) => isActor(actor, one))
    )
  }
  return life.deadlines.some(({ status }) => status === list)
}

/** The key a page goes on after. */
export const workKey = ({ row, life }: WaitingIncident): string[] => [
  // Sixteen digits hold every instant, and sort as they count.
  life.next === null ? '~' : String(life.next.dueAt).padStart(16, '0'),
  row.town_id,
  row.incident_id,
]

const byPress = (a: WaitingIncident, b: WaitingIncident): number => compareKeys(workKey(a), workKey(b))

export function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i] ?? ''
    if (part !== other) return part < other ? -1 : 1
  }
  return 0
}
