/**
 * What becomes of teams and rosters when a plan comes into force, by rule; and what no rule can settle.
 *
 * 1. A grid that keeps its code keeps its team.
 * 2. The team of a retired grid goes with it to the new grid that has most of its households, when that grid is new and has most
 *    of its own from there. Else its workers are free for another grid: a person decides.
 * 3. A household keeps its contact worker where the worker is on the team of its new grid. Else the contact is that grid's
 *    full-time worker, when there is exactly one. Else a person decides.
 */
import type { PlanComparison } from '../../core/planning/compare-plans.ts'
import type { Contact, Duty, NewTask } from '../../db/plan-enactment.ts'

export interface FollowInput {
  /** First instant of the new division. */
  readonly from: number
  /** Assignments of the town at that moment or after it. */
  readonly duties: readonly Duty[]
  /** Roster entries of the households that change their grid, at that moment or after it. */
  readonly contacts: readonly Contact[]
  readonly retired: readonly string[]
  /** New codes, microgrids left out. */
  readonly created: readonly string[]
  readonly moves: PlanComparison['moves']
}

export interface Followed {
  /** With the end they are cut to, or as they begin: keys that stand there already are changed. */
  readonly ended: { readonly duties: readonly Duty[]; readonly contacts: readonly Contact[] }
  readonly begun: { readonly duties: readonly Duty[]; readonly contacts: readonly Contact[] }
  readonly tasks: readonly NewTask[]
}

export function followDuties(input: FollowInput): Followed {
  const { from, duties, retired, created } = input
  const heirs = heirsOf(input)
  const gone = new Set(retired)
  const ending = duties.filter((duty) => gone.has(duty.grid_code))
  const begunDuties = ending.flatMap((duty): Duty[] => {
    const heir = heirs.get(duty.grid_code)
    return heir === undefined
      ? []
      : [{ ...duty, grid_code: heir, valid_from: Math.max(duty.valid_from, from) }]
  })
  const endedDuties = ending
    .filter((duty) => duty.valid_from < from)
    .map((duty) => ({ ...duty, valid_to: from }))
  const after = [...duties.filter((duty) => !gone.has(duty.grid_code)), ...begunDuties]
  const contacts = followContacts(input, teamsOf(after))
  return {
    ended: { duties: endedDuties, contacts: contacts.ended },
    begun: { duties: begunDuties, contacts: contacts.begun },
    tasks: [...teamTasks(created, after), ...freeWorkers(ending, after), ...contacts.tasks],
  }
}

/** Retired grid → the new grid that takes its place. */
function heirsOf({ retired, created, moves }: FollowInput): Map<string, string> {
  const isNew = new Set(created)
  const isGone = new Set(retired)
  const best = (codes: ReadonlySet<string>, side: 'from' | 'to'): Map<string, string> => {
    const other = side === 'from' ? 'to' : 'from'
    const found = new Map<string, (typeof moves)[number]>()
    for (const move of moves) {
      const [own, theirs] = [move[side], move[other]]
      if (own === null || theirs === null || !codes.has(own)) continue
      const known = found.get(own)
      if (!known || isLarger(move, known)) found.set(own, move)
    }
    return new Map([...found].map(([code, move]) => [code, move[other] ?? '']))
  }
  const [largestOf, originOf] = [best(isGone, 'from'), best(isNew, 'to')]
  return new Map([...largestOf].filter(([old, heir]) => isNew.has(heir) && originOf.get(heir) === old))
}

/** More households, else more ground; of equals the first by code stays. */
function isLarger(a: PlanComparison['moves'][number], b: PlanComparison['moves'][number]): boolean {
  const more = a.households.length - b.households.length
  return more > 0 || (more === 0 && a.areaSquareMetres > b.areaSquareMetres)
}

function teamsOf(duties: readonly Duty[]): Map<string, Duty[]> {
  const teams = new Map<string, Duty[]>()
  for (const duty of duties) teams.set(duty.grid_code, [...(teams.get(duty.grid_code) ?? []), duty])
  return teams
}

/** New grids that nobody leads, or where nobody works full time. */
function teamTasks(created: readonly string[], duties: readonly Duty[]): NewTask[] {
  const teams = teamsOf(duties)
  const lacks = (grid: string, role: string): boolean =>
    !(teams.get(grid) ?? []).some((duty) => duty.role === role)
  const task = (kind: NewTask['kind'], grid: string): NewTask => ({
    kind,
    grid,
    worker: null,
    households: [],
  })
  return created.flatMap((grid) => [
    ...(lacks(grid, 'leader') ? [task('grid_without_leader', grid)] : []),
    ...(lacks(grid, 'full_time') ? [task('grid_without_worker', grid)] : []),
  ])
}

/** Workers who had a retired grid and have none now; named with the first of those they had. */
function freeWorkers(ending: readonly Duty[], after: readonly Duty[]): NewTask[] {
  const busy = new Set(after.map((duty) => duty.worker_id))
  const free = new Map<string, string>()
  for (const { worker_id, grid_code } of ending)
    if (!busy.has(worker_id) && !free.has(worker_id)) free.set(worker_id, grid_code)
  return [...free].map(([worker, grid]) => ({ kind: 'worker_without_grid', grid, worker, households: [] }))
}

function followContacts(
  { from, contacts, moves }: FollowInput,
  teams: ReadonlyMap<string, readonly Duty[]>,
): { ended: Contact[]; begun: Contact[]; tasks: NewTask[] } {
  const newGrid = new Map(
    moves.flatMap((move) => move.households.map((id): [string, string | null] => [id, move.to])),
  )
  const [ended, begun]: [Contact[], Contact[]] = [[], []]
  const tasks = new Map<string, NewTask & { households: string[] }>()
  const tell = (kind: NewTask['kind'], grid: string | null, worker: string, household: string): void => {
    const key = JSON.stringify([kind, grid, worker])
    const task = tasks.get(key) ?? { kind, grid, worker, households: [] }
    tasks.set(key, task)
    if (!task.households.includes(household)) task.households.push(household)
  }
  for (const contact of contacts) {
    const { household_id, worker_id, valid_from } = contact
    const grid = newGrid.get(household_id)
    if (grid === undefined) continue
    const team = grid === null ? [] : (teams.get(grid) ?? [])
    if (team.some((duty) => duty.worker_id === worker_id)) continue
    const fullTime = new Set(team.filter((duty) => duty.role === 'full_time').map((duty) => duty.worker_id))
    const [only] = fullTime
    if (fullTime.size !== 1 || only === undefined) {
      tell('roster_undecided', grid, worker_id, household_id)
      continue
    }
    if (valid_from < from) ended.push({ ...contact, valid_to: from })
    begun.push({ ...contact, worker_id: only, valid_from: Math.max(valid_from, from) })
    tell('roster_moved', grid, only, household_id)
  }
  return { ended, begun, tasks: [...tasks.values()] }
}
