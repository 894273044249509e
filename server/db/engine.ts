/** What differs between the two engines, and how one is opened. */
import type pg from 'pg'
import type { Connections } from './connection.ts'

/** The part of a logger this folder uses (pino has it). */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface OpenOptions {
  /** `postgres://…` of a server; absent: the embedded engine. */
  readonly url?: string | undefined
  /** Folder of the embedded engine's data, lock and files. */
  readonly folder: string
  readonly log: Log
  /** False leaves the schema as it is. Default: true. */
  readonly migrate?: boolean
  /** False: what the embedded engine commits may not outlive a power cut (tests). Default: true. */
  readonly durable?: boolean
  /** How long a query of the embedded engine may go on after its client has gone (then the engine is stopped under it); default 5000. */
  readonly graceMilliseconds?: number
  /** Connections kept at most; default 10. */
  readonly connections?: number
}

/** A way to connect: what differs between the engines. */
export interface Engine {
  readonly kind: 'embedded' | 'native'
  readonly config: pg.ClientConfig
  readonly cancel?: Connections['cancel']
  close(): Promise<void>
}
