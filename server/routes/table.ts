/** Every route of the service, once: Express and the OpenAPI documents are made from this list. */
import { accessesRoute } from './accesses.ts'
import { analysisRoutes } from './analysis/routes.ts'
import { areaRoute, areasRoute } from './areas.ts'
import { assessmentRoutes } from './assessment/table.ts'
import { checkFilesRoute, checkRoute } from './check.ts'
import { closureRoute } from './closure.ts'
import { coverageRoutes } from './coverage/table.ts'
import {
  addDeviceRoute,
  bindDeviceRoute,
  coordinateCheckRoute,
  devicesRoute,
  endDeviceBindingRoute,
} from './devices.ts'
import { docsRoute, openApiRoute } from './docs.ts'
import { evidenceRoutes } from './evidence/table.ts'
import { gridRoute, gridsRoute } from './grids.ts'
import { hotspotsRoute } from './hotspots.ts'
import { householdRoutes } from './households/table.ts'
import { incidentLifeRoutes } from './incident-life/table.ts'
import { incidentSummaryRoute, incidentsRoute } from './incidents.ts'
import { gpxRoute, ingestRoute } from './ingest.ts'
import { cancelJobRoute, importRoute, jobRoute, jobsRoute, refusalsRoute, rematchRoute } from './jobs.ts'
import { liveRoute } from './live/route.ts'
import { matchFilesRoute } from './match-files.ts'
import { metricsRoute } from './metrics/route.ts'
import { ogcRoutes } from './ogc/routes.ts'
import { patrolDayRoute, patrolDaysRoute } from './patrols.ts'
import { planRoutes } from './plans/table.ts'
import { policiesRoute, setPolicyRoute } from './policies.ts'
import { osmandGetRoute, osmandPostRoute } from './positions/osmand.ts'
import { owntracksRoute } from './positions/owntracks.ts'
import { gridNoticePdfRoute, gridNoticeRoute } from './posters/grid.ts'
import { villagePosterPdfRoute, villagePosterRoute } from './posters/village.ts'
import { repairsRoute } from './repairs.ts'
import type { Route } from './route.ts'
import {
  healthRoute,
  passwordRoute,
  readinessRoute,
  sessionRoute,
  signInRoute,
  signOutRoute,
} from './session.ts'
import { tileRoutes } from './tiles/routes.ts'

export const apiRoutes: readonly Route[] = [
  sessionRoute,
  signInRoute,
  signOutRoute,
  passwordRoute,
  areasRoute,
  areaRoute,
  policiesRoute,
  setPolicyRoute,
  accessesRoute,
  gridsRoute,
  gridRoute,
  checkRoute,
  repairsRoute,
  closureRoute,
  ...planRoutes,
  patrolDaysRoute,
  patrolDayRoute,
  liveRoute,
  ...assessmentRoutes,
  ...evidenceRoutes,
  ...householdRoutes,
  ...coverageRoutes,
  incidentsRoute,
  incidentSummaryRoute,
  ...incidentLifeRoutes,
  hotspotsRoute,
  ...analysisRoutes,
  checkFilesRoute,
  matchFilesRoute,
  importRoute,
  rematchRoute,
  jobsRoute,
  jobRoute,
  cancelJobRoute,
  refusalsRoute,
  ingestRoute,
  gpxRoute,
  osmandGetRoute,
  osmandPostRoute,
  owntracksRoute,
  devicesRoute,
  addDeviceRoute,
  bindDeviceRoute,
  endDeviceBindingRoute,
  coordinateCheckRoute,
  ...tileRoutes,
  // With `.pdf` first: a code may hold a dot, and the first that matches answers.
  villagePosterPdfRoute,
  villagePosterRoute,
  gridNoticePdfRoute,
  gridNoticeRoute,
  healthRoute,
  readinessRoute,
  metricsRoute,
]

/** The two documents come last: they describe the others. */
export const allRoutes: readonly Route[] = [...apiRoutes, ...ogcRoutes, openApiRoute(apiRoutes), docsRoute]
