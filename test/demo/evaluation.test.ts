/** The division in force, put on atoms and judged: against what the drawing counts from the points and lines themselves. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Atoms } from '../../server/core/planning/atoms/input.ts'
import { makeAtoms } from '../../server/core/planning/atoms/make-atoms.ts'
import { barriersOfRoads, barriersOfWater } from '../../server/core/planning/barrier-rank.ts'
import {
  gridOfHouseholds,
  groundBetween,
  groundOfAtoms,
} from '../../server/core/planning/compare-plans-ground.ts'
import { drawingOf } from '../../server/core/planning/drawing/build-drawing.ts'
import type { Drawing } from '../../server/core/planning/drawing/drawing.ts'
import { evaluatePlan, type PlanCard } from '../../server/core/planning/evaluate-plan.ts'
import type { Assignment, PlanGrid, PlanHousehold } from '../../server/core/planning/values.ts'
import { demoRows, gridsOn, truths } from './demo-township.ts'

let atoms: Atoms
let grids: PlanGrid[]
let assignment: Assignment
let card: PlanCard
let drawing: Drawing

beforeAll(async () => {
  const areas = await demoRows('areas')
  const land = await demoRows('land')
  const households = (await demoRows('households')).map(
    ({ id, longitude, latitude, members, mustVisit }): PlanHousehold => ({
      id,
      longitude,
      latitude,
      persons: members ?? 1,
      mustVisit,
    }),
  )
  atoms = makeAtoms({
    villages: areas
      .filter(({ level }) => level === 'village')
      .map(({ code, boundary }) => ({ code, boundary: boundary! })),
    barriers: [
      ...barriersOfRoads(await demoRows('roads')),
      ...barriersOfWater(land.filter(({ kind }) => kind === 'water')),
    ],
    sites: [],
    naturalVillages: [],
    buildings: [],
    households,
  })
  const rows = await gridsOn('2026-10-01')
  grids = rows.map(({ code, name, kind, villageCode }) => ({
    code,
    name: name ?? null,
    kind: kind ?? 'ordinary',
    village: villageCode!,
    parent: null,
    locked: false,
  }))
  assignment = mostGround(rows.map(({ code, boundary }) => ({ code, geometry: boundary })))
  card = evaluatePlan(atoms.graph, grids, assignment, { band: truths.division.size_band })
  drawing = drawingOf(atoms.graph, grids, assignment, households)
})

/** Each atom to the grid of its village that most of it lies in. */
function mostGround(shapes: Parameters<typeof groundBetween>[1]): Assignment {
  const byAtom = new Map<string, { code: string; area: number }>()
  const pieces = atoms.graph.atoms.map(({ id, geometry }) => ({ code: id, geometry }))
  for (const { from, to, areaSquareMetres: area } of groundBetween(pieces, shapes))
    if (from !== null && to !== null && area > (byAtom.get(from)?.area ?? 0))
      byAtom.set(from, { code: to, area })
  return atoms.graph.atoms.map(({ id, village }) => {
    const code = byAtom.get(id)?.code
    return code?.startsWith(village) ? code : null
  })
}

describe('the card of the division in force', () => {
  test('agrees with what the drawing counts', () => {
    expect(card.grids).toHaveLength(40)
    for (const one of card.grids) {
      const figures = drawing.figures.get(one.grid.code)!
      const { households, persons, mustVisit, parts } = figures
      expect(one).toMatchObject({ households, persons, mustVisit, parts })
      expect(one.areaSquareMetres).toBeCloseTo(figures.areaSquareMetres, 3)
      expect(one.perimeterMetres).toBeCloseTo(figures.perimeterMetres, 3)
      expect(one.polsbyPopper ?? -1).toBeCloseTo(figures.compactness ?? -1, 9)
      expect(one.barrierShare ?? -1).toBeCloseTo(figures.barrierShare ?? -1, 6)
      expect(one.namedShare ?? -1).toBeCloseTo(figures.namedShare ?? -1, 6)
      expect(one.neighbours.map(({ code }) => code)).toEqual(figures.neighbours.map(({ grid }) => grid))
      for (const [i, { sharedMetres }] of one.neighbours.entries())
        expect(sharedMetres).toBeCloseTo(figures.neighbours[i]!.lengthMetres, 3)
    }
  })

  test('has every household once, and its boundaries along streets', () => {
    const counted = card.grids.reduce((sum, one) => sum + one.households, 0)
    expect(counted + card.unassigned.households).toBe(12_000)
    const town = card.grids.filter(({ grid }) => grid.village === '990427103001' && grid.kind === 'ordinary')
    for (const one of town) expect(one.drawnBarrierShare).toBeGreaterThan(0.5)
  })
})

test('a grid that goes to its neighbour is the ground of its atoms, and its households', async () => {
  const [from, to] = [
    truths.division.change.from.replace(/06$/, '05'),
    truths.division.change.to.replace(/05$/, '04'),
  ]
  const after = assignment.map((code) => (code === from ? to : code))
  const moved = groundOfAtoms(atoms.graph, assignment, after).filter((share) => share.from !== share.to)
  const area = card.grids.find(({ grid }) => grid.code === from)!.areaSquareMetres
  expect(moved).toMatchObject([{ from, to }])
  expect(moved[0]!.areaSquareMetres).toBeCloseTo(area, 6)
  // The atoms place the households as the polygons made of them do.
  const places = gridOfHouseholds(
    (await demoRows('households')).map(({ id, longitude, latitude }) => ({ id, longitude, latitude })),
    atoms.graph.atoms.flatMap(({ id, geometry }) => ({ code: id, geometry })),
  )
  const mine = [...places.values()].map((id) => atoms.graph.atoms.findIndex((atom) => atom.id === id))
  expect(mine).toEqual([...atoms.atomOfHousehold])
})
