/**
 * Refuses requests that a page of another site makes a browser send (cross-site request forgery), by what the browser says of
 * them. The order of the tests is that of Go's http.CrossOriginProtection (https://words.filippo.io/csrf/); the cookie's
 * SameSite=Lax stands behind it.
 */
import type { IncomingMessage } from 'node:http'
import { AppError } from '../errors.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/** @throws AppError `forbidden` */
export function requireSameOrigin({
  method = 'GET',
  headers,
}: Pick<IncomingMessage, 'method' | 'headers'>): void {
  if (harmless.has(method)) return
  // A page of another site cannot set this header without asking first, and the answer to that is no.
  if (headers.authorization !== undefined) return
  const site = headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  // Neither header: no browser, or one from before 2020 that SameSite has to stop.
  if (site === undefined && headers.origin === undefined) return
  if (site === undefined && hostOf(headers.origin) === headers.host) return
  throw new AppError('forbidden', {
    zh: '请求来自其他网站，已拒绝。',
    en: 'The request comes from another site; it was refused.',
  })
}

/** `https://a.b:8000` → `a.b:8000`; `null`, as sandboxed pages say, has none. */
function hostOf(origin = ''): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
