/** What the readers give: one input record at a time, good or refused with all its reasons. */
import type { Geometry } from 'geojson'
import type { Fix, Flaw, Place } from '../core/values.ts'

/** One input record: good, or refused with all its reasons. */
export type Read<T> = { readonly record: T } | { readonly flaws: readonly Flaw[] }

export interface FeatureRecord {
  readonly place: Place
  /** WGS 84, longitude first, two numbers a position, rings closed. */
  readonly geometry: Geometry | null
  readonly properties: Readonly<Record<string, unknown>>
  /** The header a table (CSV, XLSX, Shapefile) gives all its records; absent where records name their own fields. */
  readonly columns?: readonly string[]
}

export interface FixRecord {
  readonly place: Place
  readonly worker: string | undefined
  /** Which piece it came from: file#track#segment, counting from 1. */
  readonly track: string
  readonly fix: Fix
}

export interface ReadOptions {
  /**
   * Any EPSG code, 'GCJ-02', 'BD-09', or a proj string. Absent: a shapefile's .prj or a GeoJSON `crs` member
   * counts, else EPSG:4326.
   */
  readonly crs?: string
  /** Column → field, as `--map 户主=head` gives it. */
  readonly map?: Readonly<Record<string, string>>
  /**
   * Where several files share a map: takes the columns that one of them had. A file that lacks one is then not refused, for
   * another may have it.
   */
  readonly mapped?: Set<string>
  /** Close rings whose first and last positions differ instead of refusing them. */
  readonly closeRings?: boolean
  /** Refuse archives that unpack to more; 1 GB by default. */
  readonly unpackedLimitBytes?: number
  readonly signal?: AbortSignal
  /** Called as bytes are taken from the file (as stored, so compressed); the total is null when unknown. */
  readonly onBytes?: (read: number, total: number | null) => void
}
