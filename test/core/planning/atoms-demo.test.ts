/** The demo township as a planner would cut it: eight villages at once, roads, river, sites and natural villages. */
import { beforeAll, describe, expect, test } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import type { AtomInput, Atoms } from '../../../server/core/planning/atoms/input.ts'
import { makeAtoms } from '../../../server/core/planning/atoms/make-atoms.ts'
import { barriersOfRoads, barriersOfWater } from '../../../server/core/planning/barrier-rank.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { demoRows } from '../../demo/demo-township.ts'

let input: AtomInput
let atoms: Atoms
let township: AreaGeometry

beforeAll(async () => {
  const areas = await demoRows('areas')
  const land = await demoRows('land')
  township = areas.find(({ level }) => level === 'township')!.boundary!
  input = {
    villages: areas
      .filter(({ level }) => level === 'village')
      .map(({ code, boundary }) => ({ code, boundary: boundary! })),
    barriers: [
      ...barriersOfRoads(await demoRows('roads')),
      ...barriersOfWater(land.filter(({ kind }) => kind === 'water')),
    ],
    sites: (await demoRows('grids'))
      .filter(({ kind }) => kind === 'dedicated')
      .map(({ code, boundary }) => ({ id: code, name: null, geometry: boundary })),
    naturalVillages: (await demoRows('villages')).map(({ id, name, boundary }) => ({
      id,
      name,
      geometry: boundary,
    })),
    buildings: (await demoRows('buildings')).map(({ id, boundary }) => ({
      id,
      name: null,
      geometry: boundary,
    })),
    households: (await demoRows('households')).map(({ id, longitude, latitude, members, mustVisit }) => ({
      id,
      longitude,
      latitude,
      persons: members ?? 1,
      mustVisit: mustVisit ?? false,
    })),
  }
  atoms = makeAtoms(input)
})

describe('the demo township', () => {
  test('is covered once by its atoms, with every household in one', () => {
    const grids = atoms.graph.atoms.map(({ id, geometry }) => ({ code: id, geometry }))
    const report = checkDivision({ grids, within: township, households: input.households })
    expect(report.problems).toEqual([])
    expect(report.households).toEqual({ total: 12_000, inOne: 12_000, inNone: 0, inSeveral: 0 })
    expect(atoms.graph.atoms.reduce((sum, { households }) => sum + households, 0)).toBe(12_000)
  })

  test('each of the eight villages is whole to 1e-6 m² and cut into ten atoms or more', () => {
    expect(input.villages).toHaveLength(8)
    for (const { code, boundary } of input.villages) {
      const own = atoms.graph.atoms.filter(({ village }) => village === code)
      const area = own.reduce((sum, { geometry }) => sum + areaSquareMetres(geometry), 0)
      expect(Math.abs(area - areaSquareMetres(boundary))).toBeLessThan(1e-6)
      expect(own.length).toBeGreaterThanOrEqual(10)
    }
  })

  test('no atom of ordinary ground has more households than a grid may have, and no building is cut', () => {
    const ordinary = atoms.graph.atoms.filter(({ site }) => site === null)
    expect(Math.max(...ordinary.map(({ households }) => households))).toBeLessThan(500)
    // Places are rounded to a centimetre: where one street ends at the middle of another it ends beside it.
    const usual = ['sliver_merged', 'barrier_lengthened']
    expect(atoms.notes.filter(({ code }) => !usual.includes(code))).toEqual([])
  })

  test('the six dedicated sites are atoms of their own ground', () => {
    for (const { id, geometry } of input.sites) {
      const own = atoms.graph.atoms.filter(({ site }) => site === id)
      expect(own).toHaveLength(1)
      expect(own[0]!.group).toBeNull()
      expect(Math.abs(areaSquareMetres(own[0]!.geometry) - areaSquareMetres(geometry))).toBeLessThan(1e-3)
    }
  })

  test('every natural village is one group', () => {
    const groups = new Set(atoms.graph.atoms.flatMap(({ group }) => group ?? []))
    expect(groups).toEqual(new Set(input.naturalVillages.map(({ id }) => id)))
  })
})
