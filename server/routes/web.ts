/** The built web application, with every address that is none of the service's own answered by its page. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler } from 'express'

/** Addresses of the service, which never answer with the web application. */
export const servicePath = /^\/(api|ogc|tiles|posters|reports|ingest|healthz|readyz|metrics)(\/|$|\.)/

/** @param folder `web/dist`, or undefined when the web application is not built. */
export function webHandlers(folder: string | undefined): RequestHandler[] {
  const page = folder === undefined ? undefined : join(folder, 'index.html')
  if (folder === undefined || page === undefined || !existsSync(page)) return []
  const assets = express.static(join(folder, 'assets'), {
    // Vite puts a hash of the content into each name.
    immutable: true,
    maxAge: '365d',
    index: false,
    fallthrough: false,
  })
  const files = express.static(folder, { index: false, cacheControl: false, setHeaders: askEachTime })
  return [
    (request, response, next) => {
      if (!request.path.startsWith('/assets/')) return next()
      request.url = request.url.slice('/assets'.length)
      assets(request, response, next)
    },
    files,
    (request, response, next) => {
      const wantsPage = request.method === 'GET' || request.method === 'HEAD'
      if (!wantsPage || servicePath.test(request.path)) return next()
      const html = readFileSync(page)
      const tag = createHash('sha256').update(html).digest('base64url').slice(0, 27)
      response
        .set({ 'cache-control': 'no-cache', etag: `W/"${tag}"` })
        .type('html')
        .send(html)
    },
  ]
}

const askEachTime = (response: { setHeader(name: string, value: string): unknown }): void => {
  response.setHeader('cache-control', 'no-cache')
}
