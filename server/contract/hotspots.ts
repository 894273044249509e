/**
 * Hazard density and hot spots: `wangge hotspots --format json|geojson`, and
 * GET /api/areas/{code}/hotspots?from=&to=&category=&resolution=&rings=
 *
 * A `cell` of this message is an H3 cell, what is called a hexagon everywhere else in the product.
 */
import type { FeatureCollection, Polygon } from 'geojson'
import { z } from 'zod'
import type { HazardDensity, Tally } from '../core/hexagons/hazard-density.ts'
import type { WithheldHexagon } from '../core/hexagons/withhold-small.ts'
import type { HotSpotClass } from '../core/statistics/hot-spot-class.ts'
import { daySchema } from './values.ts'

export const hotSpotClasses = [
  'hot_0.01',
  'hot_0.05',
  'hot_0.1',
  'none',
  'cold_0.1',
  'cold_0.05',
  'cold_0.01',
] as const satisfies readonly HotSpotClass[]

const householdTallySchema = z.object({
  total: z.int(),
  counted: z.int(),
  no_position: z.int(),
  outside: z.int().meta({ description: 'Outside the study area, or in no cell of it' }),
  refused: z.int().meta({ description: 'Records that could not be read' }),
})

type HouseholdTally = z.infer<typeof householdTallySchema>

export const hotspotCellSchema = z
  .object({
    h3: z.string(),
    count: z.int(),
    per_km2: z.number().meta({
      description: "Count over the area of this very H3 cell, also where the study area's edge cuts it",
    }),
    rate: z
      .number()
      .nullable()
      .meta({ description: 'Per 1,000 households; null without household data or without households here' }),
    households: z.int().nullable(),
    withheld: z
      .literal(true)
      .optional()
      .meta({ description: 'Households and rate are kept back: too few households, or next to too few' }),
    z: z.number().nullable().meta({ description: 'Null where the statistic is undefined' }),
    p: z.number().nullable().meta({ description: 'Two-sided, never 0' }),
    p_even: z.number().nullable().meta({
      description: 'Two-sided p of the incidents in the neighbourhood if all were spread evenly (binomial)',
    }),
    q: z.number().nullable().meta({
      description: 'The larger of p and p_even, corrected over all cells (Benjamini–Hochberg)',
    }),
    class: z.enum(hotSpotClasses).nullable(),
  })
  .meta({ id: 'HotspotCell' })

export const hotspotsSchema = z
  .object({
    resolution: z.int(),
    statistic: z.literal('gi-star'),
    n: z.int().meta({ description: 'Cells of the study area, those without an incident included' }),
    parameters: z.object({
      value: z.literal('count'),
      rings: z.int().meta({
        description: 'Neighbourhood: cells at most so many steps away in the study area, and the cell itself',
      }),
      weights: z.literal('binary'),
      p: z.literal('two-sided'),
      correction: z.literal('benjamini-hochberg'),
      levels: z.array(z.number()).meta({ description: 'q below which a cell is called hot or cold' }),
      study_area: z.enum(['given', 'hull']).meta({
        description:
          'Cells whose centre lies in the area given or in the hull of the cells with incidents; and all cells with incidents',
      }),
      from: daySchema.nullable(),
      to: daySchema.nullable().meta({ description: 'First day no longer counted' }),
      categories: z.array(z.string()).nullable().meta({ description: 'Null: all' }),
    }),
    study_area: z.object({
      cells: z.int(),
      occupied: z.int().meta({ description: 'Cells with at least one incident' }),
      area_km2: z.number(),
    }),
    totals: z.object({
      records: z.int().meta({ description: 'Records read = counted + all of excluded' }),
      counted: z.int(),
      per_km2: z.number().nullable(),
      households: householdTallySchema.nullable(),
    }),
    excluded: z.object({
      refused: z.int().meta({ description: 'Records that could not be read' }),
      no_position: z.int(),
      outside: z.int(),
      other_category: z.int(),
      other_period: z.int(),
    }),
    references: z.record(z.string(), z.string()),
    cells: z.array(hotspotCellSchema),
  })
  .meta({ id: 'Hotspots' })

export type HotspotCell = z.infer<typeof hotspotCellSchema>
export type Hotspots = z.infer<typeof hotspotsSchema>

/** What was asked, and what the reading and filtering before the statistic left out. */
export interface HotspotsSelection {
  readonly from: string | null
  readonly to: string | null
  readonly categories: readonly string[] | null
  readonly refused: number
  readonly otherCategory: number
  readonly otherPeriod: number
  /** Household records that could not be read; 0 when absent. */
  readonly refusedHouseholds?: number
}

const references = {
  statistic:
    'Ord J K, Getis A (1995) Local spatial autocorrelation statistics: distributional issues and an application. Geographical Analysis 27: 286–306',
  correction:
    'Benjamini Y, Hochberg Y (1995) Controlling the false discovery rate. Journal of the Royal Statistical Society B 57: 289–300',
  cells: 'H3, https://h3geo.org',
} as const

/** The core's answer as the wire has it. */
export function presentHotspots(density: HazardDensity, selection: HotspotsSelection): Hotspots {
  const { hexagons, incidents, households, areaSquareKm } = density
  const { refused, otherCategory, otherPeriod } = selection
  const { counted, noPosition, outside } = incidents
  return {
    resolution: density.resolution,
    statistic: 'gi-star',
    n: hexagons.length,
    parameters: {
      value: 'count',
      rings: density.rings,
      weights: 'binary',
      p: 'two-sided',
      correction: 'benjamini-hochberg',
      levels: [...density.levels],
      study_area: density.studyArea,
      from: selection.from,
      to: selection.to,
      categories: selection.categories && [...selection.categories],
    },
    study_area: {
      cells: hexagons.length,
      occupied: hexagons.filter((one) => one.count > 0).length,
      area_km2: areaSquareKm,
    },
    totals: {
      records: counted + noPosition + outside + refused + otherCategory + otherPeriod,
      counted,
      per_km2: areaSquareKm > 0 ? counted / areaSquareKm : null,
      households: households && presentTally(households, selection.refusedHouseholds ?? 0),
    },
    excluded: {
      refused,
      no_position: noPosition,
      outside,
      other_category: otherCategory,
      other_period: otherPeriod,
    },
    references,
    cells: hexagons.map(presentCell),
  }
}

/** The same as GeoJSON: a polygon a cell, its figures as properties, everything else beside `features`. */
export function presentHotspotFeatures(
  hotspots: Hotspots,
  boundaryOf: (h3: string) => Polygon,
): FeatureCollection<Polygon, HotspotCell> & Omit<Hotspots, 'cells'> {
  const { cells, ...about } = hotspots
  return {
    type: 'FeatureCollection',
    ...about,
    features: cells.map((cell) => ({
      type: 'Feature',
      id: cell.h3,
      properties: cell,
      geometry: boundaryOf(cell.h3),
    })),
  }
}

const presentCell = (one: WithheldHexagon): HotspotCell => ({
  h3: one.hexagon,
  count: one.count,
  per_km2: one.perSquareKm,
  rate: one.perThousandHouseholds,
  households: one.households,
  ...(one.withheld && { withheld: true as const }),
  z: one.z,
  p: one.p,
  p_even: one.pEven,
  q: one.q,
  class: one.class,
})

const presentTally = ({ counted, noPosition, outside }: Tally, refused: number): HouseholdTally => ({
  total: counted + noPosition + outside + refused,
  counted,
  no_position: noPosition,
  outside,
  refused,
})
