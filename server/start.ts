/** Puts the parts together: database, demo, web application, HTTP server; and takes them apart in the right order. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Logger, pino } from 'pino'
import { createJobRegister, type ReportProgress } from './commands/jobs.ts'
import { keepFixes } from './commands/keep-fixes.ts'
import { loadDemo } from './commands/load-demo.ts'
import { matchStaleDays } from './commands/match-stale-days.ts'
import { showIncidents } from './commands/privacy/show-incidents.ts'
import { type WatchOptions, watchTowns } from './commands/warnings/watch-towns.ts'
import { type Config, isLoopback } from './config.ts'
import { type Database, openDatabase } from './db/database.ts'
import { isEmpty } from './db/imports.ts'
import { hasUsers } from './db/users.ts'
import { AppError } from './errors.ts'
import { copyPreparedDemo, demoFolder } from './prepared-demo.ts'

export interface StartOptions {
  /** 0: any free port. */
  readonly port: number
  readonly host?: string
  /** For terminals of JT/T 808, 0: any free one; absent: none are heard. */
  readonly jt808Port?: number | undefined
  /** Absent: the embedded engine in `folder`. */
  readonly databaseUrl?: string | undefined
  readonly folder: string
  /** Load the demo township into an empty database. */
  readonly demo: boolean
  readonly viewer?: Config['viewer']
  /** Everybody stays that viewer on a loopback address, also when there are users. */
  readonly viewerChosen?: boolean
  readonly chromium?: Config['chromium']
  readonly logLevel?: Config['logLevel']
  /** Told of the demo's loading. */
  readonly onProgress?: ReportProgress
  /** Something that must be done before the first request, beside the opening of the database. */
  readonly before?: Promise<void>
}

export interface RunningServer {
  readonly url: string
  /** Where terminals of JT/T 808 are heard. */
  readonly jt808Port: number | undefined
  /** Stops taking requests, lets those under way finish, ends jobs, closes the database. */
  close(): Promise<void>
}

export const webFolder = fileURLToPath(new URL('../web/dist/', import.meta.url))

/** How long requests under way may take to finish at a stop. */
const graceMilliseconds = 10_000

/** @throws ConfigError, FolderLocked, MigrationError, DatabaseError, AppError; EADDRINUSE when the port is taken */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const {
    port,
    host = '127.0.0.1',
    databaseUrl,
    folder,
    viewer = { role: 'administrator', areas: 'all' },
  } = options
  const log = pino({ level: options.logLevel ?? 'silent' })
  const now = (): number => Date.now()
  if (databaseUrl === undefined && options.demo) copyPreparedDemo(folder)
  // The routes and all they need are read while the engine starts in its thread: a second less to wait.
  const routes = Promise.all([
    import('./app.ts'),
    import('./routes/jt808/server.ts'),
    import('./routes/positions/receive.ts'),
  ])
  const db = await openDatabase({ url: databaseUrl, folder, log })
  const stopping = new AbortController()
  try {
    if (options.demo && (await isEmpty(db.system()))) {
      const progress = options.onProgress ? { onProgress: options.onProgress } : {}
      await loadDemo(db, { folder: demoFolder, now, signal: stopping.signal, ...progress })
    }
    if (!isLoopback(host) && !(await hasUsers(db.system()))) throw withoutUsers(host)
    await options.before
    const jobs = createJobRegister(now, (error) => log.error({ err: error }, 'a job failed by a defect'))
    const config: Config = {
      port,
      host,
      databaseUrl,
      dataFolder: folder,
      logLevel: options.logLevel ?? 'silent',
      demo: options.demo ? 'auto' : 'off',
      viewer,
      viewerChosen: options.viewerChosen ?? false,
      chromium: options.chromium,
      jt808Port: options.jt808Port,
    }
    const [{ buildApp }, { startTerminalServer }, { createReceiving }] = await routes
    const receiving = createReceiving(db, now, log)
    const app = buildApp({
      receiving,
      uploadFolder: emptyFolder(join(folder, 'uploads')),
      db,
      jobs,
      now,
      config,
      log,
      webFolder: existsSync(webFolder) ? webFolder : undefined,
    })
    const server = createServer({ keepAliveTimeout }, app)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
    const terminals =
      options.jt808Port === undefined
        ? undefined
        : await startTerminalServer({
            ...receiving,
            database: db,
            now,
            log,
            host,
            port: options.jt808Port,
          }).catch((error: unknown) => {
            server.close()
            throw error
          })
    // A stop in the middle of an import leaves days marked; they are matched beside the first requests.
    const catchingUp = matchStaleDays(db, { signal: stopping.signal }).catch((error: unknown) => {
      if (!stopping.signal.aborted) log.error({ err: error }, 'days marked as stale could not be matched')
    })
    const keeping = keepStored(db, now, catchingUp, stopping.signal, log)
    const watching = watchEveryHour(db, now, catchingUp, stopping.signal, log)
    const { port: taken } = server.address() as AddressInfo
    const shown = host.includes(':') ? `[${host}]` : host
    return {
      url: `http://${shown}:${taken}`,
      jt808Port: terminals?.port,
      async close() {
        stopping.abort()
        receiving.live.close()
        const closed = new Promise<void>((resolve) => server.close(() => resolve()))
        server.closeIdleConnections()
        const patience = setTimeout(() => server.closeAllConnections(), graceMilliseconds)
        await terminals?.close()
        await jobs.close()
        await keeping
        await watching
        await closed
        clearTimeout(patience)
        await db.close()
      },
    }
  } catch (error) {
    await db.close()
    throw error
  }
}

/**
 * Milliseconds an idle connection is kept. Whoever closes first must be the client: a proxy (nginx keeps its own for 60 s)
 * or a browser that sends on a connection just being closed here gets a reset in the place of an answer.
 */
const keepAliveTimeout = 75_000

const hour = 3_600_000

/** A row takes twenty times what it takes packed. */
const packEvery = hour / 4

/** After what was left over is matched, and every quarter of an hour from then on; ends when the signal says so. */
async function keepStored(
  db: Database,
  now: () => number,
  after: Promise<unknown>,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  await after
  for (let turn = 0; !signal.aborted; turn++) {
    try {
      // What came before the rules, or under others, is decided on anew: by the hour.
      if (turn % 4 === 0) await db.system({ signal }).transaction((system) => showIncidents(system, now()))
      const kept = await keepFixes(db, { now: now(), signal })
      if (kept.packed + kept.removed + kept.dropped > 0) log.info(kept, 'fixes were packed')
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'fixes could not be packed; they are tried again')
    }
    await sleep(packEvery, undefined, { signal, ref: false }).catch(() => {}) // the loop ends
  }
}

/** The longest that one township's night may take. */
const nightMilliseconds = 600_000
/** The first look waits until those who opened the service have what they came for. */
const watchDelayMilliseconds = 600_000

/** Looks for clusters once a night, in a thread of its own; ends when the signal says so. */
async function watchEveryHour(
  db: Database,
  now: () => number,
  after: Promise<unknown>,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  await after
  await sleep(watchDelayMilliseconds, undefined, { signal, ref: false }).catch(() => {}) // the loop below ends at once
  const { createCoreThread } = await import('./routes/thread/core-thread.ts')
  while (!signal.aborted) {
    // A thread for a night: its memory goes with it.
    const thread = createCoreThread({ timeoutMilliseconds: nightMilliseconds, waiting: 1 })
    try {
      const find: WatchOptions['find'] = (input, until) => thread.run('findWarnings', input, until)
      const watched = await watchTowns(db, { now: now(), signal, find })
      if (watched.towns > 0) log.info(watched, 'incidents were looked at for clusters')
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'clusters could not be looked for; it is tried again')
    } finally {
      await thread.close()
    }
    await sleep(hour, undefined, { signal, ref: false }).catch(() => {}) // the loop ends
  }
}

/** Whoever reaches the service would be its administrator. */
const withoutUsers = (host: string): AppError =>
  new AppError('forbidden', {
    zh: `监听 ${host} 前须先添加用户：wangge user add 登录名 --role administrator（或用 HOST=127.0.0.1 仅供本机使用）`,
    en: `add a user before listening on ${host}: wangge user add LOGIN --role administrator (or HOST=127.0.0.1 for this machine only)`,
  })

/** Uploads of a process that was killed are nobody's any more. */
function emptyFolder(path: string): string {
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  return path
}
