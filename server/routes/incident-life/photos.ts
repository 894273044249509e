/** Photos of an incident. */
import { z } from 'zod'
import { attachPhoto, photoLimits } from '../../commands/incidents/attach-photo.ts'
import { photoSchema } from '../../contract/incident-life.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { findPhoto } from '../../db/incident-life.ts'
import { notFound } from '../../errors.ts'
import { loadArea } from '../area.ts'
import { readBody } from '../read-body.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { onIncident } from './incident.ts'

export const attachPhotoRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/incidents/{incident}/photos',
  tag: 'incidents',
  summary: {
    zh: '添加照片（去除拍摄信息）',
    en: 'Add a photo; what the camera wrote beside the picture is dropped',
  },
  params: onIncident,
  query: emptyQuery,
  stream: { type: 'image/*', required: true, schema: z.string() },
  answer: jsonAnswer(201, 'The photo as it is kept', photoSchema),
  async handle({ db, params, request, signal, now }) {
    const area = await loadArea(db, params.code)
    const bytes = await readBody(request, photoLimits.bytes, signal)
    const { id, width, height } = await attachPhoto(db, area, params.incident, bytes, now)
    return { body: { id, width, height }, cacheControl: 'no-store' }
  },
})

export const photoRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/incidents/{incident}/photos/{photo}',
  tag: 'incidents',
  summary: { zh: '照片', en: 'A photo' },
  params: onIncident.extend({ photo: codeSchema }),
  query: emptyQuery,
  answer: { status: 200, description: 'A JPEG or PNG picture', type: 'image/*' },
  async handle({ db, params }) {
    const area = await loadArea(db, params.code)
    const found = await findPhoto(db, area, params.incident, params.photo)
    if (!found) throw notFound({ zh: `照片 ${params.photo}`, en: `Photo ${params.photo}` })
    // May show people: never kept outside the browser's own page.
    return { type: found.media_type, body: Buffer.from(found.picture), cacheControl: 'no-store' }
  },
})
