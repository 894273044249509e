/** GET /api/areas · GET /api/areas/{code} */
import { z } from 'zod'
import { bboxSchema, geometrySchema } from './values.ts'

export const areaSchema = z
  .object({
    code: z.string(),
    parent_code: z.string().nullable(),
    level: z.enum(['county', 'township', 'village']),
    name: z.string(),
    town_id: z.string().nullable(),
    bbox: bboxSchema.nullable(),
    grids: z.int().meta({ description: 'Grids in force today in this area' }),
    households: z.int().nullable().meta({
      description: 'Null: the viewer may not see single households; the ledger tells what may be told',
    }),
    last_patrol_day: z.string().nullable().meta({ description: 'Latest day with a patrol, YYYY-MM-DD' }),
    last_incident_day: z.string().nullable(),
  })
  .meta({ id: 'Area' })

export const areasSchema = z.object({ areas: z.array(areaSchema) })

export const areaDetailSchema = areaSchema
  .extend({ boundary: geometrySchema.nullable() })
  .meta({ id: 'AreaDetail' })

export type Area = z.infer<typeof areaSchema>
export type AreaDetail = z.infer<typeof areaDetailSchema>
