import type { Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision, type Problem } from '../../../server/core/coverage/check-division.ts'
import {
  geometryFingerprint,
  type ProblemException,
  problemLives,
} from '../../../server/core/coverage/problem-life.ts'
import { by, cells, inCell, named, onNorthSide, outlineOf, withVertexMoved } from './planted-faults.ts'

/** The one problem of a division with a gap of a given depth. */
function gap(depth: number): Problem {
  const polygons = cells(5)
  const { moved } = withVertexMoved(polygons, inCell, onNorthSide, by(depth))
  return checkDivision({ grids: named(moved), within: outlineOf(polygons) }).problems[0]!
}
const problem = gap(0.2)
const exception = (change: Partial<ProblemException> = {}): ProblemException => ({
  problem: problem.id,
  code: problem.code,
  grids: problem.grids,
  fingerprint: geometryFingerprint(problem.geometry),
  author: '王主任',
  reason: '河道，待与水利站商定',
  expires: '2026-12-01',
  ...change,
})
const status = (
  problems: readonly Problem[],
  exceptions: readonly ProblemException[],
  today: string,
): string[] => problemLives(problems, exceptions, today).map((life) => life.status)

describe('the life of a problem', () => {
  test('open, excepted until its day, expired from that day on', () => {
    expect(status([problem], [], '2026-11-01')).toEqual(['open'])
    expect(status([problem], [exception()], '2026-11-30')).toEqual(['excepted'])
    expect(status([problem], [exception()], '2026-12-01')).toEqual(['expired'])
    expect(status([problem], [exception({ expires: null })], '2099-01-01')).toEqual(['excepted'])
  })

  test('a renewed exception counts, the old one does not', () => {
    const both = [exception(), exception({ expires: '2027-06-01', author: '李站长' })]
    const [life] = problemLives([problem], both, '2027-01-01')
    expect(life).toMatchObject({ status: 'excepted', exception: { author: '李站长' } })
  })

  test('reopened when its geometry is another, under the same id or a new one', () => {
    expect(status([problem], [exception({ fingerprint: 'another' })], '2026-11-01')).toEqual(['reopened'])
    const larger = gap(0.35)
    expect(larger.id).not.toBe(problem.id)
    expect(status([larger], [exception()], '2026-11-01')).toEqual(['reopened'])
  })

  test('gone when it is no longer found', () => {
    expect(problemLives([], [exception()], '2026-11-01')).toMatchObject([{ status: 'gone', problem: null }])
    const elsewhere = { ...problem, id: 'other', grids: ['g01', 'g02'] }
    expect(status([elsewhere], [exception()], '2026-11-01')).toEqual(['open', 'gone'])
  })
})

test('a fingerprint does not depend on where rings begin or how parts are ordered, but on every vertex to a centimetre', () => {
  const square = (x: number): Position[] => [
    [x, 28],
    [x + 0.01, 28],
    [x + 0.01, 28.01],
    [x, 28],
  ]
  const polygon = (ring: Position[]): Polygon => ({ type: 'Polygon', coordinates: [ring] })
  const ring = square(112)
  const turned = [...ring.slice(1), ring[1]!]
  expect(geometryFingerprint(polygon(turned))).toBe(geometryFingerprint(polygon(ring)))
  const parts = [[square(112)], [square(113)]]
  expect(geometryFingerprint({ type: 'MultiPolygon', coordinates: parts.toReversed() })).toBe(
    geometryFingerprint({ type: 'MultiPolygon', coordinates: parts }),
  )
  const moved = (degrees: number): string =>
    geometryFingerprint(polygon(ring.with(1, [ring[1]![0]! + degrees, ring[1]![1]!])))
  expect(moved(1e-10)).toBe(geometryFingerprint(polygon(ring)))
  expect(moved(1e-6)).not.toBe(geometryFingerprint(polygon(ring)))
  expect(geometryFingerprint(null)).toBe('')
})
