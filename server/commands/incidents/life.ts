/** What a row and its steps amount to: state, level, deadlines, and what the viewer may do next. One truth for list, drawer and writes. */
import { type Deadline, deadlines, nextDeadline } from '../../core/incidents/deadlines.ts'
import {
  type Actor,
  actionsFor,
  type IncidentAction,
  type IncidentState,
  type LifeFacts,
  type LifeStep,
  levelBeside,
  stateOfStatus,
} from '../../core/incidents/life.ts'
import { nationalCalendar, type WorkingCalendar } from '../../core/incidents/working-time.ts'
import {
  type IncidentLevel,
  type IncidentPolicy,
  incidentLevels,
  incidentPolicyOf,
  usualIncidents,
} from '../../core/policy/incident-policy.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { EventRow, IncidentLifeRow } from '../../db/incident-life.ts'
import { policiesOf } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { Viewer } from '../../db/viewer.ts'

/** A step as it is shown: of the beginning of an incident from a file nobody knows who entered it. */
export interface KnownStep
  extends Omit<EventRow, 'revision' | 'made_by' | 'action' | 'from_state' | 'to_state'> {
  /** 0: not entered here. */
  readonly revision: number
  readonly action: IncidentAction | 'report'
  readonly from_state: IncidentState | null
  readonly to_state: IncidentState
  readonly made_by: string | null
}

export interface IncidentLife {
  readonly facts: LifeFacts
  readonly steps: readonly KnownStep[]
  readonly deadlines: readonly Deadline[]
  readonly next: Deadline | null
  readonly policy: IncidentPolicy
  /** What the viewer may do now. */
  readonly actions: readonly IncidentAction[]
}

/** The policy of a town on a day, and the calendar of its office hours; kept while one request asks. */
export type LifeRules = (
  town: string,
  day: string,
) => Promise<{ readonly policy: IncidentPolicy; readonly calendar: WorkingCalendar }>

export function lifeRules(db: Scoped): LifeRules {
  const towns = new Map<string, ReturnType<typeof policiesOf>>()
  const made = new Map<unknown, { policy: IncidentPolicy; calendar: WorkingCalendar }>()
  return async (town, day) => {
    let ofTown = towns.get(town)
    if (!ofTown) towns.set(town, (ofTown = policiesOf(db, town, 'incident')))
    const row = (await ofTown)(day)
    let rules = made.get(row)
    if (!rules) {
      const policy = row ? incidentPolicyOf(row.name, row.rules) : usualIncidents
      made.set(row, (rules = { policy, calendar: nationalCalendar(policy) }))
    }
    return rules
  }
}

/** The instant deadlines run from. */
export const reportedAt = (row: Pick<IncidentLifeRow, 'reported_at' | 'occurred_at'>): number =>
  row.reported_at ?? row.occurred_at

/** @param hasReporter somebody reported it who can be told */
export async function lifeOf(
  row: IncidentLifeRow,
  hasReporter: boolean,
  rules: LifeRules,
  viewer: Viewer | undefined,
  now: number,
): Promise<IncidentLife> {
  const { policy, calendar } = await rules(row.town_id, localDayOf(reportedAt(row)))
  const steps = stepsOf(row, policy)
  const last = steps.at(-1)!
  const facts: LifeFacts = {
    state: last.to_state,
    level: last.to_level as IncidentLevel,
    category: row.category,
    enteredBy: row.entered_by,
    assignee: steps.findLast(({ action }) => action === 'dispatch')?.assignee ?? null,
    resolvedBy: steps.findLast(({ action }) => action === 'resolve')?.made_by ?? null,
    hasReporter,
    isReporterTold: isTold(steps),
  }
  const all = deadlines(
    { category: row.category, urgency: row.urgency, steps: steps.map(lifeStep) },
    policy,
    calendar,
    now,
  )
  const actor = viewer && actorOf(viewer, row)
  return {
    facts,
    steps,
    deadlines: all,
    next: nextDeadline(all),
    policy,
    actions: actor ? actionsFor(facts, actor, policy) : [],
  }
}

const lifeStep = (one: KnownStep): LifeStep => ({
  action: one.action,
  at: one.made_at,
  to: one.to_state,
  level: one.to_level as IncidentLevel,
})

/** Told since it was last resolved: what was said before is no result. */
function isTold(steps: readonly KnownStep[]): boolean {
  const resolved = steps.findLastIndex(({ action }) => action === 'resolve')
  return steps.some(({ action }, i) => action === 'tell' && i > resolved)
}

/** The steps entered here; before them, unless the report was one, the beginning as the columns tell it. */
function stepsOf(row: IncidentLifeRow, policy: IncidentPolicy): KnownStep[] {
  const known = row.events as readonly KnownStep[]
  const first = known[0]
  if (first?.action === 'report') return [...known]
  const state = first?.from_state ?? stateOfStatus(row.status)
  const level = first?.from_level ?? row.level ?? usualLevel(state, policy)
  const beginning: KnownStep = {
    revision: 0,
    action: 'report',
    from_state: null,
    to_state: state,
    from_level: level,
    to_level: level,
    made_at: reportedAt(row),
    made_by: row.entered_by,
    receipt: null,
    note: null,
    assignee: null,
  }
  return [beginning, ...known]
}

/** The lowest level, where nobody said; of what was passed up, the next. */
function usualLevel(state: IncidentState, policy: IncidentPolicy): IncidentLevel {
  const lowest = incidentLevels.find((one) => policy.levels.includes(one)) ?? 'village'
  return state === 'passed_up' ? (levelBeside(policy, lowest, 1) ?? lowest) : lowest
}

/** The viewer as the one who takes a step: in the level of the highest area around the incident. */
export function actorOf(
  { name, role, areas, worker }: Viewer,
  row: Pick<IncidentLifeRow, 'town_id' | 'town_lineage'>,
): Actor {
  const level =
    areas === 'all' || row.town_lineage.some((code) => code !== row.town_id && areas.includes(code))
      ? 'county'
      : areas.includes(row.town_id)
        ? 'township'
        : 'village'
  return { name, role, level, worker: worker?.town === row.town_id ? worker.id : null }
}
