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

export interface DayRules {
  readonly policy: IncidentPolicy
  readonly calendar: WorkingCalendar
}

/** The policy of a town on a day, and the calendar of its office hours; kept while one request asks. */
export type LifeRules = (town: string, day: string) => Promise<DayRules>

export function lifeRules(db: Scoped): LifeRules {
  const towns = new Map<string, ReturnType<typeof policiesOf>>()
  const made = new Map<unknown, DayRules>()
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
  const dayRules = await rules(row.town_id, localDayOf(reportedAt(row)))
  const { policy } = dayRules
  const steps = stepsOf(row, row.events as readonly KnownStep[], policy)
  const { state, level, assignee, deadlines: all } = standingOf(row, steps, dayRules, now)
  const facts: LifeFacts = {
    state,
    level,
    category: row.category,
    enteredBy: row.entered_by,
    assignee,
    resolvedBy: steps.findLast(({ action }) => action === 'resolve')?.made_by ?? null,
    hasReporter,
    isReporterTold: isTold(steps),
  }
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

/** As much of a step as deadlines and lists go by. */
export type StepFacts = Pick<KnownStep, 'action' | 'to_state' | 'to_level' | 'made_at' | 'assignee'>

/** One that was entered here, as far as that. */
export type EnteredStep = StepFacts & Pick<KnownStep, 'from_state' | 'from_level'>

export interface Standing {
  readonly state: IncidentState
  readonly level: IncidentLevel
  /** Who has to handle it since it was last dispatched; null: nobody was named. */
  readonly assignee: string | null
  readonly deadlines: readonly Deadline[]
}

/** @param steps of `stepsOf` */
export function standingOf(
  { category, urgency }: Pick<IncidentLifeRow, 'category' | 'urgency'>,
  steps: readonly StepFacts[],
  { policy, calendar }: DayRules,
  now: number,
): Standing {
  const last = steps.at(-1)!
  return {
    state: last.to_state,
    level: last.to_level as IncidentLevel,
    assignee: steps.findLast(({ action }) => action === 'dispatch')?.assignee ?? null,
    deadlines: deadlines({ category, urgency, steps: steps.map(lifeStep) }, policy, calendar, now),
  }
}

const lifeStep = (one: StepFacts): LifeStep => ({
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
export function stepsOf<Step extends EnteredStep>(
  row: Pick<IncidentLifeRow, 'status' | 'level' | 'reported_at' | 'occurred_at' | 'entered_by'>,
  known: readonly Step[],
  policy: IncidentPolicy,
): readonly (Step | KnownStep)[] {
  const first = known[0]
  if (first?.action === 'report') return known
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
