/**
 * Saving what was drawn. The server makes every edit itself on its own copy, so that no client can store a drawing that the
 * edits do not lead to; one that is refused, refuses the whole save. A save is made on a revision and makes the next one: of two
 * people on the same revision the second is told what the first did.
 */
import { applyEdit } from '../../core/planning/drawing/apply-edit.ts'
import type { Drawing, Patch } from '../../core/planning/drawing/drawing.ts'
import { toJson } from '../../core/planning/drawing/drawing-json.ts'
import type { Applied, Edit, Refusal } from '../../core/planning/drawing/edit.ts'
import type { Flaw } from '../../core/values.ts'
import {
  advanceRevision,
  type EditRow,
  findBatch,
  findEdit,
  insertEdits,
  listOperations,
  type PlanKey,
  type PlanRow,
  saveDrawing,
} from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError } from '../../errors.ts'
import { requireViewer } from '../authority.ts'
import { requirePlan, requireRight } from './plan-authority.ts'
import { savedMeanwhile, wrongStatus } from './plan-conflict.ts'
import { keepDrawing, loadDrawing } from './plan-drawings.ts'

export type Operation = { readonly op: 'edit'; readonly edit: Edit } | { readonly op: 'undo' | 'redo' }

export interface SaveRequest {
  readonly plan: string
  /** The revision the operations were made on. */
  readonly revision: number
  /** The client's name for this save: sent again, it is answered again and not done again. */
  readonly batch: string
  readonly operations: readonly Operation[]
  readonly now: number
}

export interface Saved {
  readonly revision: number
  /** It had been taken before. */
  readonly repeated: boolean
}

/** What is kept of an operation. */
type Made = Pick<EditRow, 'op' | 'edit' | 'inverse' | 'grids'>

/**
 * @param db of the viewer whose save it is
 * @throws AppError `forbidden`, `not_found`, `conflict` (somebody saved meanwhile, or the plan is no longer a draft), `bad_input`
 *   with the operation that is refused. Nothing is saved then.
 */
export async function saveEdits(db: Scoped, request: SaveRequest): Promise<Saved> {
  const viewer = requireViewer(db)
  requireRight(viewer, 'draw')
  const plan = await requirePlan(db, request.plan)
  const known = await findBatch(db, plan, request.batch)
  if (known !== undefined) return { revision: known, repeated: true }
  if (plan.status !== 'draft' && plan.status !== 'returned')
    throw wrongStatus(plan, { zh: '再修改', en: 'edited' })
  const { revision, drawing: start } = await loadDrawing(db, plan)
  if (plan.revision !== request.revision || revision !== request.revision)
    throw await savedMeanwhile(db, plan, request.revision)

  const { drawing, made } = await makeAll(db, plan, start, request.operations)
  const text = toJson(drawing)
  const rows = (next: number): EditRow[] =>
    made.map((one, i) => ({
      ...one,
      revision: next,
      seq: i + 1,
      author: viewer.name,
      made_at: request.now,
    }))

  const next = await db.transaction(async (open) => {
    const advanced = await advanceRevision(open, plan, request.revision, viewer.name, request.now)
    if (advanced === undefined) return undefined
    await saveDrawing(open, plan, advanced, text)
    await insertEdits(open, plan, request.batch, rows(advanced))
    return advanced
  })
  if (next !== undefined) {
    keepDrawing(plan, next, drawing)
    return { revision: next, repeated: false }
  }
  const raced = await findBatch(db, plan, request.batch)
  if (raced !== undefined) return { revision: raced, repeated: true }
  throw await savedMeanwhile(db, await requirePlan(db, request.plan), request.revision)
}

/** The operations in order, on a drawing that is not changed itself. */
async function makeAll(
  db: Scoped,
  plan: PlanRow,
  start: Drawing,
  operations: readonly Operation[],
): Promise<{ drawing: Drawing; made: Made[] }> {
  const history = operations.some(({ op }) => op !== 'edit')
    ? await StoredHistory.load(db, plan)
    : new StoredHistory(db, plan)
  let drawing = start
  const made: Made[] = []
  for (const [i, operation] of operations.entries()) {
    const step = await history.step(operation)
    if (!step) throw refused(i, nothingTo[operation.op])
    const result = applyEdit(drawing, operation.op === 'undo' ? step.inverse : step.edit)
    if (isRefusal(result)) throw refused(i, result)
    drawing = result.drawing
    const inverse = operation.op === 'undo' ? step.inverse : result.inverse
    history.note(operation.op, { edit: step.edit, inverse })
    made.push({
      op: operation.op,
      edit: JSON.stringify(step.edit),
      inverse: JSON.stringify(inverse),
      grids: result.touched.grids,
    })
  }
  return { drawing, made }
}

const isRefusal = (result: Applied | Refusal): result is Refusal => 'code' in result

interface Step {
  readonly edit: Edit
  readonly inverse: Patch
}

/** Where a step stands that was kept before, or the step itself when it is of this save. */
type Entry = Pick<EditRow, 'revision' | 'seq'> | Step

/** What can be undone and redone: the order of the operations at hand, what they did read only when it is needed. */
class StoredHistory {
  readonly #db: Scoped
  readonly #plan: PlanKey
  readonly #done: Entry[] = []
  #undone: Entry[] = []

  constructor(db: Scoped, plan: PlanKey) {
    this.#db = db
    this.#plan = plan
  }

  static async load(db: Scoped, plan: PlanKey): Promise<StoredHistory> {
    const history = new StoredHistory(db, plan)
    for (const { op, ...at } of await listOperations(db, plan)) history.note(op, at)
    return history
  }

  /** What an operation comes down to; undefined when there is nothing to undo or redo. */
  async step(operation: Operation): Promise<Step | undefined> {
    // The inverse of a new edit is known once it is made.
    if (operation.op === 'edit') return { edit: operation.edit, inverse: nothing }
    const entry = (operation.op === 'undo' ? this.#done : this.#undone).at(-1)
    if (!entry || 'edit' in entry) return entry
    const { edit, inverse } = await findEdit(this.#db, this.#plan, entry)
    return { edit: JSON.parse(edit) as Edit, inverse: JSON.parse(inverse) as Patch }
  }

  /** An operation was made; `entry` is where to find what it did. */
  note(op: EditRow['op'], entry: Entry): void {
    if (op === 'undo') {
      this.#done.pop()
      this.#undone.push(entry)
      return
    }
    this.#done.push(entry)
    if (op === 'redo') this.#undone.pop()
    else this.#undone = []
  }
}

const nothing: Patch = { type: 'patch', arcs: [], atoms: [], grids: [] }

const nothingTo: Readonly<Record<EditRow['op'], Pick<Flaw, 'code' | 'message'>>> = {
  edit: { code: 'nothing_to_change', message: { zh: '没有可改的', en: 'nothing to change' } },
  undo: { code: 'nothing_to_undo', message: { zh: '没有可撤销的', en: 'there is nothing to undo' } },
  redo: { code: 'nothing_to_redo', message: { zh: '没有可重做的', en: 'there is nothing to redo' } },
}

function refused(index: number, { code, message }: Pick<Flaw, 'code' | 'message'>): AppError {
  const record = index + 1
  return new AppError(
    'bad_input',
    {
      zh: `第 ${record} 步不能做：${message.zh}；本次修改均未保存`,
      en: `step ${record} cannot be done: ${message.en}; nothing of this save was kept`,
    },
    [{ code, place: { record }, message }],
  )
}
