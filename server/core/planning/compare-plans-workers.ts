import type { Membership } from './compare-plans-distance.ts'

/** Who answers for what on the day before the change. */
export interface Duties {
  readonly assignments: readonly { readonly worker: string; readonly grid: string }[]
  /** Which worker keeps contact with which household. */
  readonly roster: readonly { readonly household: string; readonly worker: string }[]
}

export interface WorkerChange {
  readonly worker: string
  /** Grids assigned to the worker, by code. */
  readonly grids: readonly string[]
  /** Those of them that end. */
  readonly retiredGrids: readonly string[]
  /** Households in the assigned grids, before and after. */
  readonly householdsBefore: number
  readonly householdsAfter: number
  /** Rostered households that go to a grid the worker is not assigned to (null: to none), by id. */
  readonly rosterLeaving: readonly { readonly household: string; readonly to: string | null }[]
  /** Rostered households that stay. */
  readonly rosterStaying: number
}

/**
 * Workers whom a change touches: whose grid ends, whose grids gain or lose households, or whose rostered households go to a
 * grid that is not theirs. Sorted by id.
 */
export function workerChanges(
  { assignments, roster }: Duties,
  before: Membership,
  after: Membership,
  retired: ReadonlySet<string>,
): WorkerChange[] {
  const sizeBefore = sizes(before)
  const sizeAfter = sizes(after)
  const changed = changedGrids(before, after)
  const grids = valuesByKey(assignments.map(({ worker, grid }) => [worker, grid]))
  const contacts = valuesByKey(roster.map(({ worker, household }) => [worker, household]))
  return [...new Set([...grids.keys(), ...contacts.keys()])].toSorted().flatMap((worker) => {
    const own = [...(grids.get(worker) ?? [])].toSorted()
    const leaving = [...(contacts.get(worker) ?? [])]
      .toSorted()
      .map((household) => ({
        household,
        from: before.get(household) ?? null,
        to: after.get(household) ?? null,
      }))
      .filter(({ from, to }) => from !== to && !own.some((code) => code === to))
    const ended = own.filter((code) => retired.has(code))
    if (leaving.length === 0 && ended.length === 0 && !own.some((code) => changed.has(code))) return []
    const count = (size: ReadonlyMap<string | null, number>): number =>
      own.reduce((sum, code) => sum + (size.get(code) ?? 0), 0)
    return [
      {
        worker,
        grids: own,
        retiredGrids: ended,
        householdsBefore: count(sizeBefore),
        householdsAfter: count(sizeAfter),
        rosterLeaving: leaving.map(({ household, to }) => ({ household, to })),
        rosterStaying: (contacts.get(worker)?.size ?? 0) - leaving.length,
      },
    ]
  })
}

function sizes(gridOf: Membership): Map<string | null, number> {
  const size = new Map<string | null, number>()
  for (const code of gridOf.values()) size.set(code, (size.get(code) ?? 0) + 1)
  return size
}

/** Grids that gain or lose a household. */
function changedGrids(before: Membership, after: Membership): Set<string | null> {
  const changed = new Set<string | null>()
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const)
    for (const [household, code] of one) if ((other.get(household) ?? null) !== code) changed.add(code)
  return changed
}

function valuesByKey(pairs: readonly (readonly [key: string, value: string])[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>()
  for (const [key, value] of pairs) values.set(key, (values.get(key) ?? new Set<string>()).add(value))
  return values
}
