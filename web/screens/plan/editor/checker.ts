/** Beside the editor, in a worker: builds the drawing, follows every edit on a copy of its own, and checks what it touched. */
import type { CheckProblem } from '../../../../server/contract/check.ts'
import { applyEdit } from '../../../../server/core/planning/drawing/apply-edit.ts'
import type { Drawing, Patch } from '../../../../server/core/planning/drawing/drawing.ts'
import { fromJson } from '../../../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../../../server/core/planning/drawing/edit.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { checkAround } from './check-around.ts'
import { allVillages, checkVillages, labelPoints, type VillageCheck } from './check-villages.ts'

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
  /** By village. */
  let known = new Map<string, readonly CheckProblem[]>()

  function check(current: Drawing, look: () => VillageCheck[], grids: Iterable<string>): void {
    const start = performance.now()
    const problems = new Map(look().map((one) => [one.village, one.problems]))
    known = new Map([...known, ...problems])
    const labels = labelPoints(current, grids)
    const milliseconds = performance.now() - start
    send({ type: 'checked', applied, problems, labels, milliseconds })
  }

  function open(document: string): void {
    applied = 0
    known = new Map()
    const opened = fromJson(document)
    drawing = opened
    send({ type: 'opened', drawing: opened })
    for (const village of allVillages(opened)) {
      const own = [...opened.grids.values()].filter((grid) => grid.village === village)
      check(
        opened,
        () => checkVillages(opened, new Set([village]), band),
        own.map((grid) => grid.code),
      )
    }
  }

  function follow(current: Drawing, steps: readonly (Edit | Patch)[]): void {
    applied++
    let now = current
    const atoms = new Set<string>()
    const grids = new Set<string>()
    for (const step of steps) {
      const result = applyEdit(now, step)
      if ('code' in result) throw new Error(result.message.en)
      for (const id of result.touched.atoms) atoms.add(id)
      for (const code of result.touched.grids) grids.add(code)
      now = result.drawing
    }
    drawing = now
    const touched = { atoms: [...atoms], grids: [...grids] }
    check(now, () => checkAround(current, now, touched, known, band), grids)
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
