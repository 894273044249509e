/** Where a person truly is during a half day: straight stretches between timed points. Seconds since local midnight, metres. */
import { between, distance, isInside, type Line, type Point } from './plane.ts'

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
  /** A reader of positions at moments that never go back. */
  reader(): (moment: number) => Point {
    const { times, points } = this
    let i = 1
    return (moment) => {
      while (i < times.length - 1 && times[i]! < moment) i++
      const [t0, t1] = [times[i - 1]!, times[i]!]
      return between(
        points[i - 1]!,
        points[i]!,
        t1 === t0 ? 1 : Math.min(1, Math.max(0, (moment - t0) / (t1 - t0))),
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
  const positionAt = track.reader()
  let before = positionAt(moments[0]!)
  for (let i = 1; i < moments.length; i++) {
    const [from, to] = [moments[i - 1]!, moments[i]!]
    if (to - from > gapSeconds) {
      unobserved += to - from
      before = positionAt(to)
      continue
    }
    const count = Math.ceil((to - from) / stepSeconds)
    for (let k = 1; k <= count; k++) {
      const here = positionAt(from + ((to - from) * k) / count)
      if (isInRings(between(before, here, 0.5), rings)) {
        inside += (to - from) / count
        metres += distance(before, here)
      } else outside += (to - from) / count
      before = here
    }
  }
  return {
    insideHours: inside / 3600,
    insideKilometres: metres / 1000,
    outsideHours: outside / 3600,
    unobservedHours: unobserved / 3600,
  }
}
