import { describe, expect, it } from 'vitest'
import { pathLengthMetres } from '../../../server/core/planning/drawing/along-path.ts'
import { snapToStreets } from '../../../server/core/planning/drawing/snap-to-streets.ts'
import type { Barrier } from '../../../server/core/planning/values.ts'
import type { LngLat } from '../../../server/core/values.ts'
import { at } from './drawing-squares.ts'

const street = (id: string, path: Barrier['path']): Barrier => ({
  id,
  kind: 'road',
  name: id,
  rank: 3,
  crossable: true,
  path,
})

/** A bend in two steps, and a straight street half a square (56 m) beside its end. */
const bend = street('弯街', [at(0, 0), at(1, 0), at(1, 1), at(2, 1)])
const straight = street('直街', [at(3, 0), at(3, 3)])

/** To 1e-12 degrees: the foot of a perpendicular has rounding in it. */
const rounded = (path: readonly LngLat[]): LngLat[] =>
  path.map(([x, y]) => [Number(x.toFixed(12)), Number(y.toFixed(12))])

describe('snapToStreets', () => {
  it('lays a line on the street, with the street’s own vertices between', () => {
    // A unit is 111 m: 0.02 of it are 2.2 m.
    const drawn = [at(0.5, 0.02), at(1.5, 1.02)]
    const { path, street: found } = snapToStreets(drawn, [straight, bend], 5)
    expect(rounded(path)).toEqual([at(0.5, 0), at(1, 0), at(1, 1), at(1.5, 1)])
    expect(found).toBe(bend)
  })

  it('runs against the street as well', () => {
    const { path } = snapToStreets([at(1.5, 1.02), at(0.5, 0.02)], [bend], 5)
    expect(rounded(path)).toEqual([at(1.5, 1), at(1, 1), at(1, 0), at(0.5, 0)])
  })

  it('does not repeat a vertex it starts or ends on', () => {
    const { path } = snapToStreets([at(1, 0.01), at(0.99, 1.01)], [bend], 5)
    expect(rounded(path)).toEqual([at(1, 0.01), at(1, 1)])
  })

  it('leaves what is near no street as drawn, and names a street only for most of the way', () => {
    const drawn = [at(0.5, 0.02), at(0.8, 0.02), at(0.8, 3)]
    const { path, street: found } = snapToStreets(drawn, [bend], 5)
    expect(rounded(path)).toEqual([at(0.5, 0), at(0.8, 0), at(0.8, 3)])
    expect(found).toBeNull()
    expect(snapToStreets([at(5, 5), at(6, 6)], [bend], 5)).toEqual({
      path: [at(5, 5), at(6, 6)],
      street: null,
    })
    expect(snapToStreets([], [bend], 5)).toEqual({ path: [], street: null })
  })

  it('goes straight from one street to another', () => {
    const { path, street: found } = snapToStreets(
      [at(1.8, 1.01), at(2.99, 1.5), at(2.99, 2.9)],
      [bend, straight],
      5,
    )
    expect(rounded(path)).toEqual([at(1.8, 1), at(3, 1.5), at(3, 2.9)])
    // 1.3 off any street against 1.4 on 直街.
    expect(pathLengthMetres(path.slice(0, 2).flat())).toBeLessThan(pathLengthMetres(path.slice(1).flat()))
    expect(found).toBe(straight)
  })
})
