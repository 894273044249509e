/** What can go wrong between the browser and the server, always with a text in both languages. */
import type { ProblemDetails } from '../server/contract/errors.ts'
import type { Flaw, Message } from '../server/core/values.ts'

export class ApiError extends Error {
  /** The server's code, or what the browser saw: no connection, or an answer that is not ours. */
  readonly code: ProblemDetails['code'] | 'offline' | 'not_understood'
  readonly detail: Message
  readonly flaws: readonly Flaw[]
  /** For the person who reports it: method, address, status and the id the server logged. */
  readonly technical: string

  constructor(
    code: ApiError['code'],
    detail: Message,
    technical: string,
    flaws: readonly Flaw[] = [],
    cause?: unknown,
  ) {
    super(detail.en, cause === undefined ? undefined : { cause })
    this.name = 'ApiError'
    this.code = code
    this.detail = detail
    this.technical = technical
    this.flaws = flaws
  }
}

/** The error a refused request stands for: its problem details when it has them. */
export async function errorFromResponse(request: string, response: Response): Promise<ApiError> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false
  if (!isProblem)
    return new ApiError(
      'not_understood',
      { zh: '服务器的回答无法识别。', en: 'The server’s answer could not be understood.' },
      `${request} → ${response.status}`,
    )
  const problem = (await response.json()) as ProblemDetails
  const technical = `${request} → ${problem.status} ${problem.code} · ${problem.instance}`
  return new ApiError(problem.code, problem.detail, technical, (problem.flaws ?? []) as readonly Flaw[])
}

/** Anything thrown while asking, as an ApiError. An abort is not an error: callers let it pass. */
export const asApiError = (request: string, thrown: unknown): ApiError =>
  thrown instanceof ApiError
    ? thrown
    : thrown instanceof TypeError
      ? new ApiError(
          'offline',
          { zh: '连接不上服务器。', en: 'The server cannot be reached.' },
          `${request} → ${thrown.message}`,
          [],
          thrown,
        )
      : new ApiError(
          'not_understood',
          { zh: '服务器的回答无法识别。', en: 'The server’s answer could not be understood.' },
          `${request} → ${String(thrown)}`,
          [],
          thrown,
        )
