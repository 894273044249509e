/** GET /api/areas/{code}/grids?day= · GET /api/areas/{code}/grids/{grid}?day= */
import { z } from 'zod'
import { bboxSchema, geometrySchema, instantSchema } from './values.ts'

/** How a grid's households stand against the policy's band [from, to]. */
export const bandStatusSchema = z.enum([
  'far_below',
  'below',
  'in_band',
  'above',
  'far_above',
  'not_applicable',
])

export const teamMemberSchema = z
  .object({ worker: z.string(), name: z.string().meta({ description: 'Masked: 王*明' }), role: z.string() })
  .meta({ id: 'TeamMember' })

const keptCountSchema = z.int().nullable().meta({
  description: 'Null: kept back as in the ledger, too few for a viewer who may not see single households',
})

export const gridSchema = z
  .object({
    code: z.string(),
    name: z.string().nullable(),
    kind: z.enum(['ordinary', 'dedicated', 'microgrid']),
    village_code: z.string().nullable(),
    village_name: z.string().nullable(),
    parent_code: z.string().nullable(),
    valid_from: instantSchema,
    valid_to: instantSchema.nullable(),
    area_m2: z.number(),
    bbox: bboxSchema,
    label_point: z.tuple([z.number(), z.number()]),
    households: keptCountSchema,
    persons: keptCountSchema,
    must_visit: keptCountSchema,
    places: z.int(),
    band_status: bandStatusSchema.meta({
      description: 'Not applicable, too, where the households are kept back',
    }),
    team: z.array(teamMemberSchema),
  })
  .meta({ id: 'Grid' })

export const gridsSchema = z.object({
  day: z.string(),
  band: z.object({ from: z.int(), to: z.int(), policy: z.string() }).nullable(),
  grids: z.array(gridSchema),
  households_in_no_grid: keptCountSchema,
})

export const gridDetailSchema = gridSchema
  .extend({
    boundary: geometrySchema,
    neighbours: z.array(
      z.object({ code: z.string(), name: z.string().nullable(), shared_edge_m: z.number() }),
    ),
    categories: z.array(z.object({ category: z.string(), households: z.int() })),
    history: z.array(
      z.object({ valid_from: instantSchema, valid_to: instantSchema.nullable(), area_m2: z.number() }),
    ),
  })
  .meta({ id: 'GridDetail' })

export type Grid = z.infer<typeof gridSchema>
export type Grids = z.infer<typeof gridsSchema>
export type GridDetail = z.infer<typeof gridDetailSchema>
export type BandStatus = z.infer<typeof bandStatusSchema>
