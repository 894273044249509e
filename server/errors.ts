/** The closed list of what the application refuses or cannot do. Everything else that is thrown is a defect. */
import type { Flaw, Message } from './core/values.ts'

export type ErrorCode =
  | 'bad_request'
  | 'bad_input'
  | 'not_found'
  | 'forbidden'
  | 'conflict'
  | 'too_large'
  | 'busy'
  | 'cancelled'
  | 'unavailable'

export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: Message
  /** Every reason with its place, for `bad_input`. */
  readonly flaws: readonly Flaw[]

  constructor(code: ErrorCode, detail: Message, flaws: readonly Flaw[] = [], cause?: unknown) {
    super(detail.en, cause === undefined ? undefined : { cause })
    this.name = 'AppError'
    this.code = code
    this.detail = detail
    this.flaws = flaws
  }
}

export const notFound = (what: Message): AppError =>
  new AppError('not_found', { zh: `没有找到${what.zh}`, en: `${what.en} was not found` })

export const badRequest = (detail: Message, flaws: readonly Flaw[] = []): AppError =>
  new AppError('bad_request', detail, flaws)
