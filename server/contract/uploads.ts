/**
 * POST /api/check?crs= · multipart grids, within, households: the report, and the grids as they were read; nothing is stored.
 * POST /api/match?area=&day= · multipart traces: patrol days of the files against the grids of the area; nothing is stored.
 * Without assignments every grid a trace enters is taken, as `wangge match` does.
 */
import { z } from 'zod'
import { checkReportSchema } from './check.ts'
import { matchSchema } from './match.ts'
import { tracePieceSchema } from './patrols.ts'
import { daySchema, flawSchema, geometrySchema } from './values.ts'

export const matchedFilesSchema = z
  .object({
    fixes: z.int().meta({ description: 'Fixes read' }),
    refused: z.int().meta({ description: 'Records that could not be read' }),
    flaws: z.array(flawSchema).meta({ description: 'Why; the first 200' }),
    results: z.array(matchSchema).meta({ description: 'By worker, day and grid' }),
    traces: z
      .array(z.object({ worker: z.string(), date: daySchema, pieces: z.array(tracePieceSchema) }))
      .meta({ description: 'Each day as it is drawn, against all grids together' }),
  })
  .meta({ id: 'MatchedFiles' })

export type MatchedFiles = z.infer<typeof matchedFilesSchema>

export const checkedFilesSchema = z
  .object({
    report: checkReportSchema,
    grids: z.object({
      type: z.literal('FeatureCollection'),
      features: z.array(
        z.object({
          type: z.literal('Feature'),
          geometry: geometrySchema,
          properties: z.object({ code: z.string() }),
        }),
      ),
    }),
  })
  .meta({ id: 'CheckedFiles' })

export type CheckedFiles = z.infer<typeof checkedFilesSchema>
