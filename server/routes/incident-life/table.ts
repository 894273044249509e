/** The routes of incidents with a life. */
import type { Route } from '../route.ts'
import { incidentRoute, incidentStepRoute, reportIncidentRoute } from './incident.ts'
import { attachPhotoRoute, photoRoute } from './photos.ts'
import { subjectsRoute } from './subjects.ts'
import { incidentPolicyRoute, incidentWorkRoute } from './work.ts'

export const incidentLifeRoutes: readonly Route[] = [
  reportIncidentRoute,
  incidentRoute,
  incidentStepRoute,
  attachPhotoRoute,
  photoRoute,
  incidentWorkRoute,
  incidentPolicyRoute,
  subjectsRoute,
]
