/** What was thrown, as problem details (RFC 9457). Every code has its status: a missing one does not compile. */
import type { ProblemDetails } from '../contract/errors.ts'
import type { Message } from '../core/values.ts'
import { DatabaseError, type DatabaseErrorKind } from '../db/sqlstate.ts'
import { AppError, type ErrorCode } from '../errors.ts'

interface Kind {
  readonly status: number
  readonly title: string
  /** Worth trying again after so many seconds. */
  readonly retryAfterSeconds?: number
}

const kinds: Readonly<Record<ErrorCode | 'internal', Kind>> = {
  bad_request: { status: 400, title: 'Bad request' },
  bad_input: { status: 422, title: 'The input has flaws' },
  unauthenticated: { status: 401, title: 'Unauthorized' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  forbidden: { status: 403, title: 'Forbidden' },
  conflict: { status: 409, title: 'Conflict' },
  too_large: { status: 413, title: 'Too large' },
  too_many: { status: 429, title: 'Too many requests', retryAfterSeconds: 60 },
  busy: { status: 503, title: 'Busy', retryAfterSeconds: 2 },
  cancelled: { status: 499, title: 'Cancelled by the client' },
  unavailable: { status: 503, title: 'Unavailable', retryAfterSeconds: 5 },
  unsupported: { status: 501, title: 'Not possible on this server' },
  internal: { status: 500, title: 'Internal error' },
}

const databaseKinds: Readonly<Record<DatabaseErrorKind, ErrorCode | 'internal'>> = {
  unique: 'conflict',
  foreign_key: 'conflict',
  exclusion: 'conflict',
  check: 'conflict',
  not_null: 'internal',
  bad_value: 'bad_request',
  cancelled: 'cancelled',
  timeout: 'busy',
  serialization: 'busy',
  connection_lost: 'unavailable',
  read_only: 'unavailable',
  permission: 'forbidden',
  resources: 'unavailable',
  fault: 'internal',
}

const details: Readonly<Record<ErrorCode | 'internal', Message>> = {
  bad_request: {
    zh: '请求中的某个值数据库无法接受。',
    en: 'A value of the request cannot be taken by the database.',
  },
  bad_input: { zh: '输入有误。', en: 'The input has flaws.' },
  unauthenticated: { zh: '请先登录。', en: 'Sign in first.' },
  not_found: { zh: '没有找到。', en: 'Not found.' },
  method_not_allowed: { zh: '此地址不支持这种请求。', en: 'This address does not take such a request.' },
  forbidden: { zh: '没有权限，数据未改动。', en: 'Not permitted; nothing was changed.' },
  conflict: { zh: '与已有数据冲突，数据未改动。', en: 'It contradicts what is stored; nothing was changed.' },
  too_large: { zh: '内容过大。', en: 'Too large.' },
  too_many: { zh: '尝试过于频繁，请稍后再试。', en: 'Too many attempts; try again later.' },
  busy: { zh: '数据库正忙，请稍后再试。', en: 'The database is busy; try again soon.' },
  cancelled: { zh: '请求已取消。', en: 'The request was cancelled.' },
  unavailable: {
    zh: '暂时无法访问数据库，请稍后再试。',
    en: 'The database cannot be reached at the moment; try again soon.',
  },
  unsupported: { zh: '这台服务器不支持此操作。', en: 'This server cannot do it.' },
  internal: {
    zh: '服务器内部错误；请把下面的请求编号告诉管理员。',
    en: 'An internal error; give the request id to the administrator.',
  },
}

export interface ErrorResponse {
  readonly problem: ProblemDetails
  readonly retryAfterSeconds: number | undefined
  /** A defect of ours: to be logged with its stack. */
  readonly isDefect: boolean
}

export function errorResponse(thrown: unknown, requestId: string): ErrorResponse {
  const code = codeOf(thrown)
  const { status, title, retryAfterSeconds } = kinds[code]
  const own = thrown instanceof AppError ? thrown : undefined
  return {
    problem: {
      type: `about:blank#${code}`,
      title,
      status,
      code,
      detail: own ? { ...own.detail } : details[code],
      instance: requestId,
      ...(own && own.flaws.length > 0 && { flaws: own.flaws.map(copyFlaw) }),
    },
    retryAfterSeconds: own?.retryAfterSeconds ?? retryAfterSeconds,
    isDefect: code === 'internal',
  }
}

const copyFlaw = (flaw: AppError['flaws'][number]): NonNullable<ProblemDetails['flaws']>[number] => ({
  ...flaw,
  place: { ...flaw.place },
  message: { ...flaw.message },
})

function codeOf(thrown: unknown): ErrorCode | 'internal' {
  if (thrown instanceof AppError) return thrown.code
  if (thrown instanceof DatabaseError) return databaseKinds[thrown.kind]
  if (thrown instanceof Error && thrown.name === 'AbortError') return 'cancelled'
  return 'internal'
}
