/** Plans as they are kept: their state, drawing, edits, decisions, remarks and tasks. Moments are epoch milliseconds. */
import type { AreaScope } from './areas.ts'
import { toHexEwkb } from './ewkb.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export type PlanStatus =
  | 'draft'
  | 'submitted'
  | 'returned'
  | 'approved'
  | 'in_force'
  | 'superseded'
  | 'withdrawn'

export type PlanSource = 'division' | 'plan' | 'import' | 'proposal' | 'atoms'

export interface PlanRow {
  readonly town_id: string
  readonly plan_id: string
  readonly area_code: string
  readonly area_name: string
  readonly name: string
  readonly status: PlanStatus
  readonly source: PlanSource
  readonly based_on_plan: string | null
  readonly based_on_day: string | null
  readonly revision: number
  readonly effective_from: string | null
  readonly effective_to: string | null
  /** Fingerprint of the division in force that the submitted plan was compared with. */
  readonly compared_with: string | null
  readonly note: string | null
  readonly created_by: string
  readonly created_at: number
  readonly updated_by: string
  readonly updated_at: number
}

/** The plan a statement is about: its key and the revision at hand. */
export type PlanKey = Pick<PlanRow, 'town_id' | 'plan_id'>

export interface EditRow {
  readonly revision: number
  readonly seq: number
  readonly op: 'edit' | 'undo' | 'redo'
  /** JSON of the edit; of an undo or redo, of the edit taken back or made again. */
  readonly edit: string
  /** JSON of the patch that takes it back. */
  readonly inverse: string
  readonly grids: readonly string[]
  readonly author: string
  readonly made_at: number
}

export interface SaveRow {
  readonly revision: number
  readonly author: string
  readonly made_at: number
  /** Kind of edit (after `undo ` or `redo ` where it was one) → how often. */
  readonly kinds: Readonly<Record<string, number>>
  readonly grids: readonly string[]
}

export type DecisionKind = 'submitted' | 'approved' | 'returned' | 'enacted' | 'superseded' | 'withdrawn'

export interface DecisionRow {
  readonly seq: number
  readonly kind: DecisionKind
  /** Null: the whole plan. */
  readonly grids: readonly string[] | null
  readonly reason: string | null
  readonly revision: number
  readonly decided_by: string
  readonly decided_role: string
  readonly decided_at: number
}

export interface CommentRow {
  readonly comment_id: string
  readonly grid_code: string | null
  readonly longitude: number | null
  readonly latitude: number | null
  readonly body: string
  readonly revision: number
  readonly author: string
  readonly author_role: string
  readonly made_at: number
  readonly resolved_by: string | null
  readonly resolved_at: number | null
}

const insertPlanQuery = sql<{ plan_id: string }>('plans/insert-plan')
const findPlanQuery = sql<PlanRow>('plans/find-plan')
const listPlansQuery = sql<PlanRow>('plans/list-plans')
const advanceQuery = sql<{ revision: number }>('plans/advance-revision')
const changeStatusQuery = sql<{ plan_id: string }>('plans/change-status')
const saveDrawingQuery = sql('plans/save-drawing')
const findDrawingQuery = sql<{ revision: number; document: string }>('plans/find-drawing')
const listEditsQuery = sql<EditRow>('plans/list-edits')
const listSavesQuery = sql<SaveRow>('plans/list-saves')
const listOperationsQuery = sql<Pick<EditRow, 'revision' | 'seq' | 'op'>>('plans/list-operations')
const findEditQuery = sql<{ edit: string; inverse: string }>('plans/find-edit')
const findBatchQuery = sql<{ revision: number }>('plans/find-batch')
const listAuthorsQuery = sql<{ author: string }>('plans/list-authors')
const insertDecisionQuery = sql('plans/insert-decision')
const listDecisionsQuery = sql<DecisionRow>('plans/list-decisions')
const insertCommentQuery = sql<{ comment_id: string }>('plans/insert-comment')
const listCommentsQuery = sql<CommentRow>('plans/list-comments')
const resolveCommentQuery = sql<{ comment_id: string }>('plans/resolve-comment')

/** Adds a draft at revision 1; its id. */
export const insertPlan = async (
  db: Scoped,
  plan: Pick<
    PlanRow,
    'town_id' | 'area_code' | 'name' | 'source' | 'based_on_plan' | 'based_on_day' | 'note'
  >,
  author: string,
  now: number,
): Promise<string> => {
  const { town_id, area_code, name, source, based_on_plan, based_on_day, note } = plan
  const values = [town_id, area_code, name, source, based_on_plan, based_on_day, note, author, now]
  return (await db.one(insertPlanQuery, values)).plan_id
}

/** The plan, if the viewer may see its area. */
export const findPlan = (db: Scoped, plan: string): Promise<PlanRow | undefined> =>
  db.maybeOne(findPlanQuery, [plan])

/** Plans of an area, and of a village's township; the one touched last first. */
export const listPlans = (db: Scoped, area: AreaScope): Promise<PlanRow[]> =>
  db.many(listPlansQuery, [area.towns, area.village])

/** The next revision of a draft; undefined when it is no longer at `revision`, or no longer a draft. */
export const advanceRevision = async (
  db: Scoped,
  plan: PlanKey,
  revision: number,
  author: string,
  now: number,
): Promise<number | undefined> =>
  (await db.maybeOne(advanceQuery, [plan.town_id, plan.plan_id, revision, author, now]))?.revision

export interface StatusChange {
  readonly from: readonly PlanStatus[]
  readonly to: PlanStatus
  readonly effectiveFrom?: string
  readonly effectiveTo?: string
  readonly comparedWith?: string
}

/** False when the plan is not at this revision in one of the states `from`: then nothing is changed. */
export const changeStatus = async (
  db: Scoped,
  plan: PlanKey & Pick<PlanRow, 'revision'>,
  change: StatusChange,
  who: string,
  now: number,
): Promise<boolean> => {
  const { from, to, effectiveFrom = null, effectiveTo = null, comparedWith = null } = change
  const key = [plan.town_id, plan.plan_id, plan.revision]
  const values = [...key, from, to, effectiveFrom, effectiveTo, comparedWith, who, now]
  return (await db.maybeOne(changeStatusQuery, values)) !== undefined
}

export const saveDrawing = (db: Scoped, plan: PlanKey, revision: number, document: string): Promise<number> =>
  db.none(saveDrawingQuery, [plan.town_id, plan.plan_id, revision, document])

/** The document and the revision it is of; both come from one statement. */
export const findDrawing = (db: Scoped, plan: PlanKey): Promise<{ revision: number; document: string }> =>
  db.one(findDrawingQuery, [plan.town_id, plan.plan_id])

const editColumns = {
  town_id: 'text',
  plan_id: 'text',
  revision: 'integer',
  seq: 'integer',
  batch_id: 'text',
  op: 'text',
  edit: 'text',
  inverse: 'text',
  grids: 'text[]',
  author: 'text',
  made_at: 'timestamptz',
} as const

/** Adds the edits of one save, all under the client's name for it. */
export const insertEdits = (
  db: Scoped,
  plan: PlanKey,
  batch: string,
  edits: readonly EditRow[],
): Promise<number> =>
  db.insertMany(
    'plan_edits',
    editColumns,
    edits.map((one) => [
      plan.town_id,
      plan.plan_id,
      one.revision,
      one.seq,
      batch,
      one.op,
      one.edit,
      one.inverse,
      one.grids,
      one.author,
      one.made_at,
    ]),
  )

/** A page of edits after a place in their order, (0, 0) being the start. */
export const listEdits = (
  db: Scoped,
  plan: PlanKey,
  after: { readonly revision: number; readonly seq: number },
  limit: number,
): Promise<EditRow[]> =>
  db.many(listEditsQuery, [plan.town_id, plan.plan_id, after.revision, after.seq, limit])

/** Saves after a revision. */
export const listSaves = (db: Scoped, plan: PlanKey, after: number): Promise<SaveRow[]> =>
  db.many(listSavesQuery, [plan.town_id, plan.plan_id, after])

/** The order of all edits, undos and redos. */
export const listOperations = (
  db: Scoped,
  plan: PlanKey,
): Promise<Pick<EditRow, 'revision' | 'seq' | 'op'>[]> =>
  db.many(listOperationsQuery, [plan.town_id, plan.plan_id])

export const findEdit = (
  db: Scoped,
  plan: PlanKey,
  at: { readonly revision: number; readonly seq: number },
): Promise<{ edit: string; inverse: string }> =>
  db.one(findEditQuery, [plan.town_id, plan.plan_id, at.revision, at.seq])

/** The revision a save of this name made; undefined when there was none. */
export const findBatch = async (db: Scoped, plan: PlanKey, batch: string): Promise<number | undefined> =>
  (await db.maybeOne(findBatchQuery, [plan.town_id, plan.plan_id, batch]))?.revision

/** Everybody who made, drew on or submitted the plan. */
export const listAuthors = async (db: Scoped, plan: PlanKey): Promise<string[]> =>
  (await db.many(listAuthorsQuery, [plan.town_id, plan.plan_id])).map((row) => row.author)

/** Adds a decision; call it in the transaction that changed the plan's row, which keeps two from taking one number. */
export const insertDecision = (
  db: Scoped,
  plan: PlanKey & Pick<PlanRow, 'revision'>,
  decision: Pick<DecisionRow, 'kind' | 'grids' | 'reason' | 'decided_by' | 'decided_role' | 'decided_at'>,
): Promise<number> =>
  db.none(insertDecisionQuery, [
    plan.town_id,
    plan.plan_id,
    decision.kind,
    decision.grids,
    decision.reason,
    plan.revision,
    decision.decided_by,
    decision.decided_role,
    decision.decided_at,
  ])

export const listDecisions = (db: Scoped, plan: PlanKey): Promise<DecisionRow[]> =>
  db.many(listDecisionsQuery, [plan.town_id, plan.plan_id])

export interface NewComment {
  readonly grid: string | null
  readonly position: readonly [longitude: number, latitude: number] | null
  readonly body: string
  readonly author: string
  readonly role: string
  readonly at: number
}

/** Adds a remark; its id. */
export const insertComment = async (
  db: Scoped,
  plan: PlanKey & Pick<PlanRow, 'revision'>,
  comment: NewComment,
): Promise<string> => {
  const { grid, position, body, author, role, at } = comment
  const point = position && toHexEwkb({ type: 'Point', coordinates: [...position] })
  const values = [plan.town_id, plan.plan_id, grid, point, body, plan.revision, author, role, at]
  return (await db.one(insertCommentQuery, values)).comment_id
}

export const listComments = (db: Scoped, plan: PlanKey): Promise<CommentRow[]> =>
  db.many(listCommentsQuery, [plan.town_id, plan.plan_id])

/** False when there is no such remark. */
export const resolveComment = async (
  db: Scoped,
  plan: PlanKey,
  comment: string,
  who: string,
  now: number,
): Promise<boolean> =>
  (await db.maybeOne(resolveCommentQuery, [plan.town_id, plan.plan_id, comment, who, now])) !== undefined
