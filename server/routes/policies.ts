/** GET, POST /api/areas/{code}/policies */
import { z } from 'zod'
import { setPolicy } from '../commands/policies/set-policy.ts'
import { policiesSchema, policySetSchema, policySettingSchema } from '../contract/policies.ts'
import { emptyQuery } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import { listPolicies, listPolicyChanges } from '../db/policies.ts'
import { loadArea } from './area.ts'
import { defineRoute, jsonAnswer } from './route.ts'

const params = z.object({ code: codeSchema })

export const policiesRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/policies',
  tag: 'policies',
  summary: {
    zh: '政策：现行、历次与设定记录',
    en: 'The dated policies that hold for an area, and who set them',
  },
  params,
  query: emptyQuery,
  answer: jsonAnswer(200, 'By kind, the nearest area first, newest first', policiesSchema),
  async handle({ db, params: { code } }) {
    const area = await loadArea(db, code)
    const policies = await listPolicies(db, area)
    const changes = await listPolicyChanges(db, area.code)
    return {
      body: {
        policies: policies.map(({ kind, area_code, area_name, valid_from, valid_to, name, rules }) => ({
          kind,
          area: area_code,
          area_name,
          from: valid_from,
          to: valid_to,
          name,
          rules,
        })),
        changes: changes.map((one) => ({
          id: one.change_id,
          kind: one.kind,
          from: one.valid_from,
          to: one.valid_to,
          name: one.name,
          rules: one.rules,
          reason: one.reason,
          changed_by: one.changed_by,
          changed_at: new Date(one.changed_at).toISOString(),
        })),
      },
    }
  },
})

export const setPolicyRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/policies',
  tag: 'policies',
  summary: { zh: '设定政策', en: 'Set a policy from a day on; days it judges are matched again' },
  params,
  query: emptyQuery,
  json: policySettingSchema,
  answer: jsonAnswer(200, 'Until when it holds', policySetSchema),
  async handle({ db, viewer, params: { code }, body, now, services }) {
    const area = await loadArea(db, code)
    const { to, towns, staleDays } = await setPolicy(services.database, viewer, area, body, now)
    if (staleDays > 0) for (const town of towns) services.matchSoon(town)
    return { body: { to, stale_days: staleDays }, cacheControl: 'no-store' }
  },
})
