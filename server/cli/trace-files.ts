/** Trace files of a call → tracks: one worker's fixes from one piece of one file. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Fix, Flaw } from '../core/values.ts'
import { fixFormatOf } from '../formats/file-format.ts'
import { fileAt } from '../formats/input-file.ts'
import { readFixBatches } from '../formats/read-fixes.ts'
import type { ReadOptions } from '../formats/records.ts'

export interface Track {
  readonly worker: string
  readonly fixes: readonly Fix[]
}

export interface TracksRead {
  /** In the order of the files and of their content. */
  readonly tracks: readonly Track[]
  readonly fixes: number
  /** Records refused, in the files that could be read otherwise. */
  readonly refused: readonly Flaw[]
  /** Why a file could not be read at all. */
  readonly unusable: readonly Flaw[]
}

/** Each path itself, or for a folder every trace file below it, sorted. */
export const traceFilesAt = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => {
    if (!existsSync(path) || !statSync(path).isDirectory()) return [path]
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && isTrace(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  })

/** Not .txt: that is what labels and readmes beside traces are called. */
const isTrace = (name: string): boolean => fixFormatOf(name) !== undefined && !/\.txt(\.gz)?$/i.test(name)

/** Reads trace files. A track whose file names no worker is a worker of its own, called after the track. */
export async function readTracks(paths: readonly string[], options: ReadOptions): Promise<TracksRead> {
  const tracks = new Map<string, { worker: string; fixes: Fix[] }>()
  const refused: Flaw[] = []
  const unusable: Flaw[] = []
  let fixes = 0
  for (const path of traceFilesAt(paths)) {
    for await (const batch of readFixBatches(fileAt(path), options)) {
      for (const read of batch) {
        if ('flaws' in read) {
          for (const flaw of read.flaws) (isOfRecord(flaw) ? refused : unusable).push(flaw)
          continue
        }
        const { track, fix } = read.record
        const worker = read.record.worker ?? track
        const key = JSON.stringify([path, track, worker])
        let known = tracks.get(key)
        if (!known) {
          known = { worker, fixes: [] }
          tracks.set(key, known)
        }
        known.fixes.push(fix)
        fixes++
      }
    }
  }
  return { tracks: [...tracks.values()], fixes, refused, unusable }
}

const isOfRecord = ({ place }: Flaw): boolean => place.record !== undefined || place.line !== undefined
