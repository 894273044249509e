/** The database of the product: one code path through node-postgres, on the embedded engine or on a server. */
import pg from 'pg'
import { columnTypes } from './column-types.ts'
import type { Connections } from './connection.ts'
import { openEmbedded } from './embedded/open.ts'
import type { Engine, Log, OpenOptions } from './engine.ts'
import { forgetGeometries, maintain, vacuumFixes } from './maintain.ts'
import { migrate, readSchema, type Schema } from './migrate.ts'
import { openNative } from './native.ts'
import { type ScopeOptions, scopeOf } from './scope.ts'
import type { Scoped } from './scoped.ts'
import { sqlFolder } from './sql.ts'
import type { Viewer } from './viewer.ts'

export interface Database {
  readonly engine: Engine['kind']
  /** Everything runs for somebody: rows beyond the viewer's areas do not exist for these queries. */
  as(viewer: Viewer, options?: ScopeOptions): Scoped
  /** The system itself, which sees everything: migrations, imports, jobs. */
  system(options?: ScopeOptions): Scoped
  /**
   * Calls `heard` with the payload of each `notify` on the channel, until the returned function is called. What is sent while
   * the connection is being made again is lost: a notification says "look again", never what there is.
   */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  /**
   * Brings the schema to this version (openDatabase does) and returns the names of what was applied.
   * @throws MigrationError
   */
  migrate(schema?: Schema): Promise<string[]>
  /** See maintain.ts: the embedded engine has no autovacuum. After imports, and now and then. */
  maintain(): Promise<void>
  /** Takes the dead rows out of the partitions of fixes, where no autovacuum does. After packing. */
  vacuumFixes(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the database and brings its schema to this version.
 * @throws FolderLocked when another process has the embedded engine's folder · MigrationError · DatabaseError.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const engine = options.url === undefined ? await openEmbedded(options) : openNative(options.url)
  const pool = new pg.Pool({
    ...engine.config,
    types: columnTypes,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 30_000,
  })
  pool.on('connect', (client) => client.on('error', () => {})) // whoever uses the client is told by its query
  pool.on('error', (error) =>
    options.log.warn({ error: error.message }, 'an idle database connection was lost'),
  )
  const connections: Connections = { pool, ...(engine.cancel ? { cancel: engine.cancel } : {}) }
  const database: Database = {
    engine: engine.kind,
    as: (viewer, scope = {}) => scopeOf(connections, viewer, scope),
    system: (scope = {}) => scopeOf(connections, undefined, scope),
    listen: (channel, heard) => listen(engine.config, channel, heard, options.log),
    migrate: (schema = readSchema(sqlFolder)) => migrateOn(pool, schema),
    maintain: () => maintain(pool, engine.kind),
    vacuumFixes: () => vacuumFixes(pool, engine.kind),
    async close() {
      await pool.end()
      await engine.close()
    },
  }
  if (options.migrate === false) return database
  try {
    const applied = await database.migrate()
    if (applied.length > 0) options.log.info({ applied }, 'the schema was brought to this version')
    if (engine.kind === 'embedded') await forgetGeometries(pool)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function migrateOn(pool: pg.Pool, schema: Schema): Promise<string[]> {
  const client = await pool.connect()
  try {
    return await migrate(client, schema)
  } finally {
    client.release()
  }
}

const reconnectMilliseconds = 1000

/** A connection of its own that listens, and is made again when it is lost. */
async function listen(
  config: pg.ClientConfig,
  channel: string,
  heard: (payload: string) => void,
  log: Log,
): Promise<() => Promise<void>> {
  let client: pg.Client
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const connect = async (): Promise<void> => {
    client = new pg.Client(config)
    client.on('notification', ({ payload }) => heard(payload ?? ''))
    client.on('error', () => {}) // 'end' follows
    client.on('end', again)
    await client.connect()
    await client.query(`listen ${pg.escapeIdentifier(channel)}`)
  }
  const again = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      connect().catch((error: Error) => {
        log.warn({ channel, error: error.message }, 'cannot listen yet')
        again()
      })
    }, reconnectMilliseconds)
  }
  await connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client.end()
  }
}
