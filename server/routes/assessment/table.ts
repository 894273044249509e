/** The routes of assessment: months, and what they are judged on. */
import type { Route } from '../route.ts'
import { assessmentsRoute, closeMonthRoute, rankingRoute, reopenMonthRoute } from './months.ts'
import {
  decideObjectionRoute,
  dutyRecordsRoute,
  enterDutyRecordRoute,
  objectionsRoute,
  objectRoute,
  withdrawDutyRecordRoute,
} from './records.ts'
import { monthReportPdfRoute, monthReportRoute, monthReportXlsxRoute } from './report.ts'

export const assessmentRoutes: readonly Route[] = [
  assessmentsRoute,
  rankingRoute,
  closeMonthRoute,
  reopenMonthRoute,
  dutyRecordsRoute,
  enterDutyRecordRoute,
  withdrawDutyRecordRoute,
  objectionsRoute,
  objectRoute,
  decideObjectionRoute,
  // With their endings first: the first that matches answers.
  monthReportPdfRoute,
  monthReportXlsxRoute,
  monthReportRoute,
]
