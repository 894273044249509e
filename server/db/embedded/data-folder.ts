/** The embedded engine's data: made once, then opened in place. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { engineVersions, slimBundle } from './bundle.ts'
import { lockFolder } from './lock.ts'
import { Multiplexer } from './multiplexer.ts'

/** Where an empty database of these versions is kept ready to be copied: made by `npm ci`, and by the tests. */
export const preparedFolder = (): string =>
  join(
    fileURLToPath(new URL('../../../node_modules/.cache/wangge/', import.meta.url)),
    `bare-${engineVersions()}`,
  )

/**
 * Makes a database with PostGIS and btree_gist in `dataFolder`: a copy of the prepared one, or from nothing (10 to 15 s);
 * false when there is one. It is made beside and renamed, so that an interrupted attempt leaves nothing that could be taken
 * for a database.
 */
export async function ensureDataFolder(dataFolder: string, bundle: string): Promise<boolean> {
  if (existsSync(`${dataFolder}/PG_VERSION`)) return false
  const beside = `${dataFolder}.${process.pid}.new`
  rmSync(beside, { recursive: true, force: true })
  mkdirSync(dirname(beside), { recursive: true })
  const prepared = preparedFolder()
  if (dataFolder !== prepared && existsSync(prepared)) {
    cpSync(prepared, beside, { recursive: true })
    renameSync(beside, dataFolder)
    return true
  }
  const multiplexer = new Multiplexer(
    { dataFolder: beside, bundle, durable: false },
    { graceMilliseconds: 0, onLost: () => {} },
  )
  const client = new pg.Client({ stream: () => multiplexer.stream() })
  try {
    await client.connect()
    await client.query('create extension postgis')
    await client.query('create extension btree_gist')
    await client.query('vacuum analyze')
    await client.query('checkpoint')
    await client.end()
    await multiplexer.close()
    renameSync(beside, dataFolder)
    return true
  } catch (error) {
    await multiplexer.close()
    rmSync(beside, { recursive: true, force: true })
    throw error
  }
}

/** Makes the prepared database where it is missing. @throws FolderLocked while another process makes it */
export async function prepareDatabase(): Promise<void> {
  const prepared = preparedFolder()
  if (existsSync(prepared)) return
  const cache = dirname(prepared)
  mkdirSync(cache, { recursive: true })
  const lock = await lockFolder(join(cache, 'lock'))
  try {
    await ensureDataFolder(prepared, slimBundle(join(cache, 'engine')))
  } finally {
    lock.release()
  }
}
