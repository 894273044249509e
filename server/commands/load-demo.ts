/** The made-up township of data/demo, through the same imports a person would use, in one transaction. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../db/database.ts'
import { isEmpty } from '../db/imports.ts'
import { type PolicyValues, upsertPolicies } from '../db/policies.ts'
import type { Viewer } from '../db/viewer.ts'
import { AppError } from '../errors.ts'
import { fileAt } from '../formats/input-file.ts'
import { type ImportKind, importWithin, TakenBack } from './import-records.ts'
import type { ReportProgress } from './jobs.ts'
import { keepFixes } from './keep-fixes.ts'
import { matchStaleDays } from './match-stale-days.ts'
import { lookBack } from './warnings/look-back.ts'

/** Each file and what it is, in the order in which one refers to the other. */
const files: readonly (readonly [ImportKind, string])[] = [
  ['areas', 'areas.geojson'],
  ['grids', 'grids.geojson'],
  ['villages', 'villages.geojson'],
  ['land', 'land.geojson'],
  ['roads', 'roads.geojson'],
  ['buildings', 'buildings.geojson.gz'],
  ['households', 'households.csv.gz'],
  ['places', 'places.csv'],
  ['workers', 'workers.csv'],
  ['assignments', 'assignments.csv'],
  ['roster', 'roster.csv.gz'],
  ['visits', 'visits.csv.gz'],
  ['incidents', 'incidents.csv.gz'],
  ['traces', 'traces.csv.gz'],
]

interface Tree {
  readonly town: string
  readonly county: string
}

export interface DemoOptions {
  /** Folder of the demo's files. */
  readonly folder: string
  readonly now: () => number
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
}

const loader: Viewer = { name: 'demo', role: 'administrator', areas: 'all' }

/**
 * Loads the demo into an empty database, matches its month of patrols and looks for clusters as the nights of its last half-year would
 * have. A process that dies in between leaves an empty database, days that are matched at the next start, or warnings that are not told.
 * @throws AppError `conflict` when the database holds areas already, `not_found` without the files
 */
export async function loadDemo(db: Database, options: DemoOptions): Promise<void> {
  const { folder, now, signal, onProgress } = options
  const policyFile = join(folder, 'policy.json')
  if (!existsSync(policyFile)) {
    throw new AppError('not_found', {
      zh: `没有示范数据：${folder}`,
      en: `there is no demo data in ${folder}`,
    })
  }
  const { county, town } = readTree(folder)
  await db.system(signal ? { signal } : {}).transaction(async (scoped) => {
    if (!(await isEmpty(scoped))) {
      throw new AppError('conflict', {
        zh: '数据库中已有区域，示范数据只载入空库',
        en: 'the database holds areas already; the demo goes into an empty one only',
      })
    }
    for (const [at, [kind, name]] of files.entries()) {
      onProgress?.({ zh: `载入示范数据 ${name}`, en: `loading the demo: ${name}` }, at, files.length)
      const request = {
        kind,
        area: kind === 'areas' ? county : town,
        files: [fileAt(join(folder, name))],
        viewer: loader,
        now,
        ...(signal ? { signal } : {}),
      }
      await importWithin(scoped, request).catch((error: unknown) => {
        throw error instanceof TakenBack ? refusedDemo(name, error) : error
      })
    }
    const { policies } = JSON.parse(readFileSync(policyFile, 'utf8')) as { policies: PolicyValues[] }
    await upsertPolicies(scoped, policies)
  })
  await db.maintain()
  const how = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) }
  await matchStaleDays(db, how)
  await keepFixes(db, { now: now(), ...how })
  await lookBack(db, town, { now: now(), signal: signal ?? new AbortController().signal, onProgress })
}

/** Codes of the demo's county and township, as its areas say. */
function readTree(folder: string): Tree {
  const { features } = JSON.parse(readFileSync(join(folder, 'areas.geojson'), 'utf8')) as {
    features: { properties: { code: string; level: string } }[]
  }
  const codeOf = (level: string): string =>
    features.find((one) => one.properties.level === level)?.properties.code ?? ''
  return { county: codeOf('county'), town: codeOf('township') }
}

const refusedDemo = (name: string, { outcome }: TakenBack): AppError =>
  new AppError(
    'bad_input',
    { zh: `示范数据 ${name} 不能导入`, en: `the demo's ${name} was refused` },
    outcome.flaws,
  )
