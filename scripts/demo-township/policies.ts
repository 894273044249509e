/** The numbers the made-up township sets for itself. */
import { fourHoursThreeKilometres } from '../../server/core/policy/patrol-policy.ts'
import { townshipCode } from './division.ts'
import { sizeBand } from './population.ts'
import { firstDay } from './workers.ts'

export const divisionPolicy = {
  area_code: townshipCode,
  kind: 'division',
  valid_from: firstDay,
  valid_to: null,
  name: '300–500',
  rules: { households: sizeBand },
}
export const patrolPolicy = {
  area_code: townshipCode,
  kind: 'patrol',
  valid_from: firstDay,
  valid_to: null,
  name: fourHoursThreeKilometres.name,
  rules: fourHoursThreeKilometres,
}
