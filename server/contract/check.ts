/** A checked division: `wangge check --format json` and GET /api/areas/{code}/check. */
import { z } from 'zod'
import type { CheckReport as CoreReport, Problem } from '../core/coverage/report.ts'
import { geometrySchema, messageSchema } from './values.ts'

/** The codes of contract.md §1. */
export const problemCodeSchema = z
  .enum([
    'invalid_geometry',
    'duplicate',
    'overlap',
    'gap',
    'hole',
    'inlet',
    'outside_area',
    'unmatched_edge',
    'disconnected_part',
    'sliver',
    'household_in_none',
    'household_in_several',
    'households_below',
    'households_above',
    'village_split',
    'building_cut',
    'code_malformed',
    'code_repeated',
  ])
  .meta({ id: 'ProblemCode' })

export const checkProblemSchema = z
  .object({
    id: z.string().meta({ description: 'The same for the same problem in every run' }),
    code: problemCodeSchema,
    grids: z.array(z.string()),
    area_m2: z.number().nullable(),
    width_m: z.number().nullable().meta({ description: 'Diameter of the largest circle inside' }),
    length_m: z.number().nullable(),
    households: z.int().nullable().meta({ description: 'Households it touches; null when none were given' }),
    household: z.string().optional().meta({ description: 'The household, for the codes about one' }),
    site: z
      .string()
      .optional()
      .meta({ description: 'The natural village or building, for the codes about one' }),
    sides: z
      .array(z.object({ grid: z.string(), households: z.int().nullable(), area_m2: z.number() }))
      .optional()
      .meta({ description: 'What of the village or building lies in which grid' }),
    flaws: z
      .array(
        z.object({
          reason: z.string(),
          part: z.int(),
          ring: z.int(),
          vertex: z.int(),
          lon: z.number().nullable(),
          lat: z.number().nullable(),
        }),
      )
      .optional()
      .meta({ description: 'Where a geometry is invalid; part, ring and vertex count from 1' }),
    message: messageSchema,
    geometry: geometrySchema.nullable(),
  })
  .meta({ id: 'CheckProblem' })

export const checkReportSchema = z
  .object({
    grids: z.int(),
    area_m2: z.number().meta({ description: 'Ground covered by at least one grid' }),
    valid: z.boolean(),
    counts: z.partialRecord(problemCodeSchema, z.int()),
    households: z.object({ total: z.int(), in_one: z.int(), in_none: z.int(), in_several: z.int() }),
    enclaves: z
      .array(
        z.object({
          area_m2: z.number(),
          width_m: z.number(),
          grids: z.array(z.string()),
          households: z.int().nullable(),
          geometry: geometrySchema,
        }),
      )
      .meta({ description: 'Openings wider than the gap width, when no area is given' }),
    per_grid: z.array(
      z.object({
        grid: z.string(),
        households: z.int().nullable(),
        area_m2: z.number(),
        parts: z.int(),
      }),
    ),
    problems: z.array(checkProblemSchema),
  })
  .meta({ id: 'CheckReport' })

export type CheckProblem = z.infer<typeof checkProblemSchema>
export type CheckReport = z.infer<typeof checkReportSchema>

/** The report as it crosses the wire: micrometres and square millimetres are where its figures end. */
export const presentCheck = (report: CoreReport): CheckReport => ({
  grids: report.grids,
  area_m2: rounded(report.areaSquareMetres),
  valid: report.valid,
  counts: { ...report.counts },
  households: {
    total: report.households.total,
    in_one: report.households.inOne,
    in_none: report.households.inNone,
    in_several: report.households.inSeveral,
  },
  enclaves: report.enclaves.map((enclave) => ({
    area_m2: rounded(enclave.areaSquareMetres),
    width_m: rounded(enclave.widthMetres),
    grids: [...enclave.grids],
    households: enclave.households,
    geometry: { ...enclave.geometry },
  })),
  per_grid: report.perGrid.map(({ grid, households, areaSquareMetres, parts }) => ({
    grid,
    households,
    area_m2: rounded(areaSquareMetres),
    parts,
  })),
  problems: report.problems.map(presentProblem),
})

export const presentProblem = (problem: Problem): CheckProblem => ({
  id: problem.id,
  code: problem.code,
  grids: [...problem.grids],
  area_m2: roundedOrNull(problem.areaSquareMetres),
  width_m: roundedOrNull(problem.widthMetres),
  length_m: roundedOrNull(problem.lengthMetres),
  households: problem.households,
  ...(problem.household === undefined ? {} : { household: problem.household }),
  ...(problem.site === undefined ? {} : { site: problem.site }),
  ...(problem.sides
    ? {
        sides: problem.sides.map(({ grid, households, areaSquareMetres }) => ({
          grid,
          households,
          area_m2: rounded(areaSquareMetres),
        })),
      }
    : {}),
  ...(problem.flaws
    ? {
        flaws: problem.flaws.map(({ reason, part, ring, vertex, longitude, latitude }) => ({
          reason,
          part,
          ring,
          vertex,
          lon: Number.isFinite(longitude) ? longitude : null,
          lat: Number.isFinite(latitude) ? latitude : null,
        })),
      }
    : {}),
  message: problem.message,
  geometry: problem.geometry && { ...problem.geometry },
})

/** Problems and enclaves as features, for a map: `wangge check --format geojson`. */
export const presentCheckFeatures = (report: CheckReport): object => ({
  type: 'FeatureCollection',
  features: [
    ...report.problems.map(({ geometry, message, flaws: _flaws, sides: _sides, grids, ...rest }) => ({
      type: 'Feature',
      id: rest.id,
      geometry,
      properties: { ...rest, grids: grids.join(','), message_zh: message.zh, message_en: message.en },
    })),
    ...report.enclaves.map(({ geometry, grids, ...rest }) => ({
      type: 'Feature',
      geometry,
      properties: { code: 'enclave', ...rest, grids: grids.join(',') },
    })),
  ],
})

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
const roundedOrNull = (value: number | null): number | null => (value === null ? null : rounded(value))
