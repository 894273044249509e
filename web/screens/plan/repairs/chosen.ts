/** The repairs a person collects for a plan: kept while the page is open, for one division (an area on a day). */
import type { RepairMessage } from '../../../../server/contract/repairs.ts'
import { createStore, useStore } from '../../../store.ts'

/** Problem → the option chosen for it, by id. */
export type Chosen = ReadonlyMap<string, string>
export type RepairOption = RepairMessage['options'][number]

const none: Chosen = new Map()
const store = createStore<{ readonly division: string; readonly chosen: Chosen }>({
  division: '',
  chosen: none,
})

/** @param division which division they are chosen for: those for another one do not count */
export const useChosen = (division: string): Chosen =>
  useStore(store, (state) => (state.division === division ? state.chosen : none))

export const choose = (division: string, chosen: Chosen): void => store.write({ division, chosen })

/** With another option for a problem; null takes its repair out. */
export function withChoice(chosen: Chosen, problem: string, option: string | null): Chosen {
  const next = new Map(chosen)
  if (option === null) next.delete(problem)
  else next.set(problem, option)
  return next
}

/** With the recommended option for every problem that has one and for which nothing was chosen. */
export function withRecommended(chosen: Chosen, repairs: readonly RepairMessage[]): Chosen {
  const next = new Map(chosen)
  for (const { problem, recommended } of repairs)
    if (recommended !== null && !next.has(problem.id)) next.set(problem.id, recommended)
  return next
}

/** The chosen options, in the order of the problems; what is no longer an option of the division is left out. */
export const chosenOptions = (chosen: Chosen, repairs: readonly RepairMessage[]): RepairOption[] =>
  repairs.flatMap(({ problem, options }) => options.find(({ id }) => id === chosen.get(problem.id)) ?? [])
