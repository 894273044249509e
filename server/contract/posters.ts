/** GET /posters/villages/{code} · GET /posters/grids/{code}, each also with `.pdf`: pages to be printed. */
import { z } from 'zod'
import { flagSchema } from './queries.ts'
import { codeSchema, daySchema } from './values.ts'

const day = daySchema
  .optional()
  .meta({ description: 'The division of this day, Asia/Shanghai; today when absent' })
const lang = z
  .enum(['zh', 'en'])
  .optional()
  .meta({ description: 'Language of the words around the names; zh when absent' })

export const villagePosterQuery = z.strictObject({
  size: z.enum(['a3', 'a2', 'a1', 'a0']).optional().meta({ description: 'Paper; a3 when absent' }),
  day,
  lang,
})

export const gridNoticeQuery = z.strictObject({
  size: z.enum(['a4', 'a3', 'a2']).optional().meta({ description: 'Paper; a4 when absent' }),
  day,
  lang,
  area: codeSchema
    .optional()
    .meta({ description: 'An area above the grid, where several towns use its code' }),
  reveal: flagSchema
    .optional()
    .meta({ description: 'Show names and phones of the team in the clear; the access is noted' }),
})

export type VillagePosterQuery = z.output<typeof villagePosterQuery>
export type GridNoticeQuery = z.output<typeof gridNoticeQuery>
