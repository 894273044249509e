/** What the planner's editor tells the server, and the history it finds again after a reload. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import { emptyHistory, push, redo, undo } from '../../server/core/planning/drawing/history.ts'
import { shortName } from '../../web/screens/plan/editor/grid-table.tsx'
import { editsLeft, historyOf, type Operation, remake } from '../../web/screens/plan/editor/operations.ts'
import { drawTown, made, smallTown } from '../core/planning/drawing-town.ts'

const town = drawTown(smallTown())

describe('what the server is told', () => {
  const lock = (grid: string, locked: boolean): Edit => ({ type: 'lock', grid, locked })

  it('makes edits again on another drawing and names those it does not take', () => {
    const changed = made(town, { type: 'merge-grids', into: 'v1-000-000', grids: ['v1-000-001'] }).drawing
    const edits = [lock('v1-000-000', true), lock('v1-000-001', true)]
    const result = remake(changed, emptyHistory, edits)
    expect(result.operations).toEqual([{ op: 'edit', edit: edits[0] }])
    expect(result.refused).toMatchObject([{ edit: edits[1], refusal: { code: 'unknown_grid' } }])
    expect(result.drawing.grids.get('v1-000-000')?.locked).toBe(true)
  })

  it('has the same history after a reload as before it, whatever was done and undone', () => {
    const codes = [...town.grids.keys()]
    const step = fc.oneof(
      fc.constantFrom('undo' as const, 'redo' as const),
      fc.nat(codes.length - 1).map((i) => codes[i]!),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let drawing = town
        let history = emptyHistory
        const kept: Parameters<typeof historyOf>[0][number][] = []
        const operations: Operation[] = []
        for (const one of steps) {
          if (one === 'undo' || one === 'redo') {
            const entry = one === 'undo' ? history.done.at(-1) : undefined
            const taken = (one === 'undo' ? undo : redo)(history, drawing)
            if (!taken) continue
            ;({ history, drawing } = taken)
            const last = entry ?? history.done.at(-1)!
            kept.push({ op: one, ...last })
            operations.push({ op: one })
            continue
          }
          const edit = lock(one, !drawing.grids.get(one)!.locked)
          const result = made(drawing, edit)
          history = push(history, edit, result)
          drawing = result.drawing
          kept.push({ op: 'edit', edit, inverse: result.inverse })
          operations.push({ op: 'edit', edit })
        }
        expect(historyOf(kept)).toEqual(history)
        expect(editsLeft(operations)).toEqual(history.done.map((one) => one.edit))
      }),
      { numRuns: 60 },
    )
  })
})

describe('the short name of a grid', () => {
  it('leaves out the village that all of them begin with, never all of the name', () => {
    expect(shortName('漱石社区第三网格', '漱石社区')).toBe('第三网格')
    expect(shortName('漱石中学专属网格', '漱石社区')).toBe('漱石中学专属网格')
    expect(shortName('漱石社区', '漱石社区')).toBe('漱石社区')
    expect(shortName('漱石社区第三网格', undefined)).toBe('漱石社区第三网格')
    expect(shortName(null, '漱石社区')).toBeNull()
  })
})
