import type { Fix } from '../values.ts'

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

/** A track of fewer fixes may be the same by chance. */
const leastFixes = 2

/**
 * Pairs of workers with identical tracks: same times and positions in the same order. Linear in the fixes. Sorted by worker,
 * then by whom they repeat.
 */
export function findRepeatedTracks(tracks: Iterable<UploadedTrack>): Repeat[] {
  const owners = new Map<string, Map<string, number>>()
  for (const { worker, fixes } of tracks) {
    if (fixes.length < leastFixes) continue
    const print = fingerprint(fixes)
    const counts = owners.get(print) ?? new Map<string, number>()
    counts.set(worker, (counts.get(worker) ?? 0) + 1)
    owners.set(print, counts)
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

/** A 64-bit hash of times and positions (two FNV-1a lanes over their bytes) and their number. */
export function fingerprint(fixes: readonly Fix[]): string {
  const words = new Float64Array(3)
  const bytes = new Uint8Array(words.buffer)
  let a = 0x811c9dc5
  let b = 0xcbf29ce4
  for (const fix of fixes) {
    words[0] = fix.time
    words[1] = fix.longitude
    words[2] = fix.latitude
    for (let i = 0; i < bytes.length; i++) {
      a = Math.imul(a ^ bytes[i]!, 0x01000193)
      b = Math.imul(b ^ bytes[i]!, 0x01000197) ^ (b >>> 15)
    }
  }
  return `${fixes.length}:${(a >>> 0).toString(16)}:${(b >>> 0).toString(16)}`
}
