/** A village of square atoms, row by row from the south-west: the smallest graph that plans can be drawn on. */
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import type { Atom, AtomBorder, AtomGraph } from '../../server/core/planning/values.ts'

const STEP_DEGREES = 0.001

export interface LatticeOptions {
  readonly columns: number
  readonly rows: number
  /** What is other than an empty atom of village `v`. */
  readonly atom?: (column: number, row: number) => Partial<Atom>
  /** What is other than a line without a barrier; `upright` between west and east. */
  readonly border?: (column: number, row: number, upright: boolean) => Partial<AtomBorder>
}

/** Atom ids are `row-column`, such as `0-2`. A step is 0.001 degrees: 96.5 m east and 110.9 m north at 120° E 30° N. */
export function latticeGraph({ columns, rows, atom, border }: LatticeOptions): AtomGraph {
  const east = (column: number): number => 120 + column * STEP_DEGREES
  const north = (row: number): number => 30 + row * STEP_DEGREES
  const atoms: Atom[] = []
  const borders: AtomBorder[] = []
  const line = (a: number, b: number, c: number, r: number, upright: boolean): void => {
    const [toColumn, toRow] = upright ? [c, r + 1] : [c + 1, r]
    borders.push({
      a,
      b,
      lengthMetres: distanceMetres(east(c), north(r), east(toColumn), north(toRow)),
      barrierMetres: 0,
      name: null,
      rank: null,
      crossable: true,
      ...border?.(c, r, upright),
    })
  }
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const i = atoms.length
      atoms.push({
        id: `${r}-${c}`,
        village: 'v',
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [east(c), north(r)],
              [east(c + 1), north(r)],
              [east(c + 1), north(r + 1)],
              [east(c), north(r + 1)],
              [east(c), north(r)],
            ],
          ],
        },
        site: null,
        group: null,
        households: 0,
        persons: 0,
        mustVisit: 0,
        ...atom?.(c, r),
      })
      if (c > 0) line(i - 1, i, c, r, true)
      if (r > 0) line(i - columns, i, c, r, false)
    }
  return { atoms, borders: borders.toSorted((p, q) => p.a - q.a || p.b - q.b) }
}
