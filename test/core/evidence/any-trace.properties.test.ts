/** Whatever a device reports: what is found lies within the day, names its worker, and depends on nothing but the set of the fixes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ScreenedDay, screenDays } from '../../../server/core/evidence/screen-days.ts'
import { evidenceId } from '../../../server/core/evidence/values.ts'
import { usualEvidence } from '../../../server/core/policy/evidence-policy.ts'
import { fourHoursThreeKilometres } from '../../../server/core/policy/patrol-policy.ts'
import { dayBounds, localDayOf } from '../../../server/core/trajectories/local-day.ts'
import { readWorkerDay } from '../../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import type { Fix } from '../../../server/core/values.ts'
import { arbitraryFixes } from '../trajectories/arbitrary-fixes.ts'

const daysOf = (worker: string, fixes: readonly Fix[]): ScreenedDay[] => {
  const ordered = orderFixes(fixes)
  return [...new Set(fixes.map(({ time }) => localDayOf(time)))].flatMap((day) => {
    const read = readWorkerDay(ordered, day, fourHoursThreeKilometres)
    return read ? [{ worker, read }] : []
  })
}
/** Thresholds so low that anything is found. */
const eager = {
  ...usualEvidence,
  togetherSeconds: 60,
  replaySeconds: 60,
  replayRmsMetres: 500,
  replayBreakMetres: 5000,
  jumpMetres: 100,
  jumpMetresPerSecond: 10,
  jumpHoldSeconds: 1,
  quietSeconds: 10,
  quietAccuracyShare: 0,
  quietMetres: 1000,
  vehicleMetresPerSecond: 0.5,
  vehicleSeconds: 10,
  vehicleShare: 0,
}

test('any two traces', async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(
      arbitraryFixes(120).chain((fixes) =>
        fc.tuple(
          fc.constant(fixes),
          fc.shuffledSubarray(fixes, { minLength: fixes.length }),
          arbitraryFixes(60),
        ),
      ),
      async ([fixes, shuffled, others]) => {
        const screen = (own: readonly Fix[]) =>
          screenDays([...daysOf('a', own), ...daysOf('b', [...others, ...own])], () => () => false, eager)
        const pieces = await screen(fixes)
        found += pieces.length
        for (const { day, from, to, stretches, figures } of pieces) {
          const bounds = dayBounds(day)
          expect(bounds.from <= from && from <= to && to <= bounds.to).toBe(true)
          expect([stretches[0]!.from, stretches.at(-1)!.to]).toEqual([from, to])
          expect(Object.values(figures).filter((value) => !Number.isFinite(value))).toEqual([])
        }
        expect(new Set(pieces.map(evidenceId)).size).toBe(pieces.length)
        expect(await screen([...shuffled, ...fixes])).toEqual(pieces)
      },
    ),
    { numRuns: 60 },
  )
  expect(found).toBeGreaterThan(60)
})
