import { applyRepairs } from './apply-repairs.ts'
import { proposeRepairs } from './propose-repairs.ts'
import type { Repair, RepairInput, RepairOption } from './values.ts'

/** A repair that was done. */
export interface DoneRepair {
  readonly repair: Repair
  readonly option: RepairOption
}

export interface RepairedDivision<Input extends RepairInput> {
  readonly division: Input
  /** In the order they were done. */
  readonly done: readonly DoneRepair[]
  /** What is left of problems, with the reason. */
  readonly left: readonly Repair[]
}

/**
 * A repair may lay open another: microgrids no longer fill a parent that was redrawn, a piece is cut off that is a sliver.
 * Two or three rounds settle everything met so far; a division that keeps changing is left as the last round has it.
 */
const MOST_ROUNDS = 8

/**
 * Does all recommended repairs, until there are none. A piece that lay apart before may be an exclave and stays; one that only a
 * repair cut off goes to a neighbour.
 */
export function repairDivision<Input extends RepairInput>(input: Input): RepairedDivision<Input> {
  const done: DoneRepair[] = []
  let division = input
  let repairs = proposeRepairs(division)
  const apart = new Set(repairs.filter(isPiece).flatMap(({ problem }) => problem.grids))
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = repairs.flatMap((repair): DoneRepair[] => {
      const isNew = isPiece(repair) && !repair.problem.grids.some((code) => apart.has(code))
      const option =
        repair.options.find(({ id }) => id === repair.recommended) ??
        (isNew ? repair.options.find((one) => isHarmless(one, input)) : undefined)
      return option ? [{ repair, option }] : []
    })
    if (chosen.length === 0) break
    done.push(...chosen)
    const ids = chosen.map(({ option }) => option.id)
    division = applyRepairs(division, ids).division
    repairs = proposeRepairs(division)
  }
  return { division, done, left: repairs }
}

const isPiece = ({ problem }: Repair): boolean => problem.code === 'disconnected_part'

const isHarmless = (
  { removes, grows, shrinks }: RepairOption,
  { protectedGrids = [] }: RepairInput,
): boolean =>
  removes.length === 0 && ![...grows, ...shrinks].some(({ grid }) => protectedGrids.includes(grid))
