/** One import while it runs: what was asked, what was found, and the reading of its files into distinct rows. */
import type { Flaw, Message, Place } from '../core/values.ts'
import type { Scoped } from '../db/scoped.ts'
import type { Viewer } from '../db/viewer.ts'
import type { InputFile } from '../formats/input-file.ts'
import { type Kind, type RowOf, readRows } from '../formats/read-rows.ts'
import type { ReadOptions } from '../formats/records.ts'
import type { ImportContext } from './import-context.ts'
import { importFlaw } from './import-flaws.ts'
import type { ReportProgress } from './jobs.ts'

export type ImportKind = Kind | 'traces'

export interface ImportRequest {
  readonly kind: ImportKind
  readonly files: readonly InputFile[]
  /** Code of the area; of the parent for `areas`. */
  readonly area: string
  readonly crs?: string | undefined
  readonly map?: Readonly<Record<string, string>> | undefined
  readonly closeRings?: boolean
  /** Everything is read, checked and written, then taken back. */
  readonly dryRun?: boolean
  /** Take the good records although others were refused. */
  readonly acceptValid?: boolean
  /** `traces`: add workers that are not known yet, with their id as name. */
  readonly newWorkers?: boolean
  readonly viewer: Viewer
  readonly now: () => number
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
}

/** What one kind's import found and wrote. */
export interface ImportTally {
  read: number
  added: number
  changed: number
  unchanged: number
  repeated: number
  /** Records refused; a record may have several flaws. */
  refused: number
}

export interface ImportRun {
  readonly db: Scoped
  readonly request: ImportRequest
  readonly context: ImportContext
  readonly flaws: Flaw[]
  readonly notices: Message[]
  readonly tally: ImportTally
}

export interface Found<Row> {
  readonly row: Row
  readonly place: Place
}

export const readOptionsOf = (request: ImportRequest, onBytes?: ReadOptions['onBytes']): ReadOptions => ({
  ...(request.crs === undefined ? {} : { crs: request.crs }),
  ...(request.map === undefined ? {} : { map: request.map }),
  ...(request.closeRings === undefined ? {} : { closeRings: request.closeRings }),
  ...(request.signal === undefined ? {} : { signal: request.signal }),
  ...(onBytes === undefined ? {} : { onBytes }),
})

/** Notes a refused record with all its reasons; undefined, so that a reader of one record can return it. */
export function refuse(run: ImportRun, flaws: readonly Flaw[]): undefined {
  run.flaws.push(...flaws)
  run.tally.refused++
  return undefined
}

/** Reads every file of the request as rows of a kind; refused records are noted. */
export async function readAll<K extends Kind>(run: ImportRun, kind: K): Promise<Found<RowOf<K>>[]> {
  const { files, onProgress } = run.request
  const found: Found<RowOf<K>>[] = []
  for (const file of files) {
    const onBytes = (read: number, total: number | null): void =>
      onProgress?.({ zh: `读取 ${file.name}`, en: `reading ${file.name}` }, read, total)
    for await (const batch of readRows(file, kind, readOptionsOf(run.request, onBytes))) {
      for (const read of batch) {
        run.tally.read++
        if ('flaws' in read) refuse(run, read.flaws)
        else found.push({ row: read.record.row, place: read.record.source.place })
      }
    }
  }
  return found
}

/** Keeps the first record of each key; a repeat with the same content is counted, one with other content refused. */
export function distinct<Row>(
  run: ImportRun,
  found: readonly Found<Row>[],
  keyOf: (row: Row) => string,
): Found<Row>[] {
  const firsts = new Map<string, Found<Row>>()
  for (const one of found) {
    const key = keyOf(one.row)
    const first = firsts.get(key)
    if (!first) firsts.set(key, one)
    else if (JSON.stringify(first.row) === JSON.stringify(one.row)) run.tally.repeated++
    else refuse(run, [importFlaw('id_repeated', one.place, { first: first.place }, key)])
  }
  return [...firsts.values()]
}

/** Adds what a statement wrote to the counts. */
export function count(
  run: ImportRun,
  rows: number,
  written: { readonly added: number; readonly changed: number },
): void {
  run.tally.added += written.added
  run.tally.changed += written.changed
  run.tally.unchanged += rows - written.added - written.changed
}

/** Progress of the writing. */
export const reportWriting =
  (run: ImportRun, total: number) =>
  (done: number): void =>
    run.request.onProgress?.({ zh: '写入', en: 'writing' }, done, total)

/** ISO text of an instant, or null, as the rows of db/imports.ts want it. */
export const isoOrNull = (time: number | null | undefined): string | null =>
  time === null || time === undefined ? null : new Date(time).toISOString()

/** The first instant of what has no beginning in its file: 1970, before any record of this kind. */
export const sinceEver = 0
