/** The service as an Express application that never listens: everything it needs is handed in. */
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import compression from 'compression'
import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { JobRegister } from './commands/jobs.ts'
import { createProposalShelf } from './commands/plans/proposal-shelf.ts'
import { createThrottle } from './commands/users/throttle.ts'
import { type Config, softwareVersion } from './config.ts'
import type { Database } from './db/database.ts'
import { createAnalysisShelf } from './routes/analysis/shelf.ts'
import { createContentCache } from './routes/content-cache.ts'
import { docsScriptHash } from './routes/docs-page.ts'
import { expressPath, handlersOf, requestIdOf, routePath, sendError } from './routes/handler.ts'
import { createGate } from './routes/identity.ts'
import type { LiveTimings } from './routes/live/streams.ts'
import { createMetrics } from './routes/metrics/metrics.ts'
import { createReceiving, type Receiving } from './routes/positions/receive.ts'
import { createPrinter } from './routes/posters/printer.ts'
import type { Limits, Route, Services } from './routes/route.ts'
import { allRoutes } from './routes/table.ts'
import { type CoreThread, createCoreThread } from './routes/thread/core-thread.ts'
import { unmatched } from './routes/unmatched.ts'
import { webHandlers } from './routes/web.ts'

export interface AppOptions {
  readonly db: Database
  readonly jobs: JobRegister
  /** The clock: epoch milliseconds. */
  readonly now: () => number
  readonly config: Config
  readonly log: Logger
  /** Uploaded files while they are read; absent: the system's temporary folder. */
  readonly uploadFolder?: string | undefined
  /** The built web application; absent: none is served. */
  readonly webFolder?: string | undefined
  readonly version?: string
  readonly limits?: Partial<Limits>
  /** What receives positions, where something beside HTTP shares it; absent: this app's own. */
  readonly receiving?: Receiving
  /** How fast live streams run, where this app has its own `receiving`. */
  readonly live?: Partial<LiveTimings>
  /** Where long pure work runs, for apps of one process that share it; absent: threads of this app's own. */
  readonly threads?: CoreThreads
}

export interface CoreThreads {
  readonly thread: CoreThread
  readonly searchThread: CoreThread
}

const usualLimits: Limits = {
  uploadBytes: 1_000_000_000,
  uploadFiles: 100,
  ingestBytes: 20_000_000,
  jsonBytes: 100_000,
}

/** Longest a computation beside the event loop may take. */
const computationMilliseconds = 120_000

export const createCoreThreads = (): CoreThreads => ({
  thread: createCoreThread({ timeoutMilliseconds: computationMilliseconds, waiting: 20 }),
  searchThread: createCoreThread({ timeoutMilliseconds: 2 * computationMilliseconds, waiting: 20 }),
})

export function buildApp(options: AppOptions): Express {
  const { db, jobs, now, config, log } = options
  const receiving = options.receiving ?? createReceiving(db, now, log, options.live)
  const version = options.version ?? softwareVersion
  const metrics = createMetrics({ database: db, jobs, receiving, version })
  const services: Services = {
    database: db,
    jobs,
    jobOwners: new Map(),
    ...receiving,
    gate: createGate(db, config, now),
    throttle: createThrottle(),
    ...(options.threads ?? createCoreThreads()),
    proposals: createProposalShelf(),
    analyses: createAnalysisShelf(),
    now,
    version,
    uploadFolder: options.uploadFolder ?? tmpdir(),
    printer: createPrinter({ chromium: config.chromium, folder: options.uploadFolder ?? tmpdir() }),
    limits: { ...usualLimits, ...options.limits },
    metrics,
    caches: {
      tiles: createContentCache(2000),
      hotspots: createContentCache(20),
      checks: createContentCache(20),
      analyses: createContentCache(24),
      // Of 200,000 incidents some 60 MB.
      work: createContentCache(3),
    },
  }

  const app = express()
  app.set('query parser', 'simple')
  app.set('etag', false)
  app.disable('x-powered-by')
  // A proxy on this machine says whom it speaks for, and whether by https.
  app.set('trust proxy', 'loopback')
  app.use((request, response, next) => {
    Object.assign(request, { id: randomUUID() })
    response.set('x-request-id', requestIdOf(request))
    const started = performance.now()
    response.once('close', () => {
      const { method, path } = request
      const status = response.writableFinished ? response.statusCode : 499
      const milliseconds = performance.now() - started
      metrics.noteRequest({ method, path: routePath(request), status, milliseconds })
      // The path alone: a query can carry what is nobody else's business.
      log.info(
        { request: requestIdOf(request), method, path, status, milliseconds: Math.round(milliseconds) },
        'request',
      )
    })
    next()
  })
  const serve = (route: Route): void => {
    app[route.method](expressPath(route.path), ...handlersOf(route, services))
  }
  // First, because they are asked thousands of times a second; their answers are a line, and no browser's.
  for (const route of allRoutes.filter(isForDevices)) serve(route)
  app.use(securityHeaders())
  const [quickly, well] = [1, 6].map((level) =>
    compression({ level, threshold: 1024, filter: isCompressible }),
  )
  // An answer is packed anew each time: a county's analysis at level 6 takes 100 ms more and is a tenth smaller, which even ten
  // megabit a second carry in less. Files are asked for once.
  app.use((request, response, next) =>
    (request.path.startsWith('/api/') ? quickly : well)!(request, response, next),
  )
  for (const route of allRoutes.filter((one) => !isForDevices(one))) serve(route)
  for (const handler of webHandlers(options.webFolder)) app.use(handler)
  app.use(unmatched(allRoutes))
  app.use(
    (error: unknown, request: express.Request, response: express.Response, _next: express.NextFunction) => {
      if (response.headersSent) response.destroy()
      else sendError(error, request, response, log)
    },
  )
  return app
}

const isForDevices = ({ tag }: Route): boolean => tag === 'ingest'

/** Nothing is loaded from anywhere else: the service runs in networks without an outside. */
const securityHeaders = (): express.RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        // MapLibre draws icons from data: and blob: images and runs its worker from a blob: where the browser asks for it.
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'", docsScriptHash],
        // Antd writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    // Without TLS of its own the service must not tie a host name to https.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
  })

/** Also tiles: they are not compressed within. */
function isCompressible(_request: express.Request, response: express.Response): boolean {
  const type = String(response.getHeader('content-type') ?? '')
  return /json|text|javascript|xml|svg|vnd\.mapbox-vector-tile/.test(type)
}
