/** What may be said of each kind of duty record; an excuse is granted, and so is the whole day. */
export const dutyStates = {
  leave: ['granted'],
  joint_duty: ['granted'],
  training: ['granted'],
  phone_failure: ['granted'],
  weather: ['granted'],
  other: ['granted'],
  meeting: ['present', 'excused', 'missed'],
  report: ['valid', 'invalid'],
  task: ['open', 'done'],
  finding: ['missed'],
} as const satisfies Readonly<Record<string, readonly string[]>>
