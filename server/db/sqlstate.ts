/** What can go wrong in a database, as one closed union, told by SQLSTATE and never by a message's words. */

export type DatabaseErrorKind =
  | 'unique'
  | 'foreign_key'
  | 'exclusion'
  | 'check'
  | 'not_null'
  /** A value the column or function cannot take (class 22). */
  | 'bad_value'
  /** The caller gave up. */
  | 'cancelled'
  | 'timeout'
  /** Serialization failure or deadlock: the whole transaction may be tried again. */
  | 'serialization'
  /** Nothing of the open transaction has happened; the same call may be made again. */
  | 'connection_lost'
  | 'read_only'
  | 'permission'
  /** Disk, memory or connections are used up (class 53). */
  | 'resources'
  /** A fault of ours: wrong SQL, a wrong parameter, a query outside the open transaction. */
  | 'fault'

const kinds: Readonly<Record<string, DatabaseErrorKind>> = {
  '23505': 'unique',
  '23503': 'foreign_key',
  '23001': 'foreign_key',
  '23P01': 'exclusion',
  '23514': 'check',
  '23502': 'not_null',
  '57014': 'timeout',
  '40001': 'serialization',
  '40P01': 'serialization',
  '25006': 'read_only',
  '42501': 'permission',
  '57P01': 'connection_lost',
  '57P02': 'connection_lost',
  '57P03': 'connection_lost',
  ECONNRESET: 'connection_lost',
  ECONNREFUSED: 'connection_lost',
  EPIPE: 'connection_lost',
  ETIMEDOUT: 'connection_lost',
  ENOTFOUND: 'connection_lost',
  EAI_AGAIN: 'connection_lost',
}
const classes: Readonly<Record<string, DatabaseErrorKind>> = {
  '08': 'connection_lost',
  '22': 'bad_value',
  '53': 'resources',
}

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly kind: DatabaseErrorKind
  /** Absent when the error arose on this side of the connection. */
  readonly sqlstate: string | undefined
  /** Name of the constraint that was broken, as the migrations spell it. */
  readonly constraint: string | undefined
  /** Name of the query file, when a file was run. */
  readonly query: string | undefined

  constructor(
    kind: DatabaseErrorKind,
    message: string,
    details: { cause?: unknown; sqlstate?: string; constraint?: string; query?: string } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.kind = kind
    this.sqlstate = details.sqlstate
    this.constraint = details.constraint
    this.query = details.query
  }

  /** True when the same transaction may simply be tried again. */
  get retryable(): boolean {
    return this.kind === 'serialization' || this.kind === 'connection_lost'
  }
}

/** What node-postgres throws, as a DatabaseError. `query` names the query file that was run. */
export function asDatabaseError(error: unknown, query?: string): DatabaseError {
  if (error instanceof DatabaseError) return error
  const fields =
    error instanceof Error ? (error as Error & { code?: unknown; constraint?: unknown }) : undefined
  const code = typeof fields?.code === 'string' ? fields.code : undefined
  const message = fields?.message ?? String(error)
  const kind =
    code === undefined ? kindWithoutCode(message) : (kinds[code] ?? classes[code.slice(0, 2)] ?? 'fault')
  const constraint = kind in broken ? constraintOf(fields?.constraint, message) : undefined
  return new DatabaseError(kind, query === undefined ? message : `${query}: ${message}`, {
    cause: error,
    ...(code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? { sqlstate: code } : {}),
    ...(constraint !== undefined ? { constraint } : {}),
    ...(query !== undefined ? { query } : {}),
  })
}

const broken = { unique: 1, foreign_key: 1, exclusion: 1, check: 1 }

/** Citus gives the name only within the message, and with a shard's number: `workers_pk_105038`. */
export function constraintOf(field: unknown, message: string): string | undefined {
  const name = typeof field === 'string' ? field : /constraint "(.+?)"/.exec(message)?.[1]
  return name?.replace(/_\d{6,}$/, '')
}

/** What node-postgres and its pool say of themselves, without a code. */
function kindWithoutCode(message: string): DatabaseErrorKind {
  if (/^(Connection terminated|Client has encountered a connection error)/.test(message))
    return 'connection_lost'
  return message.startsWith('timeout exceeded when trying to connect') ? 'resources' : 'fault'
}
