/** The teams, 1 + 1 + 1 + N for each grid; who answers for which grid from when; who keeps contact with which household. */
import type { GridPlan } from './division.ts'
import { personName } from './names.ts'
import type { Household } from './population.ts'
import { randomStream } from './random.ts'

export type Role = 'leader' | 'full_time' | 'part_time' | 'instructor'
export interface Worker {
  readonly id: string
  readonly name: string
  readonly role: Role
}
/** Days in Asia/Shanghai, half-open; an open end is undefined. */
export interface Assignment {
  readonly worker: string
  readonly grid: string
  readonly role: Role
  readonly from: string
  readonly to: string | undefined
}
export interface Teams {
  readonly workers: readonly Worker[]
  readonly assignments: readonly Assignment[]
  readonly roster: readonly { readonly household: string; readonly worker: string }[]
  /** Households planted without a contact. */
  readonly withoutContact: readonly string[]
  readonly swapped: readonly string[]
}

export const firstDay = '2026-01-01'
export const swapDay = '2026-10-19'
const instructors = 14

export function formTeams(
  seed: string,
  grids: readonly GridPlan[],
  households: readonly Household[],
  mayBeSwapped: (grid: GridPlan) => boolean,
): Teams {
  const random = randomStream(seed, 'workers')
  const roles: Role[] = [
    ...grids.map((): Role => 'full_time'),
    ...grids.map((): Role => 'leader'),
    ...Array.from({ length: instructors }, (): Role => 'instructor'),
    ...Array.from({ length: 120 - 2 * grids.length - instructors }, (): Role => 'part_time'),
  ]
  const workers = roles.map(
    (role, i): Worker => ({ id: `W${String(i + 1).padStart(3, '0')}`, name: personName(random), role }),
  )
  const of = (role: Role): Worker[] => workers.filter((worker) => worker.role === role)
  const sizeOf = (grid: GridPlan): number => households.filter((h) => h.grid === grid.code).length
  const bySize = [...grids].sort((a, b) => sizeOf(b) - sizeOf(a))
  const open = (worker: Worker, grid: GridPlan): Assignment => ({
    worker: worker.id,
    grid: grid.code,
    role: worker.role,
    from: firstDay,
    to: undefined,
  })
  const posts = random.shuffled(grids)
  const [one, other] = posts.filter(mayBeSwapped).slice(0, 2) as [GridPlan, GridPlan]
  const fullTime = of('full_time').flatMap((worker, i): Assignment[] => {
    const grid = posts[i]!
    const next = grid === one ? other : grid === other ? one : undefined
    if (!next) return [open(worker, grid)]
    return [
      { ...open(worker, grid), to: swapDay },
      { ...open(worker, next), from: swapDay },
    ]
  })
  const assignments = [
    ...fullTime,
    ...of('leader').map((worker, i) => open(worker, grids[i]!)),
    ...grids.map((grid, i) => open(of('instructor')[Math.floor((i * instructors) / grids.length)]!, grid)),
    ...of('part_time').map((worker, i) => open(worker, bySize[i]!)),
  ]
  const withoutContact = random
    .shuffled(households)
    .slice(0, 3)
    .map(({ id }) => id)
    .sort()
  const teamOf = new Map(
    grids.map((grid) => [
      grid.code,
      assignments.filter((a) => a.grid === grid.code && a.role !== 'instructor' && a.from === firstDay),
    ]),
  )
  const roster = households
    .filter(({ id }) => !withoutContact.includes(id))
    .map((h) => ({
      household: h.id,
      worker: random.weighted(teamOf.get(h.grid)!, (a) => (a.role === 'full_time' ? 3 : 2)).worker,
    }))
  const swapped = fullTime.filter(({ from }) => from === swapDay).map(({ worker }) => worker)
  return { workers, assignments, roster, withoutContact, swapped }
}
