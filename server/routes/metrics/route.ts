/** GET /metrics */
import { z } from 'zod'
import { requireRole } from '../../commands/authority.ts'
import { defineRoute } from '../route.ts'
import { metricsType } from './metrics.ts'

export const metricsRoute = defineRoute({
  method: 'get',
  path: '/metrics',
  tag: 'health',
  summary: { zh: '运行指标（Prometheus）', en: 'What an operator watches, for Prometheus' },
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: {
    status: 200,
    description: 'Text format 0.0.4; to administrators',
    type: metricsType,
  },
  async handle({ viewer, services }) {
    requireRole(viewer, ['administrator'], { zh: '读取运行指标', en: 'read the metrics' })
    return {
      body: await services.metrics.write(),
      type: metricsType,
      cacheControl: 'no-store',
    }
  },
})
