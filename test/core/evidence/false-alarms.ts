/** Counts the false alarms among honest simulated days: each piece of evidence accuses a worker's day. */
import { screenDays } from '../../../server/core/evidence/screen-days.ts'
import type { Evidence } from '../../../server/core/evidence/values.ts'
import { usualEvidence } from '../../../server/core/policy/evidence-policy.ts'
import { honestTown } from '../../support/simulate-days.ts'

export interface Alarms {
  readonly workerDays: number
  readonly accused: number
  readonly evidence: readonly Evidence[]
  /** Worker days accused, by code. */
  readonly byCode: Readonly<Record<string, number>>
}

/** Townships of 40 workers and `days` days each. */
export async function countAlarms(seeds: readonly number[], days: number): Promise<Alarms> {
  const evidence: Evidence[] = []
  let workerDays = 0
  for (const seed of seeds) {
    const town = [...honestTown(seed, days)]
    workerDays += town.length
    evidence.push(
      ...(await screenDays(town, () => () => false, usualEvidence)).map((one) => ({
        ...one,
        worker: `${seed} ${one.worker}`,
      })),
    )
  }
  const dayOf = ({ worker, day }: Evidence): string => `${worker} ${day}`
  const codes = [...new Set(evidence.map(({ code }) => code))].sort()
  return {
    workerDays,
    accused: new Set(evidence.map(dayOf)).size,
    evidence,
    byCode: Object.fromEntries(
      codes.map((code) => [code, new Set(evidence.filter((one) => one.code === code).map(dayOf)).size]),
    ),
  }
}
