/** Where a person truly is during a half day: straight stretches between timed points. Seconds since local midnight, metres. */
import { between, distance, isInside, type Line, type Point, pairs } from './plane.ts'

export class Track {
  readonly times: number[] = []
  readonly points: Point[] = []

  constructor(start: number, at: Point) {
    this.times.push(start)
    this.points.push(at)
  }
  get now(): number {
    return this.times.at(-1)!
  }
  get here(): Point {
    return this.points.at(-1)!
  }
  stand(seconds: number): void {
    this.times.push(this.now + seconds)
    this.points.push(this.here)
  }
  /** Along the line, from where it starts; the way to its start counts. */
  go(line: Line, metresPerSecond: number): void {
    for (const p of line) {
      const metres = distance(this.here, p)
      if (metres === 0) continue
      this.times.push(this.now + metres / metresPerSecond)
      this.points.push(p)
    }
  }
  /** Positions at ascending moments. */
  *positions(moments: Iterable<number>): Generator<Point> {
    let i = 1
    for (const t of moments) {
      while (i < this.times.length - 1 && this.times[i]! < t) i++
      const [t0, t1] = [this.times[i - 1]!, this.times[i]!]
      yield between(
        this.points[i - 1]!,
        this.points[i]!,
        t1 === t0 ? 1 : Math.min(1, Math.max(0, (t - t0) / (t1 - t0))),
      )
    }
  }
}

/** What a day amounts to, without any error of measurement. */
export interface TrueDay {
  readonly insideHours: number
  readonly insideKilometres: number
  readonly outsideHours: number
  /** In silences longer than a quarter of an hour, wherever the person was. */
  readonly unobservedHours: number
}

const gapSeconds = 900
const stepSeconds = 8

/** Outer ring first, then holes. */
export const isInRings = (p: Point, rings: readonly Line[]): boolean =>
  isInside(p, rings[0]!) && !rings.slice(1).some((hole) => isInside(p, hole))

/** Measures the true track between the first and the last of the moments at which the phone reported. */
export function measureTrack(track: Track, moments: readonly number[], rings: readonly Line[]): TrueDay {
  let [inside, outside, unobserved, metres] = [0, 0, 0, 0]
  for (const [i, to] of moments.entries()) {
    const from = moments[i - 1]
    if (from === undefined) continue
    if (to - from > gapSeconds) {
      unobserved += to - from
      continue
    }
    const count = Math.max(1, Math.ceil((to - from) / stepSeconds))
    const steps = Array.from({ length: count + 1 }, (_, k) => from + ((to - from) * k) / count)
    for (const [a, b] of pairs([...track.positions(steps)])) {
      if (isInRings(between(a, b, 0.5), rings)) {
        inside += (to - from) / count
        metres += distance(a, b)
      } else outside += (to - from) / count
    }
  }
  return {
    insideHours: inside / 3600,
    insideKilometres: metres / 1000,
    outsideHours: outside / 3600,
    unobservedHours: unobserved / 3600,
  }
}
