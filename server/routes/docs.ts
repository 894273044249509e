/** GET /api/openapi.json · GET /api/docs: the same document for programs and for people, without any outside request. */
import { z } from 'zod'
import { type Operation, openApiDocument } from '../contract/openapi.ts'
import { emptyQuery } from '../contract/queries.ts'
import { docsPage } from './docs-page.ts'
import { defineRoute, jsonAnswer, type Route } from './route.ts'

export const operationOf = (route: Route): Operation => ({
  method: route.method,
  path: route.path,
  tag: route.tag,
  summary: route.summary,
  ...(route.isPublic && { isPublic: true }),
  params: route.params,
  query: route.query,
  ...(route.headers && { headers: route.headers }),
  ...(route.stream && { body: route.stream }),
  ...(route.json && { body: { type: 'application/json', required: true, schema: route.json } }),
  answer: route.answer,
})

/** The OpenAPI 3.1 document of the routes given. */
export const openApiRoute = (routes: readonly Route[]): Route =>
  defineRoute({
    method: 'get',
    path: '/api/openapi.json',
    tag: 'docs',
    summary: { zh: '接口描述', en: 'OpenAPI 3.1' },
    params: z.object({}),
    query: emptyQuery,
    answer: jsonAnswer(200, 'The document', z.looseObject({ openapi: z.string() })),
    handle: async ({ origin, services }) => ({
      body: openApiDocument(
        '3.1.0',
        {
          title: 'Wangge 网格',
          description: '网格化管理的空间分析服务。Spatial analytics for grid-based community management.',
          version: services.version,
          server: origin,
          prefix: '',
        },
        routes.map(operationOf),
      ),
    }),
  })

export const docsRoute = defineRoute({
  method: 'get',
  path: '/api/docs',
  tag: 'docs',
  summary: { zh: '接口文档', en: 'The document to read' },
  params: z.object({}),
  query: emptyQuery,
  answer: { status: 200, description: 'A page', type: 'text/html; charset=utf-8' },
  handle: async () => ({ type: 'text/html; charset=utf-8', body: docsPage }),
})
