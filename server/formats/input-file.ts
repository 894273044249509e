/** A file as the readers see it: a name to report, bytes to stream. Uploads and paths look the same. */
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'

export interface InputFile {
  /** Shown in reports; its ending tells the format (`.geojson`, `.csv.gz`, `.zip`…). */
  readonly name: string
  open(): Readable
}

/** A file on disk. Errors of opening surface on the stream. */
export const fileAt = (path: string): InputFile => ({
  name: basename(path),
  open: () => createReadStream(path),
})
