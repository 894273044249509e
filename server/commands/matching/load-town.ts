/** What the workers of a town share while their days are matched. */
import type { EvidencePolicy } from '../../core/policy/evidence-policy.ts'
import { type PatrolPolicy, patrolPolicyOf } from '../../core/policy/patrol-policy.ts'
import { layLanes } from '../../core/trajectories/lay-lanes.ts'
import { dayBounds } from '../../core/trajectories/local-day.ts'
import { listPlacePoints, listRoads } from '../../db/ground.ts'
import { findAreas } from '../../db/imports.ts'
import {
  type AssignedVersion,
  gridBoundaries,
  listAssignedVersions,
  listHouseholdPoints,
  type StaleDay,
} from '../../db/matching.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'
import { evidencePolicies } from '../evidence/keep-evidence.ts'
import type { SharedGround } from './match-worker.ts'

export interface Town {
  readonly code: string
  readonly shared: SharedGround
  readonly versions: ReadonlyMap<string, readonly AssignedVersion[]>
  /** Read within the transaction that is open. */
  policiesOf(open: Scoped, day: string): Promise<DayPolicies>
}

export interface DayPolicies {
  readonly policy: PatrolPolicy
  readonly evidencePolicy: EvidencePolicy
}

/** @param days of one town, at least one */
export async function loadTown(db: Scoped, days: readonly StaleDay[]): Promise<Town> {
  const code = days[0]?.town ?? ''
  const bounds = [...new Set(days.map((one) => one.day))].map(dayBounds)
  const from = Math.min(...bounds.map((one) => one.from))
  const to = Math.max(...bounds.map((one) => one.to))
  const workers = [...new Set(days.map((one) => one.worker))]
  const [area] = await findAreas(db, [code])
  const lineage = area?.lineage ?? [code]
  const versions = new Map<string, AssignedVersion[]>()
  for (const one of await listAssignedVersions(db, code, workers, from, to)) {
    const ofWorker = versions.get(one.worker)
    if (ofWorker) ofWorker.push(one)
    else versions.set(one.worker, [one])
  }
  const evidencePolicyOf = evidencePolicies(lineage)
  const policies = new Map<string, DayPolicies>()
  return {
    code,
    shared: {
      households: await listHouseholdPoints(db, code),
      ground: { lanes: layLanes(await listRoads(db, code)), places: await listPlacePoints(db, code) },
      boundaries: await gridBoundaries(db, code, from, to),
    },
    versions,
    async policiesOf(open, day) {
      const known = policies.get(day)
      if (known) return known
      const row = await findPolicy(open, { lineage }, 'patrol', day)
      const found = {
        policy: patrolPolicyOf(row?.rules),
        evidencePolicy: await evidencePolicyOf(open, day),
      }
      policies.set(day, found)
      return found
    },
  }
}
