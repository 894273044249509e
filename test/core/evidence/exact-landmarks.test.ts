import { expect, test } from 'vitest'
import { exactLandmarks } from '../../../server/core/evidence/exact-landmarks.ts'
import { trackOf } from '../../../server/core/evidence/track.ts'
import { mulberry32 } from '../../../server/core/planning/random.ts'
import { usualEvidence } from '../../../server/core/policy/evidence-policy.ts'
import type { Fix } from '../../../server/core/values.ts'
import { normal, observeWay, readFixes, TrueWay } from '../../support/simulate-days.ts'

const day = '2026-10-08'
const way = new TrueWay(8 * 3600, [0, 0])
for (let i = 1; way.now < 10 * 3600; i++) way.to([(i % 2) * 700, i * 40], 1.2)
const fixes = observeWay(
  way,
  day,
  { everySeconds: 10, sigmaMetres: 6, isConstant: false, decimals: 7 },
  mulberry32(1),
  0,
)
const landmarksOf = (of: readonly Fix[]): [number, number][] => {
  const found = exactLandmarks(trackOf('a', readFixes('a', day, of).read, usualEvidence))
  return found.flatMap((hash, k) => (k % 2 === 0 ? [[hash, found[k + 1]!] as [number, number]] : []))
}

test('the same fixes at another time have the same hashes, so much later; some every few minutes', () => {
  const landmarks = landmarksOf(fixes)
  // Two hours of a fix in about 11 s are some 650 steps, of which one in sixteen begins a run.
  expect(landmarks.length).toBeGreaterThan(15)
  expect(landmarks.length).toBeLessThan(90)
  const later = fixes.map((fix) => ({ ...fix, time: fix.time + 3_607_000 }))
  expect(landmarksOf(later)).toEqual(landmarks.map(([hash, second]) => [hash, second + 3607]))
})

test('a part of them has those of the part; another phone of the same walk has none', () => {
  const known = new Set(landmarksOf(fixes).map(([hash]) => hash))
  const part = landmarksOf(fixes.slice(200, 400))
  expect(part.length).toBeGreaterThan(3)
  expect(part.filter(([hash]) => !known.has(hash))).toEqual([])
  const random = mulberry32(2)
  const other = fixes.map((fix) => ({ ...fix, longitude: fix.longitude + 3e-5 * normal(random) }))
  expect(landmarksOf(other).filter(([hash]) => known.has(hash))).toEqual([])
})
