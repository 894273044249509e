/** Beside the editor, in a worker: builds the drawing, follows every edit on a copy of its own, and checks what it touched. */
import type { CheckProblem } from '../../../../server/contract/check.ts'
import { applyEdit } from '../../../../server/core/planning/drawing/apply-edit.ts'
import type { Drawing, Patch } from '../../../../server/core/planning/drawing/drawing.ts'
import { fromJson } from '../../../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../../../server/core/planning/drawing/edit.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { allVillages, checkVillages, labelPoints, villagesOf } from './check-villages.ts'

export type ToChecker =
  | { readonly type: 'open'; readonly document: string; readonly band: SizeBand | null }
  | { readonly type: 'apply'; readonly steps: readonly (Edit | Patch)[] }

export type FromChecker =
  | { readonly type: 'opened'; readonly drawing: Drawing }
  | { readonly type: 'failed'; readonly reason: string }
  | {
      readonly type: 'checked'
      /** How many messages of `apply` it knows of. */
      readonly applied: number
      readonly problems: ReadonlyMap<string, readonly CheckProblem[]>
      /** Of the grids whose ground may have changed. */
      readonly labels: ReadonlyMap<string, LngLat>
      readonly milliseconds: number
    }

/** Follows a drawing: hand it what the session says, it sends what it finds. */
export function createChecker(send: (message: FromChecker) => void): (message: ToChecker) => void {
  let drawing: Drawing | undefined
  let band: SizeBand | null = null
  let applied = 0

  function check(current: Drawing, villages: ReadonlySet<string>, grids: Iterable<string>): void {
    const start = performance.now()
    const problems = checkVillages(current, villages, band).map((one): [string, readonly CheckProblem[]] => [
      one.village,
      one.problems,
    ])
    const labels = labelPoints(current, grids)
    const milliseconds = performance.now() - start
    send({ type: 'checked', applied, problems: new Map(problems), labels, milliseconds })
  }

  function open(document: string): void {
    applied = 0
    const opened = fromJson(document)
    drawing = opened
    send({ type: 'opened', drawing: opened })
    for (const village of allVillages(opened)) {
      const own = [...opened.grids.values()].filter((grid) => grid.village === village)
      check(
        opened,
        new Set([village]),
        own.map((grid) => grid.code),
      )
    }
  }

  function follow(current: Drawing, steps: readonly (Edit | Patch)[]): void {
    applied++
    let now = current
    const grids = new Set<string>()
    const villages = new Set<string>()
    for (const step of steps) {
      const result = applyEdit(now, step)
      if ('code' in result) throw new Error(result.message.en)
      // What is gone had its village before, what is new has it after.
      for (const one of villagesOf(now, result.touched)) villages.add(one)
      for (const one of villagesOf(result.drawing, result.touched)) villages.add(one)
      for (const code of result.touched.grids) grids.add(code)
      now = result.drawing
    }
    drawing = now
    check(now, villages, grids)
  }

  return (message) => {
    try {
      if (message.type === 'open') {
        band = message.band
        open(message.document)
      } else if (drawing) follow(drawing, message.steps)
    } catch (thrown) {
      send({ type: 'failed', reason: String(thrown) })
    }
  }
}
