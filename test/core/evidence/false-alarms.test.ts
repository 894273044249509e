import { expect, test } from 'vitest'
import { countAlarms } from './false-alarms.ts'

/** At the default thresholds at most one honest worker day in a thousand may be asked about: of these, none. */
test('none of 400 honest worker days gives evidence (10,000 in test/acceptance/evidence.test.ts)', async () => {
  const alarms = await countAlarms([1], 10)
  expect(alarms.workerDays).toBe(10 * 40)
  expect(alarms.evidence).toEqual([])
})
