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

/** Does all recommended repairs, until there are none. */
export function repairDivision<Input extends RepairInput>(input: Input): RepairedDivision<Input> {
  const done: DoneRepair[] = []
  let division = input
  let repairs = proposeRepairs(division)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const recommended = repairs.flatMap((repair) =>
      repair.options
        .filter(({ id }) => id === repair.recommended)
        .map((option): DoneRepair => ({ repair, option })),
    )
    if (recommended.length === 0) break
    done.push(...recommended)
    division = applyRepairs(
      division,
      recommended.map(({ option }) => option.id),
    ).division
    repairs = proposeRepairs(division)
  }
  return { division, done, left: repairs }
}
