/** A file as the readers see it: a name to report, bytes to stream. Uploads and paths look the same. */
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { Readable } from 'node:stream'

export interface InputFile {
  /** Shown in reports; its ending tells the format (`.geojson`, `.csv.gz`, `.zip`…). */
  readonly name: string
  /** The whole path, where there is one: GeoLife names its user by a folder. */
  readonly path?: string
  /** Size on disk in bytes, for a progress bar; null or absent when unknown. */
  readonly bytes?: number | null
  open(): Readable
  /** The file beside this one with the same stem and another ending (`.dbf` beside `.shp`), in either case. */
  sibling?(ending: string): InputFile | undefined
}

/** A file on disk. Errors of opening surface on the stream. */
export const fileAt = (path: string): InputFile => ({
  name: basename(path),
  path,
  bytes: statSync(path, { throwIfNoEntry: false })?.size ?? null,
  open: () => createReadStream(path, { highWaterMark: 1 << 18 }),
  sibling: (ending) => {
    const folder = dirname(path)
    const wanted = `${basename(path, extname(path))}${ending}`.toLowerCase()
    if (!existsSync(folder)) return undefined
    const found = readdirSync(folder).find((name) => name.toLowerCase() === wanted)
    return found === undefined ? undefined : fileAt(join(folder, found))
  },
})

/** A file held in memory: an upload, or an entry of an archive. */
export const fileOf = (name: string, bytes: Uint8Array, path?: string): InputFile => ({
  name,
  bytes: bytes.length,
  open: () => Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)]),
  ...(path === undefined ? {} : { path }),
})
