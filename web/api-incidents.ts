/** An incident's life: what waits, and what is written of it: its report, its steps, its photos. Requests go through api.ts. */
import type { z } from 'zod'
import type { reportIncidentSchema, stepSchema } from '../server/contract/incident-life.ts'
import { type Answers, address, type Resource, request, sent } from './api.ts'

export type IncidentReport = z.input<typeof reportIncidentSchema>
export type IncidentStep = z.input<typeof stepSchema>

/** The same key again is the same incident. */
export const reportIncident = (area: string, report: IncidentReport): Promise<Answers['reportedIncident']> =>
  request('reportedIncident', address(['areas', area, 'incidents']), sent(report))

export const takeIncidentStep = (
  area: string,
  incident: string,
  step: IncidentStep,
): Promise<Answers['incidentLife']> =>
  request('incidentLife', address(['areas', area, 'incidents', incident, 'events']), sent(step))

export const attachIncidentPhoto = (
  area: string,
  incident: string,
  photo: File,
): Promise<Answers['incidentPhoto']> =>
  request('incidentPhoto', address(['areas', area, 'incidents', incident, 'photos']), {
    method: 'POST',
    body: photo,
    headers: { 'content-type': photo.type || 'image/jpeg' },
  })

/** Whoever asks is noted; nothing of the answer is kept. */
export const revealReporter = (area: string, incident: string): Promise<Answers['incidentLife']> =>
  request('incidentLife', address(['areas', area, 'incidents', incident], { reveal: true }), {})

/** Households or places in which every word is found; whoever looks for households is noted, and so is who asks for names. */
export const subjects = (
  area: string,
  query: { readonly kind: 'household' | 'place'; readonly find: string; readonly reveal: boolean },
): Resource<Answers['subjects']> => ({
  url: address(['areas', area, 'subjects'], { ...query, reveal: query.reveal ? true : null }),
  answer: 'subjects',
})

export const photoAddress = (area: string, incident: string, photo: string): string =>
  address(['areas', area, 'incidents', incident, 'photos', photo])

const workAddress = (area: string, query: Parameters<typeof address>[1]): string =>
  address(['areas', area, 'incident-work'], query)

/** The most pressing; `next` then says that there is more. */
export const incidentWork = (area: string, list: string): Resource<Answers['incidentWork']> => ({
  url: workAddress(area, { list, limit: 1000 }),
  answer: 'incidentWork',
  rows: 'incidents',
  pages: 2,
})

/** How many wait in each list; of the incidents no more than one. */
export const incidentWorkCounts = (area: string): Resource<Answers['incidentWork']> => ({
  url: workAddress(area, { limit: 1 }),
  answer: 'incidentWork',
})
