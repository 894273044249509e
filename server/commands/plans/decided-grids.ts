/** Approval grid by grid: what was decided on each group since the plan was submitted, and which lists of grids can be decided on. */
import type { Flaw } from '../../core/values.ts'
import type { DecisionRow } from '../../db/plans.ts'
import type { ChangeGroup } from './plan-changes.ts'

export type GroupState = 'pending' | 'approved' | 'returned'

/** The state of each group, in their order: what was decided last since the last submission. */
export function groupStates(
  groups: readonly ChangeGroup[],
  decisions: readonly Pick<DecisionRow, 'kind' | 'grids'>[],
): GroupState[] {
  const since = decisions.slice(decisions.findLastIndex((one) => one.kind === 'submitted') + 1)
  const last = new Map<string, GroupState>()
  for (const { kind, grids } of since) {
    if (kind !== 'approved' && kind !== 'returned') continue
    for (const code of grids ?? groups.flatMap((group) => group.grids)) last.set(code, kind)
  }
  return groups.map((group) => last.get(group.grids[0] ?? '') ?? 'pending')
}

/** What is wrong with a list of grids to decide on: grids that do not change, groups that would be torn apart. */
export function listFlaws(groups: readonly ChangeGroup[], grids: readonly string[]): Flaw[] {
  const asked = new Set(grids)
  const known = new Set(groups.flatMap((group) => group.grids))
  const strangers = grids
    .filter((code) => !known.has(code))
    .map(
      (code): Flaw => ({
        code: 'grid_unchanged',
        place: { id: code },
        message: {
          zh: `网格 ${code} 在本方案中没有变动，无需审批`,
          en: `grid ${code} is not changed by this plan: there is nothing to decide`,
        },
      }),
    )
  const torn = groups
    .filter((group) => {
      const some = group.grids.filter((code) => asked.has(code)).length
      return some > 0 && some < group.grids.length
    })
    .map((group): Flaw => {
      const missing = group.grids.filter((code) => !asked.has(code))
      return {
        code: 'grids_inseparable',
        place: { id: group.grids[0] ?? '' },
        message: {
          zh: `网格 ${group.grids.join('、')} 互有划入划出，须一并决定；还缺 ${missing.join('、')}`,
          en: `grids ${group.grids.join(', ')} exchange ground and are decided on together; missing: ${missing.join(', ')}`,
        },
      }
    })
  return [...strangers, ...torn]
}
