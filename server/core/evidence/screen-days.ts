/** Everything looked for in a set of days at once, as the command line and the tests do; the service keeps the sketches between days. */
import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import { dayBounds, localDayOf } from '../trajectories/local-day.ts'
import type { WorkerDay } from '../trajectories/match-worker-day.ts'
import { compareCarried } from './compare-carried.ts'
import { compareReplayed } from './compare-replayed.ts'
import { findMeetings } from './find-meetings.ts'
import { findRepeats } from './find-repeats.ts'
import { judgeDay } from './judge-day.ts'
import { type DaySketch, sketchOf } from './sketch.ts'
import { type Track, trackOf } from './track.ts'
import { compareEvidence, type Evidence, evidenceId, noReports, type ReportFacts } from './values.ts'

/** Workers who patrolled together that day, as registered: the pair is not asked about. */
export type IsJoint = (worker: string, other: string) => boolean

/** A pair of days that are to be compared fix by fix. */
export type TrackSource = (worker: string, day: string) => Promise<Track | undefined>

/**
 * The pieces of one day that need another trace. Only the tracks of likely pairs are asked for, so the cost is that of the sketches.
 * @param sketches of the day and of the `replayDays` before it, in any order
 */
export async function screenDay(
  day: string,
  sketches: readonly DaySketch[],
  trackFor: TrackSource,
  isJoint: IsJoint,
  policy: EvidencePolicy,
): Promise<Evidence[]> {
  const oldest = localDayOf(dayBounds(day).from - policy.replayDays * 86_400_000)
  const sorted = sketches
    .filter((one) => oldest <= one.day && one.day <= day)
    .sort((a, b) => (a.day === b.day ? order(a.worker, b.worker) : order(a.day, b.day)))
  const evidence: Evidence[] = []
  if (!policy.off.includes('carried_together')) {
    const today = sorted.filter((one) => one.day === day)
    for (const [i, j] of findMeetings(today, policy).pairs) {
      const [a, b] = [today[i]!.worker, today[j]!.worker]
      if (isJoint(a, b)) continue
      const [own, other] = [await trackFor(a, day), await trackFor(b, day)]
      if (own && other) evidence.push(...compareCarried(own, other, policy))
    }
  }
  if (!policy.off.includes('replayed_trace'))
    evidence.push(...(await findReplayed(day, sorted, trackFor, policy)))
  return evidence.sort(compareEvidence)
}

async function findReplayed(
  day: string,
  sorted: readonly DaySketch[],
  trackFor: TrackSource,
  policy: EvidencePolicy,
): Promise<Evidence[]> {
  /** Of each pair the longest repeat. */
  const best = new Map<string, Evidence>()
  for (const candidate of findRepeats(sorted, day, policy.replayApartSeconds).candidates) {
    const of = { sketch: sorted[candidate.later]!, second: candidate.second }
    const from = { sketch: sorted[candidate.earlier]!, second: candidate.earlierSecond }
    // Two workers of one day: the later one in the day is asked about.
    const isTurned = of.sketch.day === from.sketch.day && of.second < from.second
    const [late, early] = isTurned ? [from, of] : [of, from]
    const later = await trackFor(late.sketch.worker, late.sketch.day)
    const earlier =
      late.sketch === early.sketch ? later : await trackFor(early.sketch.worker, early.sketch.day)
    if (!later || !earlier) continue
    const found = compareReplayed(later, earlier, late.second, early.second, policy)
    if (!found) continue
    const key = evidenceId(found)
    const known = best.get(key)
    if (!known || known.figures['moving_seconds']! < found.figures['moving_seconds']!) best.set(key, found)
  }
  return [...best.values()]
}

/** A day of a worker, read, and what its reports said beside their positions. */
export interface ScreenedDay {
  readonly worker: string
  readonly read: WorkerDay
  readonly facts?: ReportFacts
}

/** All pieces of all days. */
export async function screenDays(
  days: readonly ScreenedDay[],
  isJoint: (day: string) => IsJoint,
  policy: EvidencePolicy,
): Promise<Evidence[]> {
  const tracks = new Map<string, Track>()
  const keyOf = (worker: string, day: string): string => `${day} ${worker}`
  const sketches: DaySketch[] = []
  const evidence: Evidence[] = []
  for (const { worker, read, facts } of days) {
    const track = trackOf(worker, read, policy)
    tracks.set(keyOf(worker, read.date), track)
    sketches.push(sketchOf(track, policy))
    evidence.push(...judgeDay(read, track, facts ?? noReports, policy))
  }
  const trackFor: TrackSource = (worker, day) => Promise.resolve(tracks.get(keyOf(worker, day)))
  for (const day of [...new Set(days.map(({ read }) => read.date))].sort())
    evidence.push(...(await screenDay(day, sketches, trackFor, isJoint(day), policy)))
  return evidence.sort(compareEvidence)
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
