import type { Fix, Message } from '../values.ts'

/** One track as it was uploaded. */
export interface UploadedTrack {
  readonly worker: string
  readonly fixes: readonly Fix[]
}

/** Tracks that one worker shares, fix for fix, with another. Evidence of a copied file, never a verdict. */
export interface Repeat {
  readonly worker: string
  /** The worker who sorts first among those with the same track. */
  readonly of: string
  readonly tracks: number
}

/** A track whose fixes are gone, but for what tells it from others. */
export interface PrintedTrack {
  readonly worker: string
  readonly print: TrackPrint
}

/** A track of fewer fixes may be the same by chance. */
const leastFixes = 2

/**
 * Pairs of workers with identical tracks: same times and positions in the same order. Linear in the fixes. Sorted by worker,
 * then by whom they repeat.
 */
export const findRepeatedTracks = (tracks: Iterable<UploadedTrack>): Repeat[] =>
  findRepeatedPrints(Array.from(tracks, ({ worker, fixes }) => ({ worker, print: printOf(fixes) })))

/** The same for tracks that were printed as their fixes streamed by. */
export function findRepeatedPrints(tracks: Iterable<PrintedTrack>): Repeat[] {
  const owners = new Map<string, Map<string, number>>()
  for (const { worker, print } of tracks) {
    if (print.fixes < leastFixes) continue
    const counts = owners.get(print.text) ?? new Map<string, number>()
    counts.set(worker, (counts.get(worker) ?? 0) + 1)
    owners.set(print.text, counts)
  }
  const repeats = new Map<string, Repeat>()
  for (const counts of owners.values()) {
    const [of, ...others] = [...counts.keys()].sort()
    for (const worker of others) {
      const key = JSON.stringify([worker, of])
      const before = repeats.get(key)?.tracks ?? 0
      repeats.set(key, { worker, of: of!, tracks: before + counts.get(worker)! })
    }
  }
  return [...repeats.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, repeat]) => repeat)
}

export const repeatMessage = ({ worker, of, tracks }: Repeat): Message => ({
  zh: `${worker} 有 ${tracks} 条轨迹与 ${of} 的完全相同`,
  en: `${worker} repeats ${of}: ${tracks} ${tracks === 1 ? 'track' : 'tracks'}`,
})

export const fingerprint = (fixes: readonly Fix[]): string => printOf(fixes).text

function printOf(fixes: readonly Fix[]): TrackPrint {
  const print = new TrackPrint()
  for (const fix of fixes) print.add(fix)
  return print
}

const words = new Float64Array(3)
const bytes = new Uint8Array(words.buffer)

/** A 64-bit hash of times and positions (two FNV-1a lanes over their bytes) and their number, grown fix by fix. */
export class TrackPrint {
  fixes = 0
  #a = 0x811c9dc5
  #b = 0xcbf29ce4

  add(fix: Fix): void {
    words[0] = fix.time
    words[1] = fix.longitude
    words[2] = fix.latitude
    let [a, b] = [this.#a, this.#b]
    for (let i = 0; i < bytes.length; i++) {
      a = Math.imul(a ^ bytes[i]!, 0x01000193)
      b = Math.imul(b ^ bytes[i]!, 0x01000197) ^ (b >>> 15)
    }
    this.#a = a
    this.#b = b
    this.fixes++
  }

  get text(): string {
    return `${this.fixes}:${(this.#a >>> 0).toString(16)}:${(this.#b >>> 0).toString(16)}`
  }
}
