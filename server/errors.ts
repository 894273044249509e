/** The closed list of what the application refuses or cannot do. Everything else that is thrown is a defect. */
import type { Flaw, Message } from './core/values.ts'

export type ErrorCode =
  | 'bad_request'
  | 'bad_input'
  | 'unauthenticated'
  | 'not_found'
  | 'method_not_allowed'
  | 'forbidden'
  | 'conflict'
  | 'too_large'
  | 'too_many'
  | 'busy'
  | 'cancelled'
  | 'unavailable'
  | 'unsupported'

export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: Message
  /** Every reason with its place, for `bad_input`. */
  readonly flaws: readonly Flaw[]
  /** When it is worth trying again, for `too_many`. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    detail: Message,
    flaws: readonly Flaw[] = [],
    cause?: unknown,
    retryAfterSeconds?: number,
  ) {
    super(detail.en, cause === undefined ? undefined : { cause })
    this.name = 'AppError'
    this.code = code
    this.detail = detail
    this.flaws = flaws
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export const notFound = (what: Message): AppError =>
  new AppError('not_found', { zh: `没有找到${what.zh}`, en: `${what.en} was not found` })

export const badRequest = (detail: Message, flaws: readonly Flaw[] = []): AppError =>
  new AppError('bad_request', detail, flaws)

/** The request does not say who it is from, or what it shows is no longer good. */
export const unauthenticated = (detail: Message = { zh: '请先登录。', en: 'Sign in first.' }): AppError =>
  new AppError('unauthenticated', detail)

export const tooMany = (detail: Message, retryAfterSeconds: number): AppError =>
  new AppError('too_many', detail, [], undefined, retryAfterSeconds)
