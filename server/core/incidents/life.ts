/**
 * The life of an incident: its states, the steps between them, and who may take which. One table, as data: the service, the screen
 * and the documents are made from it.
 *
 *   reported → accepted → dispatched → resolved → verified → closed
 *   passed up at any of the first three, to the level above, where it is accepted or sent back; returned when it was not resolved well
 */
import {
  categoryOf,
  type IncidentLevel,
  type IncidentPolicy,
  incidentLevels,
} from '../policy/incident-policy.ts'

export const incidentStates = [
  'reported',
  'passed_up',
  'accepted',
  'dispatched',
  'returned',
  'resolved',
  'verified',
  'closed',
] as const
export type IncidentState = (typeof incidentStates)[number]

/** A step; `note` and `tell` change no state, `report` begins it. */
export const incidentActions = [
  'accept',
  'dispatch',
  'pass_up',
  'resolve',
  'verify',
  'return',
  'close',
  'tell',
  'note',
] as const
export type IncidentAction = (typeof incidentActions)[number]

export type PersonRole = 'administrator' | 'planner' | 'supervisor' | 'analyst' | 'worker'

/** What must be said with a step. `assignee`: who is to handle it. */
export type Need = 'note' | 'assignee'

export interface Transition {
  readonly action: IncidentAction
  readonly from: readonly IncidentState[]
  /** Null: the state stays. */
  readonly to: IncidentState | null
  readonly level: 'same' | 'up' | 'down'
  readonly needs: readonly Need[]
  /** A number that proves that it was handed over, or taken. */
  readonly givesReceipt: boolean
  /** A worker may take it too, with what he reported or has to handle. */
  readonly byWorker: boolean
  /** Nobody judges what they handled. */
  readonly byAnother: boolean
}

const step = (
  action: IncidentAction,
  from: readonly IncidentState[],
  to: IncidentState | null,
  more: Partial<Transition> = {},
): Transition => ({
  action,
  from,
  to,
  level: 'same',
  needs: [],
  givesReceipt: false,
  byWorker: false,
  byAnother: false,
  ...more,
})

const inHand = ['accepted', 'dispatched', 'returned'] as const

export const transitions: readonly Transition[] = [
  step('accept', ['reported', 'passed_up'], 'accepted', { givesReceipt: true }),
  step('dispatch', inHand, 'dispatched', { needs: ['assignee'], givesReceipt: true }),
  // 当场办结: what is handled on the spot is never dispatched.
  step('resolve', ['reported', ...inHand], 'resolved', { needs: ['note'], byWorker: true }),
  step('pass_up', ['reported', ...inHand], 'passed_up', { level: 'up', needs: ['note'], givesReceipt: true }),
  step('return', ['passed_up'], 'returned', { level: 'down', needs: ['note'], givesReceipt: true }),
  step('verify', ['resolved'], 'verified', { needs: ['note'], byAnother: true }),
  step('return', ['resolved'], 'returned', { needs: ['note'], byAnother: true }),
  // A resident who is not satisfied when called again: it is taken up once more.
  step('return', ['verified', 'closed'], 'returned', { needs: ['note'] }),
  step('close', ['verified'], 'closed', { givesReceipt: true }),
  step('tell', incidentStates, null, { needs: ['note'], byWorker: true }),
  step('note', incidentStates, null, { needs: ['note'], byWorker: true }),
]

export const transitionOf = (action: IncidentAction, from: IncidentState): Transition | undefined =>
  transitions.find((one) => one.action === action && one.from.includes(from))

/** States that nothing waits for any more. */
export const isOver = (state: IncidentState): boolean => state === 'closed'

/** Words of files and of earlier versions, and the state each is. */
const words: Readonly<Record<string, IncidentState>> = {
  open: 'reported',
  handling: 'accepted',
  in_progress: 'accepted',
  已上报: 'reported',
  已受理: 'accepted',
  受理: 'accepted',
  办理中: 'accepted',
  处理中: 'accepted',
  已派单: 'dispatched',
  已交办: 'dispatched',
  已上交: 'passed_up',
  已退回: 'returned',
  已解决: 'resolved',
  已处理: 'resolved',
  已核实: 'verified',
  已办结: 'closed',
  办结: 'closed',
  已归档: 'closed',
}

/** The state of a status as it stands in a file or row; a word that nobody knows counts as reported: somebody has to look. */
export function stateOfStatus(status: string): IncidentState {
  const plain = status.trim().toLowerCase()
  return incidentStates.find((one) => one === plain) ?? words[plain] ?? 'reported'
}

/** The level above or below among those a place has; undefined where there is none. */
export function levelBeside(
  { levels }: Pick<IncidentPolicy, 'levels'>,
  level: IncidentLevel,
  by: 1 | -1,
): IncidentLevel | undefined {
  const rank = incidentLevels.indexOf(level)
  const known = incidentLevels.filter((one) => levels.includes(one))
  return by === 1
    ? known.find((one) => incidentLevels.indexOf(one) > rank)
    : known.findLast((one) => incidentLevels.indexOf(one) < rank)
}

/** One step of a life, as far as states, levels and deadlines go. */
export interface LifeStep {
  /** `report` is the first. */
  readonly action: IncidentAction | 'report'
  /** Epoch milliseconds. */
  readonly at: number
  readonly to: IncidentState
  readonly level: IncidentLevel
}

export interface Actor {
  /** By which the steps are signed. */
  readonly name: string
  /** Of whoever is a worker of the incident's township; incidents are handed to workers by it as well. */
  readonly worker: string | null
  readonly role: PersonRole
  /** The highest level of what the person answers for around the incident. */
  readonly level: Exclude<IncidentLevel, 'department'>
}

export interface LifeFacts {
  readonly state: IncidentState
  readonly level: IncidentLevel
  readonly category: string
  /** Who entered it; null: a file. */
  readonly enteredBy: string | null
  /** Who has to handle it since it was last dispatched; null: nobody was named. */
  readonly assignee: string | null
  /** Who resolved it last; null: nobody, or a file. */
  readonly resolvedBy: string | null
  /** Somebody reported it who can be told. */
  readonly hasReporter: boolean
  readonly isReporterTold: boolean
}

/** Why a step cannot be taken. */
export type Refusal =
  | 'not_from_this_state'
  | 'role'
  | 'not_yours'
  | 'level_too_low'
  | 'own_handling'
  | 'no_level_above'
  | 'reporter_not_told'
  | 'no_reporter'

/** Whether somebody who was named is this person: by login, or by the worker's number. */
export const isActor = ({ name, worker }: Pick<Actor, 'name' | 'worker'>, named: string | null): boolean =>
  named !== null && (named === name || named === worker)

/** @returns null when the person may take the step now */
export function refusalOf(
  action: IncidentAction,
  facts: LifeFacts,
  actor: Actor,
  policy: IncidentPolicy,
): Refusal | null {
  const transition = transitionOf(action, facts.state)
  if (!transition) return 'not_from_this_state'
  const isChief = actor.role === 'supervisor' || actor.role === 'administrator'
  if (!isChief) {
    if (actor.role !== 'worker' || !transition.byWorker) return 'role'
    if (!isActor(actor, facts.enteredBy) && !isActor(actor, facts.assignee)) return 'not_yours'
  } else if (rankOf(actor.level) < rankOf(facts.level)) {
    return 'level_too_low'
  }
  if (transition.byAnother && [facts.resolvedBy, facts.assignee].some((one) => isActor(actor, one)))
    return 'own_handling'
  if (transition.level === 'up' && levelBeside(policy, facts.level, 1) === undefined) return 'no_level_above'
  if (action === 'tell' && !facts.hasReporter) return 'no_reporter'
  if (action !== 'close') return null
  if (rankOf(actor.level) < rankOf(categoryOf(policy, facts.category).closedBy)) return 'level_too_low'
  return policy.tellBeforeClosing && facts.hasReporter && !facts.isReporterTold ? 'reporter_not_told' : null
}

/** The county speaks for its departments: they have no users of their own. */
const rankOf = (level: IncidentLevel): number =>
  Math.min(incidentLevels.indexOf(level), incidentLevels.indexOf('county'))

/** What the person may do now, in the order of the table. */
export const actionsFor = (facts: LifeFacts, actor: Actor, policy: IncidentPolicy): IncidentAction[] => [
  ...new Set(
    transitions
      .map(({ action }) => action)
      .filter((action) => refusalOf(action, facts, actor, policy) === null),
  ),
]

/** State and level after a step that `refusalOf` allows. */
export function stepFrom(
  action: IncidentAction,
  { state, level }: Pick<LifeFacts, 'state' | 'level'>,
  policy: IncidentPolicy,
): { readonly state: IncidentState; readonly level: IncidentLevel } {
  const transition = transitionOf(action, state)
  if (!transition) return { state, level }
  const beside =
    transition.level === 'same' ? level : levelBeside(policy, level, transition.level === 'up' ? 1 : -1)
  return { state: transition.to ?? state, level: beside ?? level }
}
