import { expect, test } from 'vitest'
import { countAlarms } from './false-alarms.ts'

/** At the default thresholds at most one honest worker day in a thousand may be asked about. */
test('hardly any of 1,000 honest worker days gives evidence (10,000 in test/acceptance/evidence.test.ts)', async () => {
  const alarms = await countAlarms([1], 25)
  expect(alarms.workerDays).toBe(25 * 40)
  // Shows what was found, if it is too much.
  expect(alarms.accused <= 1 ? [] : alarms.evidence).toEqual([])
})
