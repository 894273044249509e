/** Streets and the vertices of a village's outline beside which they cross it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meetCorners } from '../../../server/core/planning/atoms/meet-corners.ts'
import { at, atomsOf, box, line, ring } from './atoms-cases.ts'

/** A vertex on the east side of the village, where the neighbours' line ends. */
const outline = ring([0, 0], [4, 0], [4, 2], [4, 4], [0, 4])
const corner = at([4, 2])
/** Metres of latitude in steps of 0.001°. */
const metres = (length: number): number => length / 110.8

describe('a street that passes a vertex of the outline', () => {
  test('closer than 0.1 m goes through it, and its line ends there', () => {
    const street = line('r', 'residential', [-1, 2 + metres(0.05)], [5, 2 + metres(0.05)])
    expect(meetCorners([outline], [street], 0.1)[0]!.path).toEqual([street.path[0], corner, street.path[1]])
    const { graph } = atomsOf({ villages: [{ code: 'A', boundary: outline }], barriers: [street] })
    expect(graph.atoms).toHaveLength(2)
    for (const { geometry } of graph.atoms) {
      const onSide = geometry.coordinates[0]!.filter(([x]) => x === corner[0])
      expect(onSide).toContainEqual([...corner])
      expect(new Set(onSide.map(String)).size).toBe(2)
    }
  })

  test('farther away is left as it is, the very same object', () => {
    const street = line('r', 'residential', [-1, 2 + metres(0.15)], [5, 2 + metres(0.15)])
    expect(meetCorners([outline], [street], 0.1)[0]).toBe(street)
  })

  test('with a vertex of its own: that one moves, for every street that has it', () => {
    const junction = [4 + metres(0.04), 2 - metres(0.05)] as const
    const streets = [line('r', 'residential', [1, 1], junction), line('s', 'residential', junction, [5, 3])]
    const [r, s] = meetCorners([outline], streets, 0.1)
    expect(r!.path).toEqual([at([1, 1]), corner])
    expect(s!.path).toEqual([corner, at([5, 3])])
  })

  test('no point of it is moved by more than that, wherever it runs', () => {
    const step = fc.tuple(
      fc.double({ min: -1, max: 5, noNaN: true }),
      fc.double({ min: 1.999, max: 2.001, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
        const street = line('r', 'residential', ...steps)
        const [met] = meetCorners([outline, box(4, 0, 8, 4)], [street], 0.1)
        // Every vertex is one of its own or one of the outline within 0.1 m of it.
        const own = new Set(street.path.map(String))
        const led = met!.path.filter((place) => !own.has(String(place)))
        expect(led.filter((place) => nearestMetres(street.path, place) > 0.1 + 1e-6)).toEqual([])
        expect(
          atomsOf({ villages: [{ code: 'A', boundary: outline }], barriers: [met!] }).graph.atoms,
        ).not.toEqual([])
      }),
    )
  })
})

/** Metres from a place to a path, in the plane around the place; 28° north. */
function nearestMetres(
  path: readonly (readonly [number, number])[],
  [x, y]: readonly [number, number],
): number {
  const [east, north] = [98_364, 110_838]
  let nearest = Infinity
  for (let i = 1; i < path.length; i++) {
    const [ax, ay] = [(path[i - 1]![0] - x) * east, (path[i - 1]![1] - y) * north]
    const [ux, uy] = [(path[i]![0] - x) * east - ax, (path[i]![1] - y) * north - ay]
    const part = Math.min(1, Math.max(0, -(ax * ux + ay * uy) / (ux * ux + uy * uy || 1)))
    nearest = Math.min(nearest, Math.hypot(ax + part * ux, ay + part * uy))
  }
  return nearest
}
