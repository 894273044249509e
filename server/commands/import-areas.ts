/** Areas: each below a parent that the file or the database has, the root of a new tree when there is none yet. */
import type { MultiPolygon } from 'geojson'
import type { AreaLevel, Place } from '../core/values.ts'
import { toHexEwkb } from '../db/ewkb.ts'
import { findAreas, type KnownArea, upsertRows } from '../db/imports.ts'
import type { AreaRow } from '../formats/kinds/areas.ts'
import { importFlaw } from './import-flaws.ts'
import { count, distinct, type Found, type ImportRun, readAll, refuse, reportWriting } from './import-run.ts'
import { mergeParts } from './merge-parts.ts'

const levels: readonly AreaLevel[] = ['county', 'township', 'village']

interface Placed {
  readonly code: string
  readonly parent: string | null
  readonly level: AreaLevel
  readonly name: string
  readonly townId: string | null
  readonly lineage: readonly string[]
  readonly boundary: MultiPolygon | null
}

/** `run.request.area` is the parent of every area that names none; unknown, it becomes the county at the root. */
export async function importAreas(run: Omit<ImportRun, 'context'>): Promise<string[]> {
  const found = mergeParts(run as ImportRun, await readAll(run as ImportRun, 'areas'), (row) => row.code)
  const rows = distinct(run as ImportRun, found, (row) => row.code)
  const inFile = new Map(rows.map((one) => [one.row.code, one]))
  const wanted = new Set([run.request.area, ...rows.flatMap(({ row }) => [row.code, row.parentCode ?? ''])])
  const known = new Map((await findAreas(run.db, [...wanted])).map((area) => [area.code, area]))

  const placed = new Map<string, Placed>()
  if (!known.has(run.request.area) && !inFile.has(run.request.area)) {
    const root = newRoot(run.request.area)
    placed.set(root.code, root)
    run.notices.push({
      zh: `新建县级区域 ${root.code}（文件中没有它）`,
      en: `county ${root.code} was added as the root: the file does not have it`,
    })
  }
  for (const one of rows) placeArea(run as ImportRun, one, inFile, known, placed, new Set())

  const ordered = [...placed.values()].sort(
    (a, b) => a.lineage.length - b.lineage.length || (a.code < b.code ? -1 : 1),
  )
  const written = await upsertRows(
    run.db,
    'areas',
    ordered.map(columnsOf),
    reportWriting(run as ImportRun, ordered.length),
  )
  count(run as ImportRun, ordered.length, written)
  return [...new Set(ordered.flatMap((area) => area.townId ?? []))]
}

const newRoot = (code: string): Placed => ({
  code,
  parent: null,
  level: 'county',
  name: code,
  townId: null,
  lineage: [code],
  boundary: null,
})

type Standing = Pick<KnownArea, 'level' | 'lineage' | 'townId'>

/** Works out level, lineage and town, its parents first; undefined when it was refused. */
function placeArea(
  run: ImportRun,
  { row, place }: Found<AreaRow>,
  inFile: ReadonlyMap<string, Found<AreaRow>>,
  known: ReadonlyMap<string, KnownArea>,
  placed: Map<string, Placed>,
  visiting: Set<string>,
): Placed | undefined {
  const done = placed.get(row.code)
  if (done) return done
  const standing = known.get(row.code)
  const parentCode =
    row.parentCode ?? standing?.parentCode ?? (row.code === run.request.area ? null : run.request.area)
  const parent = parentCode === null ? null : parentOf(parentCode)
  if (parent === undefined)
    return refuse(run, [importFlaw('parent_unknown', place, undefined, parentCode ?? '')])
  const area = describe(run, row, place, parentCode, parent)
  if (!area) return undefined
  if (standing && standing.lineage.join() !== area.lineage.join())
    return refuse(run, [
      importFlaw('lineage_changed', place, { parent: standing.parentCode ?? '—' }, row.code),
    ])
  placed.set(row.code, area)
  return area

  function parentOf(code: string): Standing | undefined {
    const inThisFile = inFile.get(code)
    if (placed.has(code)) return placed.get(code)
    if (!inThisFile) return known.get(code)
    if (visiting.has(code)) return undefined // a circle
    return placeArea(run, inThisFile, inFile, known, placed, visiting.add(row.code))
  }
}

function describe(
  run: ImportRun,
  row: AreaRow,
  place: Place,
  parentCode: string | null,
  parent: Standing | null,
): Placed | undefined {
  const below = parent === null ? 0 : levels.indexOf(parent.level) + 1
  const level = row.level ?? levels[below]
  if (level === undefined) return refuse(run, [importFlaw('level_unknown', place, undefined, row.code)])
  if (parent !== null && levels.indexOf(level) !== below)
    return refuse(run, [importFlaw('level_misplaced', place, { level, parent: parent.level }, row.code)])
  if (parent === null && level === 'village')
    return refuse(run, [importFlaw('level_misplaced', place, { level, parent: '—' }, row.code)])
  return {
    code: row.code,
    parent: parentCode,
    level,
    name: row.name,
    townId: level === 'county' ? null : level === 'township' ? row.code : (parent?.townId ?? null),
    lineage: [...(parent?.lineage ?? []), row.code],
    boundary: row.boundary,
  }
}

const columnsOf = (area: Placed): object => ({
  area_code: area.code,
  parent_code: area.parent,
  level: area.level,
  name: area.name,
  town_id: area.townId,
  lineage: area.lineage,
  boundary: area.boundary ? toHexEwkb(area.boundary) : null,
})
