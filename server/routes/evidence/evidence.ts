/** What traces give to look into, and what supervisors note about it. Every reading is noted: a suspicion is personal data. */
import { z } from 'zod'
import { noteEvidence } from '../../commands/evidence/notes.ts'
import {
  type EvidencePiece,
  evidenceCodeSchema,
  evidenceListSchema,
  evidenceSchema,
  noteSchema,
} from '../../contract/evidence.ts'
import {
  emptyQuery,
  flagSchema,
  intervalFields,
  intervalMessage,
  isInterval,
  pageFields,
} from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { innocentCauses, readingOf } from '../../core/evidence/words.ts'
import { maskName } from '../../core/policy/mask.ts'
import { noteAccess } from '../../db/access.ts'
import { type EvidenceRow, listEvidence } from '../../db/evidence.ts'
import { loadArea } from '../area.ts'
import { decodeCursor, encodeCursor, isoInstant } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { loadWhoseRecord } from '../whose.ts'

const usualRows = 200
const onArea = z.object({ code: codeSchema })

export const evidenceRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/evidence',
  tag: 'patrols',
  summary: { zh: '疑点（供核实，不作结论）', en: 'Evidence to look into, never a verdict' },
  params: onArea,
  query: z
    .strictObject({
      ...intervalFields,
      worker: codeSchema.optional(),
      kind: evidenceCodeSchema.optional(),
      noted: flagSchema
        .optional()
        .meta({ description: 'Only what somebody has noted something about, or nobody' }),
      ...pageFields(1000, usualRows),
    })
    .refine(isInterval, { message: intervalMessage, path: ['from'] }),
  answer: jsonAnswer(200, 'A page, by day, township and worker; the reading is noted', evidenceListSchema),
  async handle({ db, now, viewer, params, query }) {
    const { area, worker, only } = await loadWhoseRecord(db, params.code, query.worker)
    const limit = query.limit ?? usualRows
    const filter = {
      from: query.from,
      to: query.to,
      worker,
      code: query.kind ?? null,
      isNoted: query.noted ?? null,
      id: null,
    }
    const rows = await listEvidence(db, area, filter, decodeCursor(query.after, 4), limit + 1)
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    for (const town of new Set(page.map((row) => row.town_id)))
      await noteAccess(db, {
        town,
        at: now,
        viewer: viewer.name,
        action: 'evidence',
        subject: worker === null ? `area:${area.code}` : `worker:${worker}`,
      })
    return {
      body: {
        from: query.from,
        to: query.to,
        evidence: page.map((row) => presentEvidence(only ? withoutOthers(row) : row)),
        next: last ? encodeCursor([last.day, last.town_id, last.worker_id, last.evidence_id]) : null,
      },
    }
  },
})

export const noteEvidenceRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/evidence/{id}/notes',
  tag: 'patrols',
  summary: { zh: '登记核实情况', en: 'Note that evidence was seen, or is explained' },
  params: onArea.extend({ id: codeSchema }),
  query: emptyQuery,
  json: noteSchema,
  answer: jsonAnswer(201, 'The evidence with the note', evidenceSchema),
  async handle({ db, params, body, now }) {
    const area = await loadArea(db, params.code)
    const row = await noteEvidence(db, area, params.id, { ...body, now })
    return { body: presentEvidence(row), cacheControl: 'no-store' }
  },
})

/** What a worker is told of their own: nobody else's name or whereabouts, and not what supervisors wrote down about it. */
const withoutOthers = (row: EvidenceRow): EvidenceRow =>
  row.other_worker_id === row.worker_id ? { ...row, notes: [] } : { ...row, other_worker_id: null, notes: [] }

function presentEvidence(row: EvidenceRow): EvidencePiece {
  const { code, figures, other_worker_id: worker, other_day: day, other_shift_ms: shift } = row
  const other = worker !== null && day !== null && shift !== null ? { worker, day, shift } : null
  return {
    id: row.evidence_id,
    code,
    worker: row.worker_id,
    name: maskName(row.name),
    day: row.day,
    from: isoInstant(row.from_at),
    to: isoInstant(row.to_at),
    other: other && {
      worker: other.worker,
      name: maskName(row.other_name ?? ''),
      day: other.day,
      shift_seconds: other.shift / 1000,
    },
    figures: { ...figures },
    stretches: row.stretches.map(([from, to]) => ({ from: isoInstant(from), to: isoInstant(to) })),
    reading: readingOf({ code, figures, other }),
    innocent: [...innocentCauses[code]],
    notes: row.notes.map((note) => ({ ...note, at: isoInstant(note.at) })),
  }
}
