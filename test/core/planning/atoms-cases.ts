/** Small towns drawn by hand on a lattice: a step is 0.001°, here some 98 m east and 111 m north. */
import type { Polygon } from 'geojson'
import type { AtomInput, AtomNoteCode, Atoms } from '../../../server/core/planning/atoms/input.ts'
import { makeAtoms } from '../../../server/core/planning/atoms/make-atoms.ts'
import { barrierOf } from '../../../server/core/planning/barrier-rank.ts'
import type { Atom, AtomBorder, Barrier, PlanHousehold, Site } from '../../../server/core/planning/values.ts'
import type { LngLat } from '../../../server/core/values.ts'

export type Step = readonly [x: number, y: number]

export const at = ([x, y]: Step): LngLat => [112 + x / 1000, 28 + y / 1000]

export const ring = (...steps: Step[]): Polygon => ({
  type: 'Polygon',
  coordinates: [[...steps, steps[0]!].map((step) => [...at(step)])],
})

export const box = (west: number, south: number, east: number, north: number): Polygon =>
  ring([west, south], [east, south], [east, north], [west, north])

/** A barrier of an OpenStreetMap class through some steps; its name is its id. */
export const line = (id: string, word: string, ...steps: Step[]): Barrier => ({
  ...barrierOf(word)!,
  id,
  name: id,
  path: steps.map(at),
})

export const site = (id: string, geometry: Polygon): Site => ({ id, name: null, geometry })

/** Households in a row, evenly between two steps. */
export const row = (prefix: string, count: number, from: Step, to: Step): PlanHousehold[] =>
  Array.from({ length: count }, (_, i) => {
    const t = (i + 0.5) / count
    const [longitude, latitude] = at([from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])])
    return { id: `${prefix}${i}`, longitude, latitude, persons: 3, mustVisit: i === 0 }
  })

/** The atoms of one village `A`, four steps square, unless others are given. */
export const atomsOf = (input: Partial<AtomInput>): Atoms =>
  makeAtoms({
    villages: [{ code: 'A', boundary: box(0, 0, 4, 4) }],
    barriers: [],
    sites: [],
    naturalVillages: [],
    buildings: [],
    households: [],
    ...input,
  })

export const codes = ({ notes }: Atoms): AtomNoteCode[] => notes.map(({ code }) => code)

/** The atom whose box has its middle nearest to a step. */
export function atomNear({ graph }: Atoms, step: Step): Atom {
  const [x, y] = at(step)
  const distance = ({ geometry }: Atom): number => {
    const xs = geometry.coordinates[0]!.map((p) => p[0]!)
    const ys = geometry.coordinates[0]!.map((p) => p[1]!)
    const [mx, my] = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]
    return Math.hypot(mx - x, my - y)
  }
  return graph.atoms.toSorted((p, q) => distance(p) - distance(q))[0]!
}

export function borderOf({ graph }: Atoms, one: Atom, other: Atom): AtomBorder | undefined {
  const [i, j] = [graph.atoms.indexOf(one), graph.atoms.indexOf(other)]
  return graph.borders.find(({ a, b }) => a === Math.min(i, j) && b === Math.max(i, j))
}
