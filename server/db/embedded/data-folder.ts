/** The embedded engine's data: made once, then opened in place. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'
import { Multiplexer } from './multiplexer.ts'

/**
 * Makes a database with PostGIS and btree_gist in `dataFolder` (10 to 15 s, once); false when there is one. It is made beside
 * and renamed, so that an interrupted attempt leaves nothing that could be taken for a database.
 */
export async function ensureDataFolder(dataFolder: string, bundle: string): Promise<boolean> {
  if (existsSync(`${dataFolder}/PG_VERSION`)) return false
  const beside = `${dataFolder}.${process.pid}.new`
  rmSync(beside, { recursive: true, force: true })
  mkdirSync(dirname(beside), { recursive: true })
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
