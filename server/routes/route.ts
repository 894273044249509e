/**
 * A route is data: the Express handlers and the OpenAPI documents are made from the same list of them.
 * Its `handle` goes parse (done before it) → load → decide → save → present, and answers with a value.
 */
import type { IncomingMessage } from 'node:http'
import type { Writable } from 'node:stream'
import type { z } from 'zod'
import type { JobRegister } from '../commands/jobs.ts'
import type { ProposalShelf } from '../commands/plans/proposal-shelf.ts'
import type { Throttle } from '../commands/users/throttle.ts'
import type { AnswerDescription, BodyDescription } from '../contract/openapi.ts'
import type { Message } from '../core/values.ts'
import type { Database } from '../db/database.ts'
import type { Scoped } from '../db/scoped.ts'
import type { Viewer } from '../db/viewer.ts'
import type { AnalysisShelf } from './analysis/shelf.ts'
import type { ContentCache } from './content-cache.ts'
import type { Gate, Identity } from './identity.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Receiving } from './positions/receive.ts'
import type { Printer } from './posters/printer.ts'
import type { CoreThread } from './thread/core-thread.ts'

/** What every route may use; made once by `buildApp`. */
export interface Services extends Receiving {
  readonly database: Database
  readonly jobs: JobRegister
  /** Scope of the viewer who started a job, by its id. */
  readonly jobOwners: Map<string, string>
  /** Knows whom a request comes from. */
  readonly gate: Gate
  /** Makes guessing passwords slow. */
  readonly throttle: Throttle
  /** Runs long pure work beside the event loop. */
  readonly thread: CoreThread
  /** Another for searches of a minute, so that short questions need not wait for them. */
  readonly searchThread: CoreThread
  /** What they found. */
  readonly proposals: ProposalShelf
  /** Answers that jobs have made. */
  readonly analyses: AnalysisShelf
  /** The clock: epoch milliseconds. */
  readonly now: () => number
  readonly version: string
  /** Folder for uploaded files while they are read. */
  readonly uploadFolder: string
  /** Makes PDFs of pages, where the machine has a browser. */
  readonly printer: Printer
  readonly limits: Limits
  /** What an operator watches. */
  readonly metrics: Metrics
  readonly caches: {
    /** Tiles asked for again and again while somebody moves the map. */
    readonly tiles: ContentCache
    readonly hotspots: ContentCache
    readonly checks: ContentCache
    /** Incidents as columns, where each lies, and answers about them. */
    readonly analyses: ContentCache
    /** What waits in an area, before it is judged. */
    readonly work: ContentCache
  }
}

/** What a request may carry at most, bytes. */
export interface Limits {
  readonly uploadBytes: number
  readonly uploadFiles: number
  readonly ingestBytes: number
  readonly jsonBytes: number
}

/** A request after parsing. */
export interface Call<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly viewer: Viewer
  /** The viewer, and how the request showed it; of a public route: nobody. */
  readonly identity: Identity
  /** Runs statements for the viewer; they stop when the client has gone. */
  readonly db: Scoped
  readonly now: number
  readonly signal: AbortSignal
  readonly requestId: string
  /** Where the request came from, through a proxy on this machine: an IP address. */
  readonly address: string
  /** `http://host:port` as the client sees it. */
  readonly origin: string
  /** Path and query as they came. */
  readonly url: string
  /** For bodies that are streamed; its headers are lower case. */
  readonly request: IncomingMessage
  readonly services: Services
}

export interface Answer {
  readonly status?: number
  /** Media type; absent for JSON. */
  readonly type?: string
  /** A value for JSON, a text or bytes; undefined: no body. */
  readonly body?: unknown
  /** Writes the body itself, piece by piece, until what it promises is done; instead of `body`. */
  readonly stream?: (sink: Writable) => Promise<void>
  readonly headers?: Readonly<Record<string, string>>
  /** What the entity tag is of, where the body carries the moment it was made; else the body. */
  readonly tagged?: string
  /** `private, no-cache` when absent: kept by the browser only, and asked about each time. */
  readonly cacheControl?: string
}

export interface Route<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly method: 'get' | 'post' | 'delete'
  /** `/api/areas/{code}/grids` */
  readonly path: string
  readonly tag: string
  readonly summary: Message
  /** Answers everybody, without asking who it is. */
  readonly isPublic?: boolean
  readonly params: Params
  readonly query: Query
  readonly headers?: Readonly<Record<string, string>>
  /** A JSON body that is parsed before `handle`. */
  readonly json?: Body
  /** A body that `handle` reads itself, as it is published. */
  readonly stream?: BodyDescription
  readonly answer: AnswerDescription
  handle(call: Call<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<Answer>
}

/** Ties the types of `params`, `query` and `json` to those `handle` gets. */
export const defineRoute = <
  Params extends z.ZodObject,
  Query extends z.ZodType,
  Body extends z.ZodType = z.ZodUndefined,
>(
  route: Route<Params, Query, Body>,
): Route => route

/** An answer in JSON with the status of the description. */
export const jsonAnswer = (status: number, description: string, schema: z.ZodType): AnswerDescription => ({
  status,
  description,
  type: 'application/json',
  schema,
})
