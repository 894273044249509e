/** The routes of households: visits, coverage, ladder, ledger, and what is printed of them. */
import type { Route } from '../route.ts'
import { householdFormPdfRoute, householdFormRoute, householdFormXlsxRoute } from './forms.ts'
import { householdLadderRoute, householdLedgerRoute, missingHouseholdsRoute } from './ladder.ts'
import { householdCoverageRoute, householdVisitsRoute } from './visits.ts'

export const householdRoutes: readonly Route[] = [
  householdVisitsRoute,
  householdCoverageRoute,
  householdLadderRoute,
  missingHouseholdsRoute,
  householdLedgerRoute,
  // With their endings first: the first that matches answers.
  householdFormPdfRoute,
  householdFormXlsxRoute,
  householdFormRoute,
]
