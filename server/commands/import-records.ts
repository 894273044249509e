/**
 * One import: files read, checked, written in one transaction. Every refused record is reported; unless `acceptValid`, one
 * refusal takes everything back. The same files twice change nothing.
 */
import type { Message } from '../core/values.ts'
import type { Database } from '../db/database.ts'
import { reachedKinds } from '../db/ground-changes.ts'
import { findAreas, noteImport, upsertRows } from '../db/imports.ts'
import type { Scoped } from '../db/scoped.ts'
import type { Viewer } from '../db/viewer.ts'
import { AppError } from '../errors.ts'
import { importAreas } from './import-areas.ts'
import { loadImportContext } from './import-context.ts'
import { importAssignments, importRoster, importVisits, importWorkers } from './import-duties.ts'
import { importGrids } from './import-grids.ts'
import { groundImporters } from './import-ground.ts'
import type { ImportKind, ImportRequest, ImportRun, ImportTally } from './import-run.ts'
import { importTraces } from './import-traces.ts'
import type { JobOutcome } from './jobs.ts'
import { matchWhatFollows } from './match-stale-days.ts'
import { showIncidents } from './privacy/show-incidents.ts'

export type { ImportKind, ImportRequest } from './import-run.ts'

const importers: { readonly [K in Exclude<ImportKind, 'areas'>]: (run: ImportRun) => Promise<void> } = {
  grids: importGrids,
  ...groundImporters,
  workers: importWorkers,
  assignments: importAssignments,
  roster: importRoster,
  visits: importVisits,
  traces: importTraces,
}

/** Carries the outcome out of a transaction that is to be taken back. */
export class TakenBack extends Error {
  readonly outcome: JobOutcome

  constructor(outcome: JobOutcome) {
    super('taken back')
    this.outcome = outcome
  }
}

/**
 * @throws AppError `not_found` (no such area), `forbidden` (not the viewer's), `bad_request`; DatabaseError; the reason of the
 *   signal. Nothing is written then. A signal that comes while worker days are matched, after the import, is a notice.
 */
export async function importRecords(db: Database, request: ImportRequest): Promise<JobOutcome> {
  await checkAuthority(db, request)
  const system = db.system(request.signal ? { signal: request.signal } : {})
  const outcome = await system
    .transaction((scoped) => importWithin(scoped, request))
    .catch((error: unknown) => {
      if (error instanceof TakenBack) return error.outcome
      throw error
    })
  if (outcome.state === 'done' && !request.dryRun) {
    const { added = 0, changed = 0 } = outcome.counts ?? {}
    // The embedded engine has no autovacuum: without new statistics its plans would still be those for empty tables.
    if (db.engine === 'embedded' && added + changed >= manyRows) await db.maintain()
    if (changesPatrols.has(request.kind)) {
      const left = await matchWhatFollows(db, request)
      return { ...outcome, notices: [...(outcome.notices ?? []), ...left] }
    }
  }
  return outcome
}

/** Rows after which the planner's statistics are out of date. */
const manyRows = 5000

/** Kinds after which worker days may have to be matched again. */
const changesPatrols: ReadonlySet<ImportKind> = new Set(['grids', 'assignments', 'traces', ...reachedKinds])

/**
 * The same within a transaction of the system that the caller holds; its days are left to be matched afterwards.
 * @throws TakenBack when nothing is to stay: the caller's transaction must end with it
 */
export async function importWithin(scoped: Scoped, request: ImportRequest): Promise<JobOutcome> {
  const tally: ImportTally = { read: 0, added: 0, changed: 0, unchanged: 0, repeated: 0, refused: 0 }
  const notices: Message[] = []
  const found: Omit<ImportRun, 'context'> = { db: scoped, request, flaws: [], notices, tally }
  let towns: readonly string[]
  if (request.kind === 'areas') {
    towns = await importAreas(found)
  } else {
    if (request.kind === 'grids') await addTownship(found)
    const context = await loadImportContext(scoped, request.area)
    if (context.towns.length === 0) {
      throw new AppError('bad_request', {
        zh: `区域 ${request.area} 下没有乡镇（街道）：请先导入区域`,
        en: `area ${request.area} has no township: import its areas first`,
      })
    }
    await importers[request.kind]({ ...found, context })
    towns = context.townIds
    if (request.kind === 'incidents') await showIncidents(scoped, request.now(), towns)
  }

  const { refused, ...written } = found.tally
  const counts = { ...written, refused }
  const rejected = found.flaws.length > 0 && !request.acceptValid
  const outcome: JobOutcome = {
    state: rejected ? 'refused' : 'done',
    counts: rejected ? { ...counts, added: 0, changed: 0 } : counts,
    flaws: found.flaws,
    notices,
  }
  if (rejected || request.dryRun) throw new TakenBack(outcome)
  if (counts.added + counts.changed > 0) {
    for (const town of towns)
      await noteImport(scoped, {
        town,
        kind: request.kind,
        files: request.files.map((file) => file.name),
        at: request.now(),
        viewer: request.viewer.name,
        counts,
      })
  }
  return outcome
}

/** The first grids of a place nobody has described yet make it a township of its own, without an outline. */
async function addTownship({ db, request, notices }: Omit<ImportRun, 'context'>): Promise<void> {
  const code = request.area
  if ((await findAreas(db, [code])).length > 0) return
  await upsertRows(db, 'areas', [
    {
      area_code: code,
      parent_code: null,
      level: 'township',
      name: code,
      town_id: code,
      lineage: [code],
      boundary: null,
    },
  ])
  notices.push({
    zh: `新建乡镇 ${code}（没有边界）；可用 wangge import areas 补充`,
    en: `township ${code} was added, without an outline; complete it with wangge import areas`,
  })
}

/** What each role may import; undefined: everything. */
const kindsOf: Readonly<Record<Viewer['role'], readonly ImportKind[] | undefined>> = {
  administrator: undefined,
  planner: undefined,
  supervisor: ['traces', 'visits'],
  analyst: ['incidents'],
  worker: [],
}

/** A viewer writes only where all of the area is theirs; a new tree only who sees everything. */
async function checkAuthority(
  db: Database,
  request: Pick<ImportRequest, 'area' | 'kind' | 'viewer'>,
): Promise<void> {
  const { viewer, area: code } = request
  if (kindsOf[viewer.role]?.includes(request.kind) === false) throw forbidden(viewer, code)
  if (viewer.areas === 'all') return
  const [area] = await findAreas(db.system(), [code])
  const { areas } = viewer
  if (!area?.lineage.some((one) => areas.includes(one))) throw forbidden(viewer, code)
}

const forbidden = (viewer: Viewer, area: string): AppError =>
  new AppError('forbidden', {
    zh: `${viewer.name}（${viewer.role}）不能向 ${area} 导入数据`,
    en: `${viewer.name} (${viewer.role}) may not import into ${area}`,
  })
