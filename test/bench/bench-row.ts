/** One figure of the bench: a ratio measured in one run on one machine, so that the machine cancels out. */
export interface BenchRow {
  readonly name: string
  /** Ours and what it is held against, in `unit`. */
  readonly ours: number
  readonly theirs: number
  /** Said so that the target reads naturally, e.g. ours / theirs. */
  readonly ratio: number
  /** E.g. `<= 1`, `>= 0.5`. */
  readonly target: `${'<=' | '>='} ${number}`
  readonly unit: string
  readonly note: string
}

/** True when the ratio keeps its target. */
export function meetsTarget(row: BenchRow): boolean {
  const [sign, limit] = row.target.split(' ')
  return sign === '<=' ? row.ratio <= Number(limit) : row.ratio >= Number(limit)
}
