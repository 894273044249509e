/** Entering an incident, reading one with its life, and taking a step in it. */
import { z } from 'zod'
import { requireRole, requireViewer } from '../../commands/authority.ts'
import { receiptOf, reportIncident } from '../../commands/incidents/report.ts'
import { loadIncident, takeStep } from '../../commands/incidents/take-step.ts'
import {
  incidentLifeSchema,
  reportedSchema,
  reportIncidentSchema,
  revealQuery,
  stepSchema,
} from '../../contract/incident-life.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { noteAccess } from '../../db/access.ts'
import { loadArea } from '../area.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { presentLife } from './present.ts'

export const onArea = z.object({ code: codeSchema })
export const onIncident = onArea.extend({ incident: codeSchema })

export const reportIncidentRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/incidents',
  tag: 'incidents',
  summary: { zh: '上报事件', en: 'Enter an incident' },
  params: onArea,
  query: emptyQuery,
  json: reportIncidentSchema,
  answer: jsonAnswer(201, 'Its number and receipt', reportedSchema),
  async handle({ db, params, body, services, now }) {
    const area = await loadArea(db, params.code)
    const reported = await reportIncident(db, services.database.system(), area, {
      key: body.key,
      category: body.category,
      severity: body.severity ?? null,
      urgency: body.urgency ?? null,
      occurredAt: Date.parse(body.occurred_at),
      description: body.description,
      position: body.lon === undefined || body.lat === undefined ? null : [body.lon, body.lat],
      household: body.household ?? null,
      place: body.place ?? null,
      reporter: body.reporter ?? null,
      reporterContact: body.reporter_contact ?? null,
      worker: body.worker ?? null,
      now,
    })
    const { town, id, isKnown, isVisit } = reported
    return {
      body: { town, id, receipt: receiptOf(id, 1), known: isKnown, visit: isVisit },
      headers: { location: `/api/areas/${encodeURIComponent(town)}/incidents/${encodeURIComponent(id)}` },
      cacheControl: 'no-store',
    }
  },
})

export const incidentRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/incidents/{incident}',
  tag: 'incidents',
  summary: { zh: '一起事件及其办理过程', en: 'An incident with its history and deadlines' },
  params: onIncident,
  query: revealQuery,
  answer: jsonAnswer(200, 'The incident', incidentLifeSchema),
  async handle({ db, params, query, now }) {
    const area = await loadArea(db, params.code)
    const found = await loadIncident(db, area, params.incident, now)
    if (!query.reveal) return { body: presentLife(found, false) }
    const viewer = requireViewer(db)
    requireRole(viewer, ['supervisor', 'administrator'], { zh: '查看反映人', en: 'see who reported it' })
    await noteAccess(db, {
      town: found.row.town_id,
      at: now,
      viewer: viewer.name,
      action: 'reveal',
      subject: `incident:${found.row.incident_id}`,
    })
    return { body: presentLife(found, true), cacheControl: 'no-store' }
  },
})

export const incidentStepRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/incidents/{incident}/events',
  tag: 'incidents',
  summary: {
    zh: '办理一步：受理、交办、上报、办结、核实、退回、归档、告知、记录',
    en: 'A step in the life of an incident',
  },
  params: onIncident,
  query: emptyQuery,
  json: stepSchema,
  answer: jsonAnswer(200, 'The incident as it is now', incidentLifeSchema),
  async handle({ db, params, body, now }) {
    const area = await loadArea(db, params.code)
    const found = await takeStep(db, area, params.incident, {
      action: body.action,
      revision: body.revision,
      note: body.note ?? null,
      assignee: body.assignee ?? null,
      now,
    })
    return { body: presentLife(found, false), cacheControl: 'no-store' }
  },
})
