/** The month of the full-time workers: who did what on which working day, what their phones reported, and what was true. */
import chineseDays from 'chinese-days'
import { type PhoneFix, record, reportTimes, type Silence } from './phone.ts'
import { distance, distanceToRing, type Line, type Point } from './plane.ts'
import { type Random, randomStream } from './random.ts'
import { measureTrack, Track, type TrueDay } from './track.ts'
import type { WalkGraph } from './walk-graph.ts'
import { type Beat, drive, halfOutside, idle, patrol, trackFrom, type Visit } from './walks.ts'

export type DayLabel =
  | 'honest'
  | 'phone_off'
  | 'too_short'
  | 'too_little_distance'
  | 'sat_at_home'
  | 'sat_in_office'
  | 'half_outside'
  | 'phone_carried'
  | 'replayed'
  | 'drove_through'

/** A grid in force, as the patrols need it. */
export interface GridGround {
  readonly code: string
  readonly rings: readonly Line[]
  readonly beat: Beat
}
export interface PatrolInput {
  readonly seed: string
  readonly workers: readonly string[]
  /** The grid of a full-time worker on a day, as in force that day. */
  readonly groundOf: (worker: string, day: string) => GridGround
  readonly roads: WalkGraph
  /** Where cars halt and where people live. */
  readonly spots: readonly Point[]
}
export interface WorkerDay {
  readonly worker: string
  readonly date: string
  readonly grid: string
  readonly label: DayLabel
  /** For a phone carried by another: who carried it. For a replay: the day it repeats. */
  readonly of?: string
  readonly truth: TrueDay
  readonly isMet: boolean
  readonly fixes: readonly PhoneFix[]
  readonly visits: readonly Visit[]
}

export const required = { hours: 4, kilometres: 3 }
/** How far from a threshold a day stays, as a share of it. */
const margin = 0.12

export const workingDays: readonly string[] = Array.from(
  { length: 31 },
  (_, i) => `2026-10-${String(i + 1).padStart(2, '0')}`,
).filter((day) => chineseDays.isWorkday(day))

const quotas: readonly (readonly [DayLabel | 'absent', number])[] = [
  ['phone_off', 10],
  ['too_short', 12],
  ['too_little_distance', 12],
  ['sat_at_home', 9],
  ['sat_in_office', 9],
  ['half_outside', 10],
  ['phone_carried', 6],
  ['replayed', 6],
  ['drove_through', 6],
  ['absent', 9],
]

type Plan = Map<string, DayLabel | 'absent'>
const keyOf = (worker: string, day: string): string => `${worker} ${day}`

/** Labels for every worker and day. One worker sits at home three days running, another fails five days of the month. */
function planMonth(
  workers: readonly string[],
  canReplay: (worker: string, day: string, before: string) => boolean,
  random: Random,
): Plan {
  const plan: Plan = new Map()
  const days = workingDays
  const [lazy, weary] = random.shuffled(workers)
  for (const day of days.slice(6, 9)) plan.set(keyOf(lazy!, day), 'sat_at_home')
  for (const [n, day] of [1, 4, 7, 11, 15].entries())
    plan.set(keyOf(weary!, days[day]!), n % 2 === 0 ? 'too_short' : 'too_little_distance')
  const slots = random.shuffled(
    workers.flatMap((worker) => days.map((day, i) => ({ worker, day, before: days[i - 1] }))),
  )
  for (const [label, count] of quotas) {
    let left = count
    for (const { worker, day, before } of slots) {
      if (left === 0) break
      if (plan.has(keyOf(worker, day))) continue
      if (
        label === 'replayed' &&
        (before === undefined || plan.has(keyOf(worker, before)) || !canReplay(worker, day, before))
      )
        continue
      plan.set(keyOf(worker, day), label)
      if (label === 'replayed') plan.set(keyOf(worker, before!), 'honest')
      left--
    }
  }
  return plan
}

function silencesOf(label: DayLabel, start: number, random: Random): Silence[] {
  const silence = (from: number, minutes: number): Silence => ({ from, to: from + minutes * 60 })
  if (label === 'phone_off')
    return [0.5, 1.9, 3.2].map((hours) =>
      silence(start + (hours + random.between(0, 0.3)) * 3600, random.between(30, 40)),
    )
  if (label !== 'honest') return []
  if (random.chance(0.12)) return [silence(start + random.between(1, 3) * 3600, random.between(5, 13))]
  return random.chance(0.06) ? [silence(start + random.between(1, 3) * 3600, random.between(16, 19))] : []
}

/** A true track for the label; the same label on the same ground differs with every draw. */
function walk(
  label: DayLabel,
  own: GridGround,
  other: GridGround,
  input: PatrolInput,
  random: Random,
): { track: Track; visits: Visit[] } {
  const start = (random.chance(0.7) ? random.between(7.8, 8.4) : random.between(12.7, 13.1)) * 3600
  const { beat, rings } = own
  const outside = input.spots.filter(
    (p) => distanceToRing(p, rings[0]!) > 250 && distance(p, beat.graph.points[0]!) > 400,
  )
  switch (label) {
    case 'drove_through':
      return { track: drive(input.roads, start, outside, random), visits: [] }
    case 'half_outside':
      return { track: halfOutside(beat, other.beat, input.roads, start, random), visits: [] }
    case 'sat_at_home':
    case 'sat_in_office': {
      const at =
        label === 'sat_at_home'
          ? random.pick(outside)
          : beat.homes.length > 0
            ? random.pick(beat.homes.filter(({ at: p }) => distanceToRing(p, rings[0]!) > 25)).at
            : beat.graph.points[0]!
      const track = new Track(start, at)
      track.stand(random.between(4.6, 5.1) * 3600)
      return { track, visits: [] }
    }
    case 'too_little_distance': {
      const track = trackFrom(beat, start, random)
      idle(track, beat, start + random.between(4.6, 4.9) * 3600, random)
      return { track, visits: [] }
    }
    default: {
      const hours =
        label === 'too_short'
          ? random.between(2.4, 3.1)
          : label === 'phone_off'
            ? random.between(4.4, 4.6)
            : random.between(4.65, 4.85)
      const track = trackFrom(beat, start, random)
      return { visits: patrol(track, beat, start + hours * 3600, random), track }
    }
  }
}

const meets = (share: number): boolean => share >= 1 + margin
const misses = (share: number): boolean => share <= 1 - margin

/** Whether the rule is met; `undefined` when the day is too near a threshold to say. */
function verdict({ insideHours, insideKilometres }: TrueDay): boolean | undefined {
  const parts = [insideHours / required.hours, insideKilometres / required.kilometres]
  if (!parts.every((share) => meets(share) || misses(share))) return undefined
  return parts.every(meets)
}
const isMeantToMeet = (label: DayLabel): boolean => label === 'honest' || label === 'replayed'

export function walkMonth(input: PatrolInput): {
  days: WorkerDay[]
  absent: { worker: string; date: string }[]
} {
  const { seed, workers, groundOf } = input
  const planned = planMonth(
    workers,
    (worker, day, before) => groundOf(worker, day) === groundOf(worker, before),
    randomStream(seed, 'month'),
  )
  const days: WorkerDay[] = []
  const absent: { worker: string; date: string }[] = []
  for (const date of workingDays) {
    const tracks = new Map<string, Track>()
    const today: WorkerDay[] = []
    const ofOthers: string[] = []
    for (const [i, worker] of workers.entries()) {
      const label = planned.get(keyOf(worker, date)) ?? 'honest'
      const own = groundOf(worker, date)
      if (label === 'absent') absent.push({ worker, date })
      else if (label === 'phone_carried') ofOthers.push(worker)
      else if (label === 'replayed') {
        const before = days.findLast((d) => d.worker === worker)!
        today.push({ ...before, date, label, of: before.date, visits: [] })
      } else {
        const random = randomStream(seed, `day/${worker}/${date}`)
        const other = groundOf(workers[(i + 1) % workers.length]!, date)
        for (let attempt = 0; ; attempt++) {
          if (attempt === 40) throw new Error(`no ${label} day for ${worker} on ${date} in ${own.code}`)
          const { track, visits } = walk(label, own, other, input, random)
          const times = reportTimes(track, 20 + (i % 9), silencesOf(label, track.times[0]!, random), random)
          const truth = measureTrack(track, times, own.rings)
          const isMet = verdict(truth)
          if (isMet === undefined || isMet !== isMeantToMeet(label)) continue
          tracks.set(worker, track)
          today.push({
            worker,
            date,
            grid: own.code,
            label,
            truth,
            isMet,
            fixes: record(track, times, random.between(4, 9), random),
            visits: label === 'honest' ? visits : [],
          })
          break
        }
      }
    }
    for (const worker of ofOthers) {
      const random = randomStream(seed, `day/${worker}/${date}`)
      const own = groundOf(worker, date)
      const carriers = today.filter((d) => d.label === 'honest' && d.grid !== own.code)
      const carrier = random.pick(carriers).worker
      const track = tracks.get(carrier)!
      const times = reportTimes(track, 24, [], random)
      const truth = measureTrack(track, times, own.rings)
      if (verdict(truth) !== false) throw new Error(`the phone of ${worker} was carried through its own grid`)
      today.push({
        worker,
        date,
        grid: own.code,
        label: 'phone_carried',
        of: carrier,
        truth,
        isMet: false,
        fixes: record(track, times, random.between(4, 9), random),
        visits: [],
      })
    }
    days.push(...today)
  }
  return {
    days: days.sort((a, b) =>
      a.worker < b.worker ? -1 : a.worker > b.worker ? 1 : a.date < b.date ? -1 : 1,
    ),
    absent,
  }
}
