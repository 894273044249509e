/**
 * Evidence is found twice over: what a day gives by itself with the day's matching, what needs another trace once the matching is done,
 * by day and town, from the sketches. Both are replaced as a whole, so that neither the order of arrival nor a repetition shows.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { type IsJoint, screenDay, type TrackSource } from '../../core/evidence/screen-days.ts'
import { type Track, trackOf } from '../../core/evidence/track.ts'
import { type EvidenceCode, type EvidencePolicy, usualEvidence } from '../../core/policy/evidence-policy.ts'
import { patrolPolicyOf } from '../../core/policy/patrol-policy.ts'
import { fixesNeededFor } from '../../core/trajectories/local-day.ts'
import { readWorkerDay } from '../../core/trajectories/match-worker-day.ts'
import type { Database } from '../../db/database.ts'
import {
  listJointWorkers,
  listSketches,
  listStaleEvidence,
  replaceDayEvidence,
  takeStaleMark,
} from '../../db/evidence.ts'
import { findAreas } from '../../db/imports.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'
import { listStoredFixes, orderStoredFixes } from '../../db/stored-fixes.ts'

/** What needs another trace; all else a day gives by itself. */
const pairCodes: readonly EvidenceCode[] = ['carried_together', 'replayed_trace']
export const ownCodes: readonly EvidenceCode[] = [
  'impossible_jump',
  'mock_position',
  'no_jitter',
  'vehicle',
  'clock_skew',
]

/** The evidence policy of a town by day, each read once. */
export type EvidencePolicyOf = (open: Scoped, day: string) => Promise<EvidencePolicy>

export function evidencePolicies(lineage: readonly string[]): EvidencePolicyOf {
  const known = new Map<string, EvidencePolicy>()
  return async (open, day) => {
    const before = known.get(day)
    if (before) return before
    const row = await findPolicy(open, { lineage }, 'evidence', day)
    const policy = { ...usualEvidence, ...(row?.rules as Partial<EvidencePolicy> | undefined) }
    known.set(day, policy)
    return policy
  }
}

const roundSize = 100

/** Compares the traces of every marked day; returns how many days. @throws DatabaseError; the reason of the signal, the rest still marked */
export async function screenStaleDays(
  db: Database,
  options: { readonly towns?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<number> {
  const { signal } = options
  const system = db.system(signal ? { signal } : {})
  let screened = 0
  for (;;) {
    const stale = await listStaleEvidence(system, options.towns ?? null, roundSize)
    if (stale.length === 0) return screened
    const [areas] = [await findAreas(system, [...new Set(stale.map((one) => one.town_id))])]
    const lineages = new Map(areas.map((one) => [one.code, one.lineage]))
    for (const { town_id: town, day } of stale) {
      signal?.throwIfAborted()
      await system.transaction((open) => screenTownDay(open, town, day, lineages.get(town) ?? [town]))
      screened++
      await turn() // requests come between
    }
  }
}

async function screenTownDay(
  open: Scoped,
  town: string,
  day: string,
  lineage: readonly string[],
): Promise<void> {
  if ((await takeStaleMark(open, town, day)) === 0) return
  const policy = await evidencePolicies(lineage)(open, day)
  const sketches = await listSketches(open, town, day, policy.replayDays)
  const joint = (await listJointWorkers(open, town, day)).map((workers) => new Set(workers))
  const isJoint: IsJoint = (a, b) => joint.some((workers) => workers.has(a) && workers.has(b))
  const evidence = await screenDay(day, sketches, trackSource(open, town, lineage, policy), isJoint, policy)
  await replaceDayEvidence(open, town, day, pairCodes, evidence)
}

/** Tracks made anew from the fixes, each once. */
function trackSource(
  open: Scoped,
  town: string,
  lineage: readonly string[],
  policy: EvidencePolicy,
): TrackSource {
  const known = new Map<string, Track | undefined>()
  return async (worker, day) => {
    const key = `${day} ${worker}`
    if (known.has(key)) return known.get(key)
    const row = await findPolicy(open, { lineage }, 'patrol', day)
    const patrol = patrolPolicyOf(row?.rules)
    const span = { worker, ...fixesNeededFor(day, patrol) }
    const [stored] = await listStoredFixes(open, town, [span])
    const read = stored && readWorkerDay(orderStoredFixes(stored, span), day, patrol)
    const track = read && trackOf(worker, read, policy)
    known.set(key, track)
    return track
  }
}
