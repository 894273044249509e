import type { Track } from './track.ts'

/** So many steps in a row are hashed … */
const steps = 12
/** … from every sixteenth step or so: which ones, their own content decides (winnowing: Schleimer, Wilkerson & Aiken 2003). */
const mask = 15
/** Standing still is the same everywhere. */
const leastMetres = 60
const metresPerStepUnit = 0.1

/**
 * (hash, second of the day) of runs of steps: whole seconds and millionths of a degree from one vertex of the path to the next. Found
 * again wherever the same fixes are, at another time or place and with silences between them, but only to the digit.
 */
export function exactLandmarks({ path, midnight }: Pick<Track, 'path' | 'midnight'>): number[] {
  const { time, longitude, latitude } = path
  const n = Math.max(0, time.length - 1)
  const hashes = new Int32Array(n)
  const metres = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const seconds = Math.round((time[i + 1]! - time[i]!) / 1000)
    const east = Math.round((longitude[i + 1]! - longitude[i]!) * 1e6)
    const north = Math.round((latitude[i + 1]! - latitude[i]!) * 1e6)
    metres[i] = (Math.abs(east) + Math.abs(north)) * metresPerStepUnit
    hashes[i] = mixed(mixed(mixed(0x811c9dc5, seconds), east), north)
  }
  const found: number[] = []
  for (let i = 0; i + steps <= n; i++) {
    if (((hashes[i]! ^ (hashes[i]! >>> 16)) & mask) !== 0) continue
    let [hash, walked] = [0x01000193, 0]
    for (let k = i; k < i + steps; k++) {
      hash = mixed(hash, hashes[k]!)
      walked += metres[k]!
    }
    if (walked >= leastMetres) found.push(hash, Math.round((time[i]! - midnight) / 1000))
  }
  return found
}

/** A step of FNV-1a over a whole number, stirred so that its low bits depend on all of it. */
function mixed(hash: number, value: number): number {
  const next = Math.imul(hash ^ value, 0x01000193)
  return next ^ (next >>> 15)
}
