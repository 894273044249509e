/** The service in process on a database of its own, and a client that checks every answer against its published schema. */
import { pino } from 'pino'
import request, { type Response, type Test } from 'supertest'
import { buildApp, createCoreThreads } from '../../server/app.ts'
import { createJobRegister, type JobRegister } from '../../server/commands/jobs.ts'
import { readConfig } from '../../server/config.ts'
import { problemDetailsSchema } from '../../server/contract/errors.ts'
import type { Database } from '../../server/db/database.ts'
import type { Receiving } from '../../server/routes/positions/receive.ts'
import { allRoutes } from '../../server/routes/table.ts'
import { now as smallTownNow } from './small-town.ts'

export interface Service {
  readonly app: ReturnType<typeof buildApp>
  /** GET with the answer checked: its status, media type and schema are those of the route or of problem details. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Any request, checked the same way once it is answered. */
  send(test: (agent: ReturnType<typeof request>) => Test): Promise<Response>
  /** Lines the service logged. */
  readonly log: readonly string[]
}

export interface ServiceOptions {
  /** The service's clock, stopped; that of the small town when absent. */
  readonly now?: number
  /** A clock that goes, instead of the stopped one. */
  readonly clock?: () => number
  /** As WANGGE_VIEWER: `supervisor:990101001`. */
  readonly viewer?: string
  /** As HOST. */
  readonly host?: string
  readonly webFolder?: string
  readonly ingestBytes?: number
  /** What receives positions, where something beside HTTP shares it. */
  readonly receiving?: Receiving
  /** Its jobs, where a test holds them. */
  readonly jobs?: JobRegister
  /** Its threads, instead of those of this worker. */
  readonly threads?: ReturnType<typeof createCoreThreads>
}

/** Of this worker: a thread takes a second to start, and its memory as long as it lasts. */
const threads = createCoreThreads()

export function serviceOn(db: Database, options: ServiceOptions = {}): Service {
  const log: string[] = []
  const now = options.clock ?? ((): number => options.now ?? smallTownNow)
  const app = buildApp({
    db,
    jobs: options.jobs ?? createJobRegister(now, (error) => log.push(String(error))),
    now,
    config: readConfig({ WANGGE_VIEWER: options.viewer, HOST: options.host }),
    threads: options.threads ?? threads,
    log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    ...(options.receiving && { receiving: options.receiving }),
    ...(options.webFolder !== undefined && { webFolder: options.webFolder }),
    ...(options.ingestBytes !== undefined && { limits: { ingestBytes: options.ingestBytes } }),
  })
  const send = async (make: (agent: ReturnType<typeof request>) => Test): Promise<Response> => {
    const made = make(request(app))
    const response = await made
    if (response.status === 500)
      throw new Error(`a defect: ${log.findLast((line) => line.includes('"err"')) ?? log.at(-1)}`)
    checkAnswer(made.method, new URL(made.url).pathname, response)
    return response
  }
  return {
    app,
    log,
    send,
    // A host of its own: supertest listens on another port each time, and links carry the host.
    get: (path, headers = {}) => send((agent) => agent.get(path).set({ host: 'wangge.test', ...headers })),
  }
}

/** Throws what a published schema refuses. */
function checkAnswer(method: string, path: string, response: Response): void {
  const type = response.headers['content-type'] ?? ''
  if (response.headers['cache-control'] === undefined) throw new Error(`${path} has no Cache-Control`)
  if (response.status >= 400 && !path.startsWith('/readyz')) {
    if (!type.startsWith('application/problem+json')) throw new Error(`${path} → ${response.status} ${type}`)
    problemDetailsSchema.strict().parse(JSON.parse(response.text ?? response.body.toString()))
    return
  }
  const route = allRoutes.find(
    (one) =>
      one.method.toUpperCase() === method &&
      new RegExp(`^${one.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )
  if (!route || response.status === 304 || response.status === 204) return
  if (!type.startsWith(route.answer.type?.split(';')[0]?.replace('*', '') ?? ''))
    throw new Error(`${path} answers with ${type}, not ${route.answer.type}`)
  if (type.startsWith('text/event-stream'))
    for (const [, data = ''] of response.text.matchAll(/^data: (.*)$/gm))
      route.answer.schema?.parse(JSON.parse(data))
  else route.answer.schema?.parse(JSON.parse(response.text))
}
