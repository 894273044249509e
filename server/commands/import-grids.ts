/** Grids: each record is a version in force from a date; a newer version ends the one before it. */
import { toHexEwkb } from '../db/ewkb.ts'
import {
  endGridVersions,
  type KnownInterval,
  listGridVersions,
  listWorkersOfGrids,
  upsertRows,
} from '../db/imports.ts'
import { markDaysOfWorkersStale } from '../db/matching.ts'
import type { GridRow } from '../formats/kinds/areas.ts'
import { interiorPosition } from './import-context.ts'
import { importFlaw } from './import-flaws.ts'
import {
  count,
  distinct,
  type Found,
  type ImportRun,
  isoOrNull,
  readAll,
  refuse,
  reportWriting,
  sinceEver,
} from './import-run.ts'
import { mergeParts } from './merge-parts.ts'

interface Version {
  readonly found: Found<GridRow>
  readonly town: string
  readonly villageCode: string | null
  readonly from: number
  readonly to: number | null
}

export async function importGrids(run: ImportRun): Promise<void> {
  const standing = await listGridVersions(run.db, run.context.townIds)
  const found = mergeParts(run, await readAll(run, 'grids'), (row) => `${row.code}@${row.validFrom ?? ''}`)
  const versions = distinct(run, found, (row) => `${row.code}@${row.validFrom ?? ''}`)
    .map((one) => placeGrid(run, one))
    .filter((one) => one !== undefined)
  const dated = withIntervals(run, versions, standing)

  const now = run.request.now()
  await endGridVersions(
    run.db,
    dated.map((one) => ({ town: one.town, grid: one.found.row.code, from: one.from })),
    now,
  )
  const rows = dated.map((one) => columnsOf(one, now))
  const written = await upsertRows(run.db, 'grids', rows, reportWriting(run, dated.length))
  count(run, dated.length, written)
  if (written.added + written.changed > 0) await markStale(run, dated)
  tellMissing(run, dated, standing)
}

/** Town and village: as declared, else by a position inside the polygon. */
function placeGrid(
  run: ImportRun,
  found: Found<GridRow>,
): { found: Found<GridRow>; town: string; villageCode: string | null } | undefined {
  const { row, place } = found
  const { context } = run
  const declared = row.villageCode === undefined ? undefined : context.villages.get(row.villageCode)
  if (row.villageCode !== undefined && !declared)
    return refuse(run, [importFlaw('village_unknown', place, undefined, row.villageCode)])
  const inside = interiorPosition(row.boundary)
  const town = declared?.townId ?? context.townAt(inside)
  if (town === null)
    return refuse(run, [importFlaw('town_not_found', place, { area: context.area.code }, row.code)])
  return { found, town, villageCode: declared?.code ?? context.villageAt(town, inside) }
}

/**
 * From: as dated, else that of the version now standing open, which the record then corrects, else since ever. To: as dated, else
 * where the next version begins.
 */
function withIntervals(
  run: ImportRun,
  versions: readonly {
    readonly found: Found<GridRow>
    readonly town: string
    readonly villageCode: string | null
  }[],
  standing: readonly KnownInterval[],
): Version[] {
  const open = new Map(
    standing.filter((one) => one.to === null).map((one) => [keyOf(one.town, one.key[0] ?? ''), one.from]),
  )
  const begun = versions.map((one) => ({
    ...one,
    from: one.found.row.validFrom ?? open.get(keyOf(one.town, one.found.row.code)) ?? sinceEver,
  }))
  const starts = new Map<string, number[]>()
  const note = (key: string, from: number): void => void starts.set(key, [...(starts.get(key) ?? []), from])
  for (const one of standing) note(keyOf(one.town, one.key[0] ?? ''), one.from)
  for (const one of begun) note(keyOf(one.town, one.found.row.code), one.from)

  return begun.flatMap((one) => {
    const { row, place } = one.found
    const later = (starts.get(keyOf(one.town, row.code)) ?? []).filter((from) => from > one.from)
    const next = later.length === 0 ? null : Math.min(...later)
    const to = row.validTo ?? next
    if (next !== null && to !== null && to > next) {
      refuse(run, [importFlaw('interval_overlaps', place, { with: isoOrNull(next) ?? '' }, row.code)])
      return []
    }
    return [{ ...one, to }]
  })
}

const keyOf = (town: string, grid: string): string => `${town}/${grid}`

const columnsOf = ({ found: { row }, town, villageCode, from, to }: Version, now: number): object => ({
  town_id: town,
  grid_code: row.code,
  valid_from: isoOrNull(from),
  valid_to: isoOrNull(to),
  village_code: villageCode,
  parent_code: row.parentCode ?? null,
  kind: row.kind ?? (row.parentCode === undefined ? 'ordinary' : 'microgrid'),
  name: row.name ?? null,
  boundary: toHexEwkb(row.boundary),
  recorded_from: isoOrNull(now),
})

/** Days matched against the old boundary are to be matched again. */
async function markStale(run: ImportRun, versions: readonly Version[]): Promise<void> {
  for (const town of new Set(versions.map((one) => one.town))) {
    const ofTown = versions.filter((one) => one.town === town)
    const workers = await listWorkersOfGrids(run.db, town, [
      ...new Set(ofTown.map((one) => one.found.row.code)),
    ])
    const from = Math.min(...ofTown.map((one) => one.from))
    if (workers.length > 0)
      await markDaysOfWorkersStale(run.db, town, workers, from, Number.POSITIVE_INFINITY)
  }
}

/** Grids in force that the file does not mention stay as they are; a planner should know. */
function tellMissing(run: ImportRun, versions: readonly Version[], standing: readonly KnownInterval[]): void {
  const given = new Set(versions.map((one) => keyOf(one.town, one.found.row.code)))
  const missing = standing.filter((one) => one.to === null && !given.has(keyOf(one.town, one.key[0] ?? '')))
  if (missing.length === 0) return
  const codes = missing
    .slice(0, 5)
    .map((one) => one.key[0])
    .join(', ')
  run.notices.push({
    zh: `${missing.length} 个现行网格不在文件中，保持不变：${codes}${missing.length > 5 ? ' …' : ''}`,
    en: `${missing.length} grids in force are not in the file and stay as they are: ${codes}${missing.length > 5 ? ' …' : ''}`,
  })
}
