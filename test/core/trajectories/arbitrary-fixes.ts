/** Arbitrary traces for property tests: walks with silences, jumps, poor accuracy, repeats of an instant. */
import fc from 'fast-check'
import type { Fix } from '../../../server/core/values.ts'
import { at } from './simulate.ts'

/** An hour before local midnight, so that most traces run across it. */
export const start = Date.parse('2026-10-08T15:00:00Z')

const step = fc.record({
  seconds: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 60 }) },
    { weight: 2, arbitrary: fc.integer({ min: 61, max: 2000 }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  milliseconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 999 })),
  east: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -60, max: 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: -3000, max: 3000 }) },
  ),
  north: fc.integer({ min: -60, max: 60 }),
  returns: fc.boolean(),
  accuracy: fc.oneof(fc.constant(undefined), fc.integer({ min: 3, max: 160 })),
})

/** Traces of up to `maxLength` fixes, in order of time. */
export const arbitraryFixes = (maxLength: number): fc.Arbitrary<Fix[]> =>
  fc.array(step, { minLength: 1, maxLength }).map((steps) => {
    let time = start
    let x = 0
    let y = 0
    return steps.map(({ seconds, milliseconds, east, north, returns, accuracy }) => {
      time += seconds * 1000 + milliseconds
      const [longitude, latitude] = at(x + east, y + north)
      // Every other step is a spike: the walk goes on from where it was.
      if (!returns) {
        x += east
        y += north
      }
      return { time, longitude, latitude, ...(accuracy === undefined ? {} : { accuracyMetres: accuracy }) }
    })
  })
