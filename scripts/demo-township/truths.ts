/** Every planted fact, measured on what is published, so that a check of the files must find these and nothing else. */
import { closedRing, ringAreaSquareMetres, toDegrees } from './frame.ts'
import { required } from './patrols.ts'
import type { Plant } from './plants.ts'
import { sizeBand } from './population.ts'
import { changeDay, type Township } from './township.ts'
import { isInRings } from './track.ts'
import { swapDay } from './workers.ts'

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals))

function plantTruth({ code, grids, ring, households }: Plant): object {
  if (code === 'unmatched_edge') return { code, grids, line: ring.map((p) => toDegrees(p)) }
  const closed = closedRing(ring)
  return { code, grids, area_m2: rounded(ringAreaSquareMetres(closed), 2), households, ring: closed }
}

export function truthsOf(t: Township): object {
  const count = (code: string): number => t.plants.filter((plant) => plant.code === code).length
  const gridsOf = t.households.map(({ id, at }) => ({
    id,
    grids: t.outlines.filter(({ rings }) => isInRings(at, rings)).map(({ code }) => code),
  }))
  const inNone = gridsOf.filter(({ grids }) => grids.length === 0).map(({ id }) => id)
  const inSeveral = gridsOf.filter(({ grids }) => grids.length > 1).map(({ id }) => id)
  const sizes = t.division.grids.map(({ code, kind }) => ({
    grid: code,
    kind,
    households: gridsOf.filter(({ grids }) => grids.includes(code)).length,
  }))
  const ordinary = sizes.filter(({ kind }) => kind === 'ordinary')
  const fixes = t.days.reduce((sum, day) => sum + day.fixes.length, 0)
  return {
    about:
      'What is planted in the demo township. Areas on the WGS 84 ellipsoid; hours and kilometres of the true tracks, without any error of measurement.',
    counts: {
      villages: t.division.villages.length,
      grids: t.division.grids.length,
      grid_versions: t.outlines.length + t.laterOutlines.length,
      natural_villages: t.hamlets.length,
      buildings: t.buildings.length,
      roads: t.roads.length,
      land: t.land.length,
      households: t.households.length,
      must_visit: t.households.filter((h) => h.mustVisit).length,
      persons: t.households.reduce((sum, h) => sum + h.members, 0),
      places: t.places.length,
      workers: t.teams.workers.length,
      assignments: t.teams.assignments.length,
      roster: t.teams.roster.length,
      visits: t.days.reduce((sum, day) => sum + day.visits.length, 0),
      incidents: t.incidents.length,
      fixes,
      worker_days: t.days.length,
    },
    division: {
      /** The two changed grids have no planted error: the same is to be found before and after the change. */
      change: { day: changeDay, from: t.change.from, to: t.change.to, households: t.change.households },
      counts: {
        gap: count('gap'),
        overlap: count('overlap'),
        hole: count('hole'),
        inlet: count('inlet'),
        unmatched_edge: count('unmatched_edge'),
        household_in_none: inNone.length,
        household_in_several: inSeveral.length,
        households_below: ordinary.filter(({ households }) => households < sizeBand.from).length,
        households_above: ordinary.filter(({ households }) => households > sizeBand.to).length,
      },
      problems: t.plants.map(plantTruth),
      household_in_none: inNone,
      household_in_several: inSeveral,
      size_band: sizeBand,
      households_below: ordinary
        .filter(({ households }) => households < sizeBand.from)
        .map(({ grid, households }) => ({ grid, households })),
      households_above: ordinary
        .filter(({ households }) => households > sizeBand.to)
        .map(({ grid, households }) => ({ grid, households })),
    },
    roster: { without_contact: t.teams.withoutContact },
    reassignment: { day: swapDay, workers: t.teams.swapped },
    patrols: {
      rule: required,
      met: t.days.filter(({ isMet }) => isMet).length,
      not_met: t.days.filter(({ isMet }) => !isMet).length,
      absent: t.absent,
      days: t.days.map(({ worker, date, grid, label, of, truth, isMet }) => ({
        worker,
        date,
        grid,
        label,
        of,
        met: isMet,
        inside_hours: rounded(truth.insideHours, 3),
        inside_km: rounded(truth.insideKilometres, 3),
        outside_hours: rounded(truth.outsideHours, 3),
        unobserved_hours: rounded(truth.unobservedHours, 3),
      })),
    },
    hot_spots: t.hotSpots.map((spot) => {
      const [lon, lat] = toDegrees(spot.centre, 6)
      return {
        name: spot.name,
        lon,
        lat,
        radius_m: spot.radiusMetres,
        category: spot.category,
        from: spot.from,
        to: spot.to,
        incidents: spot.planted,
        resolution: 9,
      }
    }),
  }
}
