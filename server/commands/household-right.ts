/**
 * Who sees what of households, in one place. Whoever sees single households of a town (policy `privacy`) sees every figure of them.
 * The others are told counts by the ledger, the ladder and the grids, which hide the same small ones (count-households.ts), and by
 * hexagons (core/analysis/withhold-small.ts); elsewhere counts are null. Lists of households, and plans, whose drawing is made of
 * them and could be redrawn until two divisions differ by one, and prints with every figure are refused.
 */
import { exactTowns } from '../db/privacy.ts'
import type { Scoped } from '../db/scoped.ts'
import { AppError } from '../errors.ts'

/** Whether the viewer sees the single households of a town. */
export async function householdRight(db: Scoped): Promise<(town: string | null) => boolean> {
  const exact = await exactTowns(db)
  return (town) => exact === null || (town !== null && exact.includes(town))
}

/** @throws AppError `forbidden` when the viewer may not see single households of one of the towns */
export async function requireHouseholds(db: Scoped, towns: readonly string[]): Promise<void> {
  if (towns.every(await householdRight(db))) return
  throw new AppError('forbidden', {
    zh: '逐户信息仅限负责走访、划分和管理的人员查看；统计数字请用汇总表',
    en: 'Single households are for those who visit, plan and manage; the figures are in the summaries',
  })
}
