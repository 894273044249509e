/** PostgreSQL with PostGIS on a server, by its URL. */
import pg from 'pg'
import type { Engine } from './engine.ts'

/** Settings of every session; whatever else a transaction needs it sets for itself. */
const sessionSettings = [
  ['search_path', 'public'],
  ['TimeZone', 'UTC'],
  ['DateStyle', 'ISO'],
  ['extra_float_digits', '1'],
  // Compiling a plan takes longer than most of our spatial queries run.
  ['jit', 'off'],
]

export function openNative(url: string): Engine {
  const config: pg.ClientConfig = {
    connectionString: url,
    application_name: 'wangge',
    options: sessionSettings.map(([name, value]) => `-c ${name}=${value}`).join(' '),
    keepAlive: true,
  }
  // A connection of its own: the pool may be full of what is to be stopped.
  const control = new pg.Pool({ ...config, max: 1, idleTimeoutMillis: 10_000, allowExitOnIdle: true })
  control.on('error', () => {}) // it is made again when it is needed
  return {
    kind: 'native',
    config,
    cancel: async (client) => {
      const { processID } = client as pg.PoolClient & { readonly processID: number }
      await control.query('select pg_cancel_backend($1)', [processID])
    },
    close: () => control.end(),
  }
}
