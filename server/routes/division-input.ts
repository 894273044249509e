/** The division in force as it is checked and repaired, with all that it is judged by. */
import type { DivisionGrid, DivisionInput } from '../core/coverage/report.ts'
import type { AreaScope } from '../db/areas.ts'
import { loadDivision } from '../db/grids.ts'
import { listHouseholdPoints } from '../db/households.ts'
import { listNaturalVillages, listPlanBuildings } from '../db/plan-ground.ts'
import type { Scoped } from '../db/scoped.ts'
import { loadBand } from './grids.ts'

/** @param moment a day and the instant whose grids count for it, as `momentOf` gives them */
export async function loadDivisionInput(
  db: Scoped,
  area: AreaScope,
  { day, at }: { readonly day: string; readonly at: number },
): Promise<DivisionInput> {
  const grounds = area.towns.map((town) => ({
    town,
    // A county's ground is that of its towns.
    area: area.level === 'county' ? town : area.code,
    village: area.village,
  }))
  const [grids, households, band, villages, buildings] = await Promise.all([
    loadDivision(db, area, at),
    listHouseholdPoints(db, area),
    loadBand(db, area, day),
    Promise.all(grounds.map((ground) => listNaturalVillages(db, ground))),
    Promise.all(grounds.map((ground) => listPlanBuildings(db, ground))),
  ])
  return {
    grids: grids.map(
      ({ code, geometry, kind, parent }): DivisionGrid => ({
        code,
        geometry,
        kind,
        codeDeclared: true,
        ...(parent !== null && { parent }),
      }),
    ),
    households,
    villages: villages.flat(),
    buildings: buildings.flat(),
    ...(area.boundary && { within: area.boundary }),
    ...(band && { sizes: band.size }),
  }
}
