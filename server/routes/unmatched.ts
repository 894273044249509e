/** What no route took: an address there is none of, or one that is there and does not do what was asked. */
import type { RequestHandler } from 'express'
import { AppError, notFound } from '../errors.ts'
import type { Route } from './route.ts'

/** 405 with `Allow` (RFC 9110, 15.5.6) where another method has a route, a plain `Allow` to OPTIONS, else 404. */
export function unmatched(routes: readonly Pick<Route, 'method' | 'path'>[]): RequestHandler {
  const known = routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}/?$`),
  }))
  return ({ method, path }, response) => {
    const methods = new Set(
      known.filter(({ pattern }) => pattern.test(path)).map((one) => one.method.toUpperCase()),
    )
    if (methods.size === 0) throw notFound({ zh: `地址 ${path}`, en: `Address ${path}` })
    if (methods.has('GET')) methods.add('HEAD')
    const allowed = [...methods].sort().join(', ')
    response.set('allow', `${allowed}, OPTIONS`)
    if (method === 'OPTIONS') {
      response.status(204).set('cache-control', 'no-store').end()
      return
    }
    throw new AppError('method_not_allowed', {
      zh: `地址 ${path} 不支持 ${method}，只支持 ${allowed}`,
      en: `Address ${path} does not take ${method}, only ${allowed}`,
    })
  }
}
