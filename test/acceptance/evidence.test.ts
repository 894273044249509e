/** The false-alarm rate that is published (ARCHITECTURE.md, Evidence): 10,000 honest worker days at the default thresholds. */
import { expect, test } from 'vitest'
import { countAlarms } from '../core/evidence/false-alarms.ts'
import { serverUrl } from '../support/place.ts'

// No database is asked: once, with the embedded engine, is enough. About a minute on a quiet machine; a busy one is no false alarm.
test.skipIf(serverUrl !== undefined)(
  'of 10,000 honest worker days at most ten give evidence (skipped with DATABASE_URL: the same on every engine)',
  { timeout: 900_000 },
  async () => {
    const seeds = Array.from({ length: 10 }, (_, i) => 101 + i)
    const { workerDays, accused, evidence, byCode } = await countAlarms(seeds, 25)
    expect(workerDays).toBe(10_000)
    // Shows what was found, if it is too much.
    expect(accused <= 10 ? [] : evidence).toEqual([])
    process.stdout.write(
      `false alarms: ${accused} of ${workerDays} honest worker days ${JSON.stringify(byCode)}\n`,
    )
  },
)
