/** Who answers for what and was where: workers, assignments, roster, visits. They refer to what was imported before. */
import { createHash } from 'node:crypto'
import type { Flaw } from '../core/values.ts'
import { type KnownInterval, listGridVersions, listIntervals, townsById, upsertRows } from '../db/imports.ts'
import { markDaysOfWorkersStale } from '../db/matching.ts'
import { AppError } from '../errors.ts'
import type { RowOf } from '../formats/read-rows.ts'
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

type TownsById = ReadonlyMap<string, readonly string[]>

/** Workers of one township: a worker has no position that would tell the town. */
export async function importWorkers(run: ImportRun): Promise<void> {
  const town = run.context.townIds[0]
  if (town === undefined || run.context.townIds.length > 1) {
    throw new AppError('bad_request', {
      zh: '导入网格员时 --area 须为一个乡镇（街道）',
      en: 'workers are imported into one township: let --area be its code',
    })
  }
  const rows = distinct(run, await readAll(run, 'workers'), (row) => row.id).map(({ row }) => ({
    town_id: town,
    worker_id: row.id,
    name: row.name,
    phone: row.phone ?? null,
    role: row.role ?? 'full_time',
  }))
  count(run, rows.length, await upsertRows(run.db, 'workers', rows, reportWriting(run, rows.length)))
}

/** The town of an id; undefined when nobody has it, null when several towns do. */
function townOf(towns: TownsById, id: string): string | null | undefined {
  const found = towns.get(id)
  if (found === undefined) return undefined
  return found.length === 1 ? found[0] : null
}

export async function importAssignments(run: ImportRun): Promise<void> {
  const workers = await townsById(run.db, 'workers', run.context.townIds)
  const grids = new Set(
    (await listGridVersions(run.db, run.context.townIds)).map((one) => `${one.town}/${one.key[0]}`),
  )
  const standing = await listIntervals(run.db, 'assignments', run.context.townIds)
  const found = distinct(run, await readAll(run, 'assignments'), (row) =>
    [row.worker, row.grid, row.role, row.from].join('/'),
  )
  const placed = found.flatMap((one) => {
    const { row, place } = one
    const town = townOf(workers, row.worker)
    const flaws: Flaw[] = []
    if (town === undefined)
      flaws.push(importFlaw('worker_unknown', { ...place, field: 'worker' }, undefined, row.worker))
    else if (town === null) flaws.push(importFlaw('town_ambiguous', place, undefined, row.worker))
    else if (!grids.has(`${town}/${row.grid}`))
      flaws.push(importFlaw('grid_unknown', { ...place, field: 'grid' }, undefined, row.grid))
    if (flaws.length > 0 || !town) return refused(run, flaws)
    const role = row.role ?? 'full_time'
    return [{ place, town, key: [row.worker, row.grid, role], from: row.from ?? sinceEver, to: row.to }]
  })
  const rows = withoutOverlaps(run, placed, standing)
  const written = await upsertRows(
    run.db,
    'assignments',
    rows.map(({ town, key: [worker, grid, role], from, to }) => ({
      town_id: town,
      worker_id: worker,
      grid_code: grid,
      role,
      valid_from: isoOrNull(from),
      valid_to: isoOrNull(to),
    })),
    reportWriting(run, rows.length),
  )
  count(run, rows.length, written)
  if (written.added + written.changed === 0) return
  for (const town of new Set(rows.map((one) => one.town))) {
    const ofTown = rows.filter((one) => one.town === town)
    const touched = [...new Set(ofTown.map((one) => one.key[0] ?? ''))]
    const from = Math.min(...ofTown.map((one) => one.from))
    await markDaysOfWorkersStale(run.db, town, touched, from, Number.POSITIVE_INFINITY)
  }
}

export async function importRoster(run: ImportRun): Promise<void> {
  const workers = await townsById(run.db, 'workers', run.context.townIds)
  const households = await townsById(run.db, 'households', run.context.townIds)
  const standing = await listIntervals(run.db, 'roster', run.context.townIds)
  const found = distinct(run, await readAll(run, 'roster'), (row) => [row.household, row.from].join('/'))
  const placed = found.flatMap(({ row, place }) => {
    const town = townOf(households, row.household)
    const flaws: Flaw[] = []
    if (town === undefined)
      flaws.push(importFlaw('household_unknown', { ...place, field: 'household' }, undefined, row.household))
    else if (town === null) flaws.push(importFlaw('town_ambiguous', place, undefined, row.household))
    else if (!workers.get(row.worker)?.includes(town))
      flaws.push(importFlaw('worker_unknown', { ...place, field: 'worker' }, undefined, row.worker))
    if (flaws.length > 0 || !town) return refused(run, flaws)
    return [
      {
        place,
        town,
        key: [row.household],
        worker: row.worker,
        from: row.from ?? sinceEver,
        to: row.to ?? null,
      },
    ]
  })
  const rows = withoutOverlaps(run, placed, standing)
  const columns = rows.map(({ town, key: [household], worker, from, to }) => ({
    town_id: town,
    household_id: household,
    worker_id: worker,
    valid_from: isoOrNull(from),
    valid_to: isoOrNull(to),
  }))
  count(run, rows.length, await upsertRows(run.db, 'roster', columns, reportWriting(run, rows.length)))
}

export async function importVisits(run: ImportRun): Promise<void> {
  const { townIds } = run.context
  const [workers, households, places] = [
    await townsById(run.db, 'workers', townIds),
    await townsById(run.db, 'households', townIds),
    await townsById(run.db, 'places', townIds),
  ]
  const found = distinct(run, await readAll(run, 'visits'), visitId)
  const rows = found.flatMap(({ row, place }) => {
    const town = townOf(workers, row.worker)
    const flaws: Flaw[] = []
    if (town === undefined)
      flaws.push(importFlaw('worker_unknown', { ...place, field: 'worker' }, undefined, row.worker))
    else if (town === null) flaws.push(importFlaw('town_ambiguous', place, undefined, row.worker))
    else if (row.household !== undefined && !households.get(row.household)?.includes(town))
      flaws.push(importFlaw('household_unknown', { ...place, field: 'household' }, undefined, row.household))
    else if (row.household === undefined && !places.get(row.place ?? '')?.includes(town))
      flaws.push(importFlaw('place_unknown', { ...place, field: 'place' }, undefined, row.place))
    if (flaws.length > 0 || !town) return refused(run, flaws)
    return [
      {
        town_id: town,
        visit_id: visitId(row),
        worker_id: row.worker,
        household_id: row.household ?? null,
        place_id: row.household === undefined ? row.place : null,
        visited_from: isoOrNull(row.from),
        visited_to: isoOrNull(row.to),
        evidence: row.evidence,
      },
    ]
  })
  count(run, rows.length, await upsertRows(run.db, 'visits', rows, reportWriting(run, rows.length)))
}

/** The file's own id, else one made of what the visit is, so that the same file twice is the same visit. */
const visitId = (row: RowOf<'visits'>): string =>
  row.id ??
  createHash('sha256')
    .update([row.worker, row.household, row.place, row.from].join('\n'))
    .digest('hex')
    .slice(0, 20)

function refused(run: ImportRun, flaws: readonly Flaw[]): [] {
  refuse(run, flaws)
  return []
}

interface Dated extends Pick<Found<unknown>, 'place'> {
  readonly town: string
  readonly key: readonly string[]
  readonly from: number
  readonly to: number | null
}

/** Refuses rows whose interval overlaps another's of the same key, in the file or standing; a row replaces what begins with it. */
function withoutOverlaps<Row extends Dated>(
  run: ImportRun,
  rows: readonly Row[],
  standing: readonly KnownInterval[],
): Row[] {
  const text = (one: { readonly town: string; readonly key: readonly string[] }): string =>
    [one.town, ...one.key].join('/')
  const taken = new Map<string, { from: number; to: number | null }[]>()
  const replaced = new Set(rows.map((row) => `${text(row)}@${row.from}`))
  for (const one of standing) {
    if (replaced.has(`${text(one)}@${one.from}`)) continue
    taken.set(text(one), [...(taken.get(text(one)) ?? []), one])
  }
  return rows.filter((row) => {
    const others = taken.get(text(row)) ?? []
    const clash = others.find((one) => one.from < (row.to ?? Infinity) && (one.to ?? Infinity) > row.from)
    if (clash) {
      const until = clash.to === null ? '…' : (isoOrNull(clash.to) ?? '')
      refuse(run, [
        importFlaw(
          'interval_overlaps',
          row.place,
          { with: `[${isoOrNull(clash.from)}, ${until})` },
          row.key.join(' '),
        ),
      ])
      return false
    }
    taken.set(text(row), [...others, row])
    return true
  })
}
