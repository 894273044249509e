/** The demo township's grids, hand-drawn with planted faults, as a plan on its street blocks. */
import { beforeAll, describe, expect, test } from 'vitest'
import { makeAtoms } from '../../../server/core/planning/atoms/make-atoms.ts'
import { barriersOfRoads, barriersOfWater } from '../../../server/core/planning/barrier-rank.ts'
import { groundBetween } from '../../../server/core/planning/compare-plans-ground.ts'
import { checkDrawing, checkEdit } from '../../../server/core/planning/drawing/check-edit.ts'
import { fromJson, toJson } from '../../../server/core/planning/drawing/drawing-json.ts'
import { gridPolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import { importDivision } from '../../../server/core/planning/drawing/import-division.ts'
import type { PlanHousehold } from '../../../server/core/planning/values.ts'
import type { Grid } from '../../../server/core/values.ts'
import { demoRows, truths } from '../../demo/demo-township.ts'
import { made } from './drawing-town.ts'

let imported: ReturnType<typeof importDivision>
let given: readonly Grid[]

beforeAll(async () => {
  const areas = await demoRows('areas')
  const land = await demoRows('land')
  const rows = await demoRows('grids')
  // The division of today: of a code with two versions the later one.
  const newest = new Map<string, (typeof rows)[number]>()
  for (const row of rows.toSorted((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1)))
    newest.set(row.code, row)
  const households = (await demoRows('households')).map(
    ({ id, longitude, latitude, members, mustVisit }): PlanHousehold => ({
      id,
      longitude,
      latitude,
      persons: members ?? 1,
      mustVisit: mustVisit ?? false,
    }),
  )
  const grids = [...newest.values()]
  const { graph } = makeAtoms({
    villages: areas
      .filter(({ level }) => level === 'village')
      .map(({ code, boundary }) => ({ code, boundary: boundary! })),
    barriers: [
      ...barriersOfRoads(await demoRows('roads')),
      ...barriersOfWater(land.filter(({ kind }) => kind === 'water')),
    ],
    sites: grids
      .filter(({ kind }) => kind === 'dedicated')
      .map(({ code, boundary }) => ({ id: code, name: null, geometry: boundary })),
    naturalVillages: [],
    buildings: [],
    households,
    held: grids.map(({ boundary }) => boundary),
  })
  given = grids.map(({ code, boundary }) => ({ code, geometry: boundary }))
  imported = importDivision({
    graph,
    grids: grids.map(({ code, name, kind, villageCode, boundary }) => ({
      grid: {
        code,
        name: name ?? null,
        kind: kind ?? 'ordinary',
        village: villageCode!,
        parent: null,
        locked: false,
      },
      geometry: boundary,
    })),
    households,
  })
})

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

describe('the demo township, imported', () => {
  test('has every household in one atom and comes back from text as it was', () => {
    const { drawing } = imported
    expect(drawing.unplaced).toEqual([])
    expect(drawing.atoms.reduce((sum, atom) => sum + (atom?.households.length ?? 0), 0)).toBe(12_000)
    expect(toJson(fromJson(toJson(drawing)))).toBe(toJson(drawing))
  })

  test('moves no line between grids in force, though each street was drawn twice, centimetres to metres apart', () => {
    const planned = [...gridPolygons(imported.drawing)].map(([code, geometry]) => ({ code, geometry }))
    const exchanged = groundBetween(given, planned).filter(
      ({ from, to, isThread }) => from !== null && to !== null && from !== to && !isThread,
    )
    // But where two grids overlap: of that ground one loses its part.
    const contested = truths.division.problems.filter(({ code }) => code === 'overlap')
    const pairOf = (codes: readonly (string | null)[]): string => codes.map(String).toSorted(byText).join()
    expect(exchanged.map(({ from, to }) => pairOf([from, to])).toSorted(byText)).toEqual(
      contested.map(({ grids }) => pairOf(grids)).toSorted(byText),
    )
  })

  test('keeps no overlap; what is still wrong are the gaps, and those are in the residue', () => {
    const { drawing, residue } = imported
    const problems = checkDrawing(drawing)
    const codes = new Set(problems.map(({ code }) => code))
    expect([...codes].filter((code) => !['gap', 'hole', 'inlet'].includes(code))).toEqual([])
    const open = residue.filter((one) => one.given === null)
    const sum = (list: readonly { readonly areaSquareMetres: number | null }[]): number =>
      list.reduce((total, one) => total + one.areaSquareMetres!, 0)
    expect(Math.abs(sum(problems) - sum(open))).toBeLessThan(0.01)
    expect(residue.some(({ kind }) => kind === 'overlap')).toBe(true)
  })

  test('is whole when the open ground is given to its neighbours', () => {
    let { drawing } = imported
    for (const atom of imported.drawing.atoms) {
      if (!atom || atom.grid !== null) continue
      const [grid] = [...drawing.grids.values()].filter(
        (one) => one.kind === 'ordinary' && one.village === atom.village,
      )
      const edited = made(drawing, { type: 'assign', atoms: [atom.id], grid: grid!.code })
      drawing = edited.drawing
      const found = checkEdit(drawing, edited.touched.grids).map(({ code }) => code)
      expect(found.filter((code) => code === 'overlap' || code === 'unmatched_edge')).toEqual([])
    }
    const codes = new Set(checkDrawing(drawing).map(({ code }) => code))
    expect([...codes].filter((code) => code !== 'disconnected_part' && code !== 'sliver')).toEqual([])
  })
})
