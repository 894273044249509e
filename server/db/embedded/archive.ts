/**
 * A copy of the embedded engine's database in one file, and back. The database is shut down first, so the copy is whole; the file
 * appears under its name only once it is complete. What it was made with stands in it, so that no other engine opens it.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../errors.ts'
import { engineVersions } from './bundle.ts'
import { lockFolder } from './lock.ts'
import { openEmbedded } from './open.ts'

const manifestName = 'wangge-backup.json'

interface Manifest {
  readonly engine: string
  readonly made_at: string
}

/** @throws FolderLocked while a service runs on it; AppError `not_found` without a database or a folder for the file, `unavailable` when it cannot be written, `conflict` when the file is there */
export async function backUp(folder: string, file: string, now: number): Promise<void> {
  if (!existsSync(join(folder, 'pgdata', 'PG_VERSION')))
    throw new AppError('not_found', { zh: `${folder} 中没有数据库`, en: `there is no database in ${folder}` })
  if (existsSync(file))
    throw new AppError('conflict', { zh: `${file} 已存在`, en: `${file} is there already` })
  if (!existsSync(dirname(resolve(file))))
    throw new AppError('not_found', {
      zh: `没有文件夹 ${dirname(file)}`,
      en: `there is no folder ${dirname(file)}`,
    })
  // Opened and closed: what a crash left in its log is brought into its files, and the files are at rest.
  const engine = await openEmbedded({ folder, log: { info: () => {}, warn: () => {} } })
  await engine.close()
  const lock = await lockFolder(join(folder, 'lock'))
  const beside = `${file}.${process.pid}.part`
  try {
    const manifest: Manifest = { engine: engineVersions(), made_at: new Date(now).toISOString() }
    writeFileSync(join(folder, manifestName), JSON.stringify(manifest))
    await tar(['-czf', resolve(beside), '-C', folder, manifestName, 'pgdata']).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      throw new AppError('unavailable', {
        zh: `${file} 无法写入：${why}`,
        en: `${file} cannot be written: ${why}`,
      })
    })
    renameSync(beside, file)
  } finally {
    rmSync(beside, { force: true })
    rmSync(join(folder, manifestName), { force: true })
    lock.release()
  }
}

/**
 * Puts a backup into a folder without a database.
 * @throws FolderLocked; AppError `conflict` when there is a database, `not_found` without the file, `unsupported` when it is no backup or one of
 *   another engine. Nothing is changed then.
 */
export async function restore(folder: string, file: string): Promise<void> {
  if (!existsSync(file))
    throw new AppError('not_found', { zh: `没有文件 ${file}`, en: `there is no file ${file}` })
  mkdirSync(folder, { recursive: true })
  const lock = await lockFolder(join(folder, 'lock'))
  const data = join(folder, 'pgdata')
  const beside = mkdtempSync(join(folder, 'restoring-'))
  try {
    if (existsSync(data))
      throw new AppError('conflict', {
        zh: `${folder} 中已有数据库：请先把 ${data} 移走，或用 WANGGE_DATA 指定另一个文件夹`,
        en: `there is a database in ${folder}: move ${data} away first, or name another folder by WANGGE_DATA`,
      })
    await tar(['-xzf', resolve(file), '-C', beside]).catch((error: unknown) => {
      throw noBackup(file, error instanceof Error ? error.message : String(error))
    })
    const { engine } = manifestIn(beside, file)
    if (engine !== engineVersions())
      throw noBackup(file, `made with engine ${engine}, this is ${engineVersions()}`)
    renameSync(join(beside, 'pgdata'), data)
  } finally {
    rmSync(beside, { recursive: true, force: true })
    lock.release()
  }
}

function manifestIn(folder: string, file: string): Manifest {
  try {
    if (!existsSync(join(folder, 'pgdata', 'PG_VERSION'))) throw new Error('no database in it')
    return JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Manifest
  } catch (error) {
    throw noBackup(file, error instanceof Error ? error.message : String(error))
  }
}

const noBackup = (file: string, why: string): AppError =>
  new AppError('unsupported', {
    zh: `${file} 不能恢复：${why}`,
    en: `${file} cannot be restored: ${why}`,
  })

/** The system's own archiver: every system that runs this product has one. @throws Error with what it said */
const tar = (args: readonly string[]): Promise<void> =>
  new Promise((done, fail) => {
    const child = spawn('tar', args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (part: Buffer) => (said += part.toString()))
    child.on('error', fail)
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`tar: ${said.trim() || code}`))))
  })
