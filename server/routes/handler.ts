/** The one wrapper of every route: parse, run, send; and what is sent when anything in it throws. */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import express, { type Request, type RequestHandler, type Response } from 'express'
import type { Logger } from 'pino'
import { ZodObject } from 'zod'
import { AppError, badRequest, notFound } from '../errors.ts'
import { flaw } from '../formats/flaw-codes.ts'
import { findJsonError } from '../formats/json-error.ts'
import { errorResponse } from './error-response.ts'
import { anonymous, type Identity } from './identity.ts'
import { parsePart } from './parse.ts'
import type { Answer, Route, Services } from './route.ts'
import { requireSameOrigin } from './same-origin.ts'
import { scopeKey } from './viewer.ts'

/** Express's path of a route: `/api/areas/{code}` → `/api/areas/:code`. */
export const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')

/** The path of the route that took a request, as it is published; undefined: none did. */
export const routePath = ({ route }: { readonly route?: { readonly path?: unknown } }): string | undefined =>
  typeof route?.path === 'string' ? route.path.replace(/:(\w+)/g, '{$1}') : undefined

/**
 * The handlers of a route: the one that lets in, those that read its body, then the one that answers. What they throw goes to the
 * app's one catch.
 */
export function handlersOf(route: Route, services: Services): RequestHandler[] {
  const readJson = route.json
    ? [express.json({ limit: services.limits.jsonBytes, type: ['application/json'], strict: true })]
    : []
  const identities = new WeakMap<Request, Identity>()
  // Before anything of a stranger's request is read or explained.
  const letIn: RequestHandler = async (request, _response, next) => {
    requireSameOrigin(request)
    identities.set(request, route.isPublic ? anonymous : await services.gate.identify(request))
    next()
  }
  const answer: RequestHandler = (request, response) =>
    answerTo(route, services, identities.get(request) ?? anonymous, request, response)
  return [letIn, ...readJson, answer]
}

async function answerTo(
  route: Route,
  services: Services,
  identity: Identity,
  request: Request,
  response: Response,
): Promise<void> {
  const params = parsePart('path', route.params, request.params)
  const query = parsePart('query', route.query, request.query)
  const body = route.json ? parsePart('body', route.json, request.body) : undefined
  const { viewer } = identity
  const signal = goneSignal(response)
  const answer = await route.handle({
    params,
    query,
    body,
    viewer,
    identity,
    db: services.database.as(viewer, { signal }),
    now: services.now(),
    signal,
    requestId: requestIdOf(request),
    address: request.ip ?? '',
    origin: `${request.protocol}://${request.get('host') ?? 'localhost'}`,
    url: request.originalUrl,
    request,
    services,
  })
  const link = nextLink(route, answer.body, request)
  if (link !== undefined) response.set('link', link)
  if (answer.stream) await pour(answer, answer.stream, route.answer.status, response)
  else if (!signal.aborted) send(answer, route.answer.status, scopeKey(viewer), request, response)
}

/** RFC 8288: the page after this one of a list, where its answer says by `next` that there is one. */
function nextLink({ query }: Route, body: unknown, request: Request): string | undefined {
  const next = typeof body === 'object' && body !== null && 'next' in body ? body.next : undefined
  if (typeof next !== 'string' || !(query instanceof ZodObject) || !('after' in query.shape)) return undefined
  const asked = new URLSearchParams(request.query as Record<string, string>)
  asked.set('after', next)
  return `<${request.path}?${asked.toString()}>; rel="next"`
}

/** Sends the head at once, and then what the answer writes. */
async function pour(
  { type, headers = {}, cacheControl = 'no-store' }: Answer,
  write: NonNullable<Answer['stream']>,
  status: number,
  response: Response,
): Promise<void> {
  response.status(status).set({ 'cache-control': cacheControl, ...headers })
  if (type !== undefined) response.set('content-type', type)
  response.flushHeaders()
  await write(response)
  response.end()
}

/** Aborted when the client has gone before it was answered. */
function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return controller.signal
}

/**
 * Sends an answer with its entity tag, or 304 when the client has it. The tag is of the content and of the viewer's scope, weak
 * because the body may travel compressed.
 */
function send(answer: Answer, usual: number, scope: string, request: Request, response: Response): void {
  const { body, headers = {}, cacheControl = 'private, no-cache' } = answer
  const bytes =
    body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  response
    .status(answer.status ?? usual)
    .set({ 'cache-control': cacheControl, vary: 'accept-encoding, cookie, authorization', ...headers })
  if (request.method === 'GET' || request.method === 'HEAD') {
    response.set(
      'etag',
      `W/"${createHash('sha256')
        .update(scope)
        .update(answer.tagged ?? bytes ?? '')
        .digest('base64url')
        .slice(0, 27)}"`,
    )
    if (response.statusCode < 300 && request.fresh) {
      response.status(304).end()
      return
    }
  }
  if (bytes === undefined) {
    response.end()
    return
  }
  response.set('content-type', answer.type ?? 'application/json; charset=utf-8')
  response.send(
    typeof bytes === 'string' ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  )
}

/** Problem details for whatever was thrown; a defect goes to the log with its stack, to the client only the request's id. */
export function sendError(thrown: unknown, request: IncomingMessage, response: Response, log: Logger): void {
  const requestId = requestIdOf(request)
  const { problem, retryAfterSeconds, isDefect } = errorResponse(fromExpress(thrown), requestId)
  if (isDefect) log.error({ request: requestId, err: thrown }, 'a request failed')
  if (response.destroyed) return
  // RFC 9110, 11.6.1: a 401 says how to do better; the web application signs in by a cookie.
  if (problem.status === 401) response.set('www-authenticate', 'Bearer realm="wangge"')
  if (retryAfterSeconds !== undefined) response.set('retry-after', String(retryAfterSeconds))
  response
    .status(problem.status)
    .set('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

/** What Express and its body readers throw: they carry a status and a type. */
function fromExpress(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('status' in thrown) || thrown instanceof AppError) return thrown
  if (thrown.status === 413)
    return new AppError('too_large', { zh: '请求内容过大。', en: 'The body of the request is too large.' })
  if (thrown.status === 404) return notFound({ zh: '这个文件', en: 'This file' })
  if ('type' in thrown && thrown.type === 'entity.parse.failed')
    return brokenJson('body' in thrown ? String(thrown.body) : '')
  if (typeof thrown.status === 'number' && thrown.status >= 400 && thrown.status < 500)
    return new AppError(
      'bad_request',
      { zh: '请求无法识别。', en: 'The request cannot be read.' },
      [],
      thrown,
    )
  return thrown
}

/** A body that is no JSON, with the place where it breaks. */
function brokenJson(body: string): AppError {
  const { line, column, reason } = findJsonError(body) ?? { line: 1, column: 1, reason: { zh: '', en: '' } }
  const { code, place, message } = flaw('json_syntax', { field: 'body', line }, { line, column, reason })
  return badRequest(message, [{ code, place, message }])
}

/** The id under which a request is logged; set by the logging middleware. */
export const requestIdOf = (request: IncomingMessage & { id?: unknown }): string =>
  typeof request.id === 'string' ? request.id : ''
