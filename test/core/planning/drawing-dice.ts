/** Random edits for the property tests of drawings: dice, read against the drawing as it is when their turn comes. */
import fc from 'fast-check'
import type { Position } from 'geojson'
import { polygonsOf } from '../../../server/core/coverage/ring-table.ts'
import type { Drawing } from '../../../server/core/planning/drawing/drawing.ts'
import type { Edit } from '../../../server/core/planning/drawing/edit.ts'
import { gridPolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import { atomPolygon } from '../../../server/core/planning/drawing/ring-paths.ts'
import type { LngLat } from '../../../server/core/values.ts'

/** Dice that a step reads until it has made up an edit. */
export interface Step {
  readonly kind: number
  readonly pick: readonly number[]
  readonly shift: readonly [number, number]
}

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.nat(13),
    pick: fc.array(fc.nat(100_000), { minLength: 4, maxLength: 4 }),
    // Degrees; an atom is 0.004 wide and its vertices 0.001 apart.
    shift: fc.tuple(
      fc.double({ min: -0.003, max: 0.003, noNaN: true }),
      fc.double({ min: -0.003, max: 0.003, noNaN: true }),
    ),
  }),
  { minLength: 1, maxLength: 40, size: '+1' },
)

const of = <T>(list: readonly T[], pick: number): T => list[pick % list.length]!

function numbersOf(list: readonly unknown[]): number[] {
  return list.flatMap((one, number) => (one === null ? [] : [number]))
}

/** An edit of the drawing as it is; many are refused, which is meant. */
export function editOf(drawing: Drawing, { kind, pick, shift }: Step, serial: number): Edit {
  const [p, q, r, s] = pick as [number, number, number, number]
  const arc = of(numbersOf(drawing.arcs), p)
  const { path } = drawing.arcs[arc]!
  const vertex = q % (path.length / 2)
  // Half of the moves are small, so that many are made.
  const scale = r % 2 === 0 ? 0.1 : 1
  const near: LngLat = [path[2 * vertex]! + scale * shift[0], path[2 * vertex + 1]! + scale * shift[1]]
  // Beside the middle of the segment after the vertex.
  const after = 2 * Math.min(vertex, path.length / 2 - 2)
  const beside: LngLat = [
    (path[after]! + path[after + 2]!) / 2 + 0.05 * shift[0],
    (path[after + 1]! + path[after + 3]!) / 2 + 0.05 * shift[1],
  ]
  const codes = [...drawing.grids.keys()]
  const ordinary = codes.filter((code) => drawing.grids.get(code)!.kind !== 'microgrid')
  const micro = codes.filter((code) => drawing.grids.get(code)!.kind === 'microgrid')
  const empty = codes.filter((code) => drawing.figures.get(code)!.atoms === 0)
  const grid = of(ordinary, r)
  const atomNumber = of(numbersOf(drawing.atoms), p)
  const atom = drawing.atoms[atomNumber]!
  const [home] = atomPolygon(drawing, atom).coordinates
  const across = (ring: readonly Position[], one: number, other: number): LngLat[] => {
    const [a, b] = [of(ring, one) as [number, number], of(ring, other) as [number, number]]
    const [dx, dy] = [(b[0] - a[0]) / 5, (b[1] - a[1]) / 5]
    return [
      [a[0] - dx, a[1] - dy],
      [(a[0] + b[0]) / 2 + shift[0] / 20, (a[1] + b[1]) / 2 + shift[1] / 20],
      [b[0] + dx, b[1] + dy],
    ]
  }
  switch (kind) {
    case 0:
      return { type: 'assign', atoms: [atom.id], grid: s % 5 === 0 ? null : grid }
    case 1:
    case 2:
    case 3:
      return { type: 'move-vertex', vertex: { arc, vertex: s % 3 === 0 ? 0 : vertex }, to: near }
    case 4:
      return { type: 'insert-vertex', arc, after: vertex, at: beside }
    case 5:
      return { type: 'delete-vertex', vertex: { arc, vertex } }
    case 6: {
      const street = s % 2 === 0 ? { street: { name: '东街', rank: 3 } } : {}
      return { type: 'reshape', arc, from: vertex, to: vertex + 1 + (s % 3), path: [beside], ...street }
    }
    case 7: {
      const cut = of(codes, r)
      const ground = gridPolygons(drawing, [cut]).get(cut)
      return {
        type: 'split-grid',
        grid: cut,
        line: across(ground ? polygonsOf(ground)[0]![0]! : home!, q, s),
        code: `new-${serial}`,
        name: null,
        side: r % 2 ? 'left' : 'right',
      }
    }
    case 8:
      return { type: 'split-atom', atom: atom.id, line: across(home!, q, s) }
    case 9:
      return { type: 'merge-grids', into: grid, grids: [of(ordinary, s)] }
    case 10: {
      const [x, y] = near
      const size = 0.0005 + 0.001 * Math.abs(shift[0] / 0.003)
      const ring: LngLat[] = [
        [x, y],
        [x + size, y],
        [x + size, y + size * 0.8],
        [x, y + size],
      ]
      return { type: 'draw-site', site: `site-${serial}`, ring, code: `site-${serial}`, name: '小学' }
    }
    case 11:
      return { type: 'lock', grid, locked: s % 3 === 0 }
    case 12:
      if (micro.length > 0 && s % 3 > 0) {
        const target = drawing.grids.get(of(micro, q))!
        const own = drawing.members.get(target.parent!) ?? []
        return {
          type: 'assign',
          layer: 'microgrid',
          atoms: own.length ? [drawing.atoms[of(own, r)]!.id] : [atom.id],
          grid: target.code,
        }
      }
      return {
        type: 'add-grid',
        grid: {
          code: `m-${serial}`,
          name: null,
          kind: 'microgrid',
          village: drawing.grids.get(grid)!.village,
          parent: grid,
          locked: false,
        },
      }
    default:
      if (s % 3 === 0) return { type: 'set-code', grid, code: `code-${serial}` }
      return s % 3 === 1
        ? { type: 'rename', grid, name: `网格${serial}` }
        : { type: 'remove-grid', grid: of(empty.length > 0 ? empty : codes, q) }
  }
}
