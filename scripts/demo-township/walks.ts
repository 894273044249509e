/** The half days of the workers, honest and not, as true tracks. */
import { between, distance, type Line, lengthOf, type Point } from './plane.ts'
import type { Household } from './population.ts'
import type { Random } from './random.ts'
import { Track } from './track.ts'
import type { WalkGraph } from './walk-graph.ts'

/** A grid as somebody on patrol knows it. */
export interface Beat {
  readonly graph: WalkGraph
  readonly homes: readonly Household[]
  /** Wide enough for the e-bike. */
  readonly isWide: boolean
}
export interface Visit {
  readonly household: string
  readonly from: number
  readonly to: number
}

const hour = 3600
const nodeOf = (track: Track, beat: Beat): number => beat.graph.nearest(track.here)
const anyNode = (beat: Beat, random: Random): number => random.whole(0, beat.graph.points.length - 1)

/** Some home to call at, must-visit ones and near ones sooner; `undefined` where nobody lives. */
function nextHome(here: Point, beat: Beat, random: Random): Household | undefined {
  if (beat.homes.length === 0) return undefined
  const some = Array.from({ length: 10 }, () => random.pick(beat.homes))
  return random.weighted(some, (h) => (h.mustVisit ? 4 : 1) / (200 + distance(h.at, here)) ** 3)
}

/** The spot before the door: a few metres short of the home. */
function doorOf(home: Household, graph: WalkGraph): { node: number; door: Point } {
  const node = graph.nearest(home.at)
  const away = distance(graph.points[node]!, home.at)
  return { node, door: between(graph.points[node]!, home.at, away < 7 ? 0 : 1 - 6 / away) }
}

/** A corner of the beat a walk leads by: the nearest of a few that is far enough to be on the way. */
function nearNode(beat: Beat, from: number, random: Random): number {
  const away = (i: number): number => distance(beat.graph.points[i]!, beat.graph.points[from]!)
  const some = Array.from({ length: 5 }, () => anyNode(beat, random)).sort((a, b) => away(a) - away(b))
  return some.find((i) => away(i) > 120) ?? some.at(-1)!
}

const legMetres = 360

/** Walks the beat and calls at homes until a moment; legs are made long by way of other corners of the beat. */
export function patrol(track: Track, beat: Beat, until: number, random: Random): Visit[] {
  const visits: Visit[] = []
  while (track.now < until) {
    const home = nextHome(track.here, beat, random)
    const target = home ? doorOf(home, beat.graph) : { node: anyNode(beat, random), door: undefined }
    let node = nodeOf(track, beat)
    const line: Point[] = []
    for (let via = 0; via < 6 && lengthOf(line) < legMetres; via++) {
      const next = nearNode(beat, node, random)
      line.push(...beat.graph.way(node, next))
      node = next
    }
    line.push(...beat.graph.way(node, target.node))
    if (target.door) line.push(target.door)
    if (random.chance(0.7)) track.stand(random.between(40, 200))
    const length = lengthOf(line)
    const rides = beat.isWide && length > 900 && random.chance(0.45)
    track.go(line, rides ? random.between(2.8, 4.8) : random.between(0.95, 1.38))
    const from = track.now
    track.stand(random.between(190, 715))
    if (home) visits.push({ household: home.id, from, to: track.now })
    if (target.door) track.go([beat.graph.points[target.node]!], 1)
  }
  return visits
}

/** Long talks in few houses, far enough apart to tell one sitting from the next, near enough to amount to little walking. */
export function idle(track: Track, beat: Beat, until: number, random: Random): void {
  const apartMetres = 130
  while (track.now < until) {
    const away = (p: Point): number => distance(p, track.here)
    const some = Array.from({ length: 16 }, () => beat.graph.points[anyNode(beat, random)]!).sort(
      (a, b) => away(a) - away(b),
    )
    const next = some.find((p) => away(p) > apartMetres) ?? some.at(-1)!
    track.go(beat.graph.way(nodeOf(track, beat), beat.graph.nearest(next)), random.between(0.9, 1.2))
    track.stand(Math.min(Math.max(60, until - track.now), random.between(26, 55) * 60))
  }
}

export function trackFrom(beat: Beat, start: number, random: Random): Track {
  return new Track(start, beat.graph.points[anyNode(beat, random)]!)
}

/** Half the time in the own grid, the rest in another. */
export function halfOutside(own: Beat, other: Beat, roads: WalkGraph, start: number, random: Random): Track {
  const track = trackFrom(own, start, random)
  patrol(track, own, start + random.between(1.9, 2.3) * hour, random)
  const there = other.graph.points[anyNode(other, random)]!
  track.go(roads.way(roads.nearest(track.here), roads.nearest(there)), 4.5)
  track.go([there], 1.2)
  patrol(track, other, start + random.between(4.5, 4.9) * hour, random)
  return track
}

/** By car about the township, with halts at far places. */
export function drive(roads: WalkGraph, start: number, halts: readonly Point[], random: Random): Track {
  const track = new Track(start, roads.points[roads.nearest(random.pick(halts))]!)
  const until = start + random.between(4.4, 4.9) * hour
  while (track.now < until) {
    const way: Line = roads.way(roads.nearest(track.here), roads.nearest(random.pick(halts)))
    track.go(way, random.between(7, 11))
    track.stand(random.between(6, 22) * 60)
  }
  return track
}
