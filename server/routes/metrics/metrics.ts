/** What an operator watches, in the text format of Prometheus 0.0.4. No person, place or town is in a name or label. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { JobRegister, JobState } from '../../commands/jobs.ts'
import type { Database } from '../../db/database.ts'
import { countStaleDays } from '../../db/matching.ts'
import type { Receiving } from '../positions/receive.ts'

export interface EndedRequest {
  readonly method: string
  /** The route's path with its parameters unfilled, `/api/areas/{code}/grids`; absent: no route took it. */
  readonly path: string | undefined
  /** 499: the client had gone. */
  readonly status: number
  readonly milliseconds: number
}

export interface Metrics {
  noteRequest(request: EndedRequest): void
  /** All of them as they are now. */
  write(): Promise<string>
}

export interface Watched {
  readonly database: Database
  readonly jobs: JobRegister
  readonly receiving: Pick<Receiving, 'fixWriter' | 'live'>
  readonly version: string
}

export const metricsType = Registry.PROMETHEUS_CONTENT_TYPE

/** From a look-up in memory to an analysis of a county. Seconds. */
const durations = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const jobStates: readonly JobState[] = ['queued', 'running', 'done', 'refused', 'failed', 'cancelled']
/** A database that is slower than that is not up for whoever watches. */
const patienceMilliseconds = 2000

export function createMetrics({ database, jobs, receiving, version }: Watched): Metrics {
  const registry = new Registry()
  const { fixWriter, live } = receiving
  const gauge = (name: string, help: string, read: () => number): void => {
    const metric = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read())
      },
    })
    registry.registerMetric(metric)
  }
  const total = (name: string, help: string, read: () => number): void => {
    const metric = new Counter({
      name,
      help,
      registers: [],
      collect() {
        this.reset()
        this.inc(read())
      },
    })
    registry.registerMetric(metric)
  }

  const requests = new Histogram({
    name: 'wangge_http_request_duration_seconds',
    help: 'Requests from their arrival to their end, by route and status; 499: the client had gone.',
    labelNames: ['method', 'route', 'status'],
    buckets: durations,
    registers: [registry],
  })
  new Gauge({
    name: 'wangge_info',
    help: 'The version that runs and its engine.',
    labelNames: ['version', 'engine'],
    registers: [registry],
  }).set({ version, engine: database.engine }, 1)
  total('wangge_fixes_written_total', 'Fixes made durable since the start.', () => fixWriter.written())
  gauge('wangge_fixes_waiting', 'Fixes and notes in the writer’s queue.', () => fixWriter.waiting())
  gauge('wangge_live_streams', 'Readers of the live map.', () => live.readers())
  const jobsByState = new Gauge({
    name: 'wangge_jobs',
    help: 'Jobs that are remembered, by state.',
    labelNames: ['state'],
    registers: [],
    collect() {
      const listed = jobs.listJobs()
      for (const state of jobStates) this.set({ state }, listed.filter((job) => job.state === state).length)
    },
  })
  registry.registerMetric(jobsByState)
  const stale = new Gauge({
    name: 'wangge_stale_worker_days',
    help: 'Worker days that wait to be matched again; NaN while the database does not answer.',
    registers: [registry],
  })
  const up = new Gauge({
    name: 'wangge_database_up',
    help: '1: it answers within two seconds.',
    registers: [registry],
  })
  const askDatabase = async (): Promise<void> => {
    const days = await countStaleDays(database.system({ timeoutMilliseconds: patienceMilliseconds })).catch(
      () => null,
    )
    up.set(days === null ? 0 : 1)
    stale.set(days ?? Number.NaN)
  }
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  gauge('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed)
  gauge('process_uptime_seconds', 'Seconds since the process started.', () => process.uptime())
  total('process_cpu_seconds_total', 'Processor time, user and system.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })

  return {
    noteRequest: ({ method, path, status, milliseconds }) =>
      requests.observe({ method, route: path ?? 'other', status }, milliseconds / 1000),
    async write() {
      await askDatabase()
      return registry.metrics()
    },
  }
}
