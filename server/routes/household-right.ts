/** Lists of households, and where they are, are for those whose work is with them. */
import { exactTowns } from '../db/privacy.ts'
import type { Scoped } from '../db/scope.ts'
import { AppError } from '../errors.ts'

/** @throws AppError `forbidden` when the viewer may not see single households of one of the towns */
export async function requireHouseholds(db: Scoped, towns: readonly string[]): Promise<void> {
  const exact = await exactTowns(db)
  if (exact === null || towns.every((town) => exact.includes(town))) return
  throw new AppError('forbidden', {
    zh: '逐户信息仅限负责走访、划分和管理的人员查看；统计数字请用汇总表',
    en: 'Single households are for those who visit, plan and manage; the figures are in the summaries',
  })
}
