/** The numbers the made-up township sets for itself; what it does not say stays as the preset 004 has it. */
import { townshipCode } from './division.ts'
import { required } from './patrols.ts'
import { sizeBand } from './population.ts'
import { firstDay } from './workers.ts'

const ofTownship = { area_code: townshipCode, valid_from: firstDay, valid_to: null }

export const divisionPolicy = {
  ...ofTownship,
  kind: 'division',
  name: '300–500',
  rules: { households: sizeBand },
}
export const patrolPolicy = {
  ...ofTownship,
  kind: 'patrol',
  name: '004',
  rules: { rules: Object.entries(required).map(([rule, value]) => ({ rule, required: value })) },
}
/** The subsidies of the document whose patrol rule it has. */
export const assessmentPolicy = {
  ...ofTownship,
  kind: 'assessment',
  name: '004',
  rules: { preset: '004' },
}
/** Its October stays open to the last fix, whenever somebody starts the demo. */
export const retentionPolicy = {
  ...ofTownship,
  kind: 'retention',
  name: '长期保存',
  rules: { raw_days: null },
}
/** Document 001.5: everything within reach once a week, so that there are lists to work off. */
export const obligationPolicy = {
  ...ofTownship,
  kind: 'obligation',
  name: '001.5',
  rules: { preset: '001.5' },
}
