/** Repairs of a division: `wangge fix --format json` and the planner's screen. */
import { z } from 'zod'
import type { DoneRepair } from '../core/coverage/repair/repair-division.ts'
import type { GroundChange, Repair, RepairOption } from '../core/coverage/repair/values.ts'
import { checkProblemSchema, presentProblem } from './check.ts'
import { daySchema, geometrySchema, messageSchema } from './values.ts'

const groundChangeSchema = z.object({ grid: z.string(), area_m2: z.number() })

export const repairOptionSchema = z
  .object({
    id: z.string().meta({ description: 'The same for the same repair in every run' }),
    action: z.enum(['give', 'split', 'match', 'keep_line', 'clip', 'make_valid', 'release']),
    grid: z
      .string()
      .nullable()
      .meta({ description: 'Who gets the ground, keeps its line or is drawn again' }),
    area_m2: z.number().meta({ description: 'Ground that changes hands' }),
    households: z
      .int()
      .nullable()
      .meta({ description: 'Households whose grid changes; null when none were given' }),
    grows: z.array(groundChangeSchema),
    shrinks: z.array(groundChangeSchema),
    removes: z.array(z.string()).meta({ description: 'Grids left without any ground' }),
    message: messageSchema,
    geometry: geometrySchema,
  })
  .meta({ id: 'RepairOption' })

export const repairSchema = z
  .object({
    problem: checkProblemSchema,
    options: z.array(repairOptionSchema).meta({ description: 'Best first' }),
    recommended: z.string().nullable().meta({ description: 'The option that is safe to take unasked' }),
    reason: messageSchema.meta({ description: 'Why it is recommended, or why none is' }),
  })
  .meta({ id: 'Repair' })

export const fixReportSchema = z
  .object({
    grids: z.int(),
    valid: z.boolean().meta({ description: 'No problem is left' }),
    moved: z.object({ area_m2: z.number(), share: z.number(), households: z.int().nullable() }),
    repairs: z
      .array(z.object({ problem: checkProblemSchema, option: repairOptionSchema, reason: messageSchema }))
      .meta({ description: 'In the order they were done' }),
    left: z.array(repairSchema).meta({ description: 'Problems that a person has to settle' }),
  })
  .meta({ id: 'FixReport' })

export const repairsSchema = z
  .object({ day: daySchema, repairs: z.array(repairSchema) })
  .meta({ id: 'Repairs' })

export type Repairs = z.infer<typeof repairsSchema>
export type RepairMessage = z.infer<typeof repairSchema>
export type FixReport = z.infer<typeof fixReportSchema>

/** A problem's repairs as they cross the wire. */
export const presentRepair = ({ problem, options, recommended, reason }: Repair): RepairMessage => ({
  problem: presentProblem(problem),
  options: options.map(presentOption),
  recommended,
  reason,
})

/** A repaired division's report. @param areaSquareMetres ground the division covers, which the share is of */
export function presentFix(
  grids: number,
  areaSquareMetres: number,
  done: readonly DoneRepair[],
  left: readonly Repair[],
): FixReport {
  const moved = done.reduce((sum, { option }) => sum + option.areaSquareMetres, 0)
  const households = done.map(({ option }) => option.households)
  return {
    grids,
    valid: left.length === 0,
    moved: {
      area_m2: rounded(moved),
      share: areaSquareMetres > 0 ? moved / areaSquareMetres : 0,
      households: households.includes(null) ? null : households.reduce<number>((sum, n) => sum + n!, 0),
    },
    repairs: done.map(({ repair, option }) => ({
      problem: presentProblem(repair.problem),
      option: presentOption(option),
      reason: repair.reason,
    })),
    left: left.map(presentRepair),
  }
}

const presentOption = (option: RepairOption): RepairMessage['options'][number] => ({
  id: option.id,
  action: option.action,
  grid: option.grid,
  area_m2: rounded(option.areaSquareMetres),
  households: option.households,
  grows: option.grows.map(presentChange),
  shrinks: option.shrinks.map(presentChange),
  removes: [...option.removes],
  message: option.message,
  geometry: { ...option.geometry },
})

const presentChange = ({ grid, areaSquareMetres }: GroundChange): z.infer<typeof groundChangeSchema> => ({
  grid,
  area_m2: rounded(areaSquareMetres),
})

/** To a square millimetre, as the check's figures. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
