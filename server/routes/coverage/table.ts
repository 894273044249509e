/** The routes of coverage: what was visited when, and the lists that drive work. */
import { dayVisitsRoute } from '../check-ins/day-visits.ts'
import { codeSheetRoute } from '../check-ins/sheet.ts'
import { deviceVisitRoute, enterVisitRoute } from '../check-ins/visits.ts'
import type { Route } from '../route.ts'
import { coverageRoute } from './coverage.ts'
import { dayLanesRoute } from './day-lanes.ts'
import { obstaclesRoute } from './obstacles.ts'
import { overdueRoute } from './overdue.ts'

export const coverageRoutes: readonly Route[] = [
  coverageRoute,
  overdueRoute,
  obstaclesRoute,
  dayLanesRoute,
  dayVisitsRoute,
  enterVisitRoute,
  deviceVisitRoute,
  codeSheetRoute,
]
