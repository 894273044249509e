/** What planners ask of the service: plans made, edited, decided, proposed, and problems accepted. Requests go through api.ts. */
import type { Job } from '../server/contract/jobs.ts'
import type { ProposeRequest } from '../server/contract/proposals.ts'
import type { Edit } from '../server/core/planning/drawing/edit.ts'
import { type Answers, address, ask, form, request, sent } from './api.ts'

/** Where a new plan begins: with the grids in force, repaired or as they are, on the ground alone, or as a copy of another. */
export type PlanOrigin =
  | { readonly source: 'division' | 'atoms' }
  | { readonly source: 'division'; readonly day: string; readonly repairs: readonly string[] }
  | { readonly source: 'plan'; readonly plan: string }

export const createPlan = (area: string, name: string, from: PlanOrigin): Promise<Answers['createdPlan']> =>
  request('createdPlan', address(['areas', area, 'plans']), sent({ name, from }))

/** A new plan from the grids in files. */
export const importPlan = (
  area: string,
  name: string,
  grids: readonly File[],
  crs: string,
): Promise<Answers['createdPlan']> =>
  request('createdPlan', address(['areas', area, 'plans', 'import'], { name, crs }), {
    method: 'POST',
    body: form({ grids }),
  })

/** The drawing of a plan and the revision it is of. As text: it is read in a worker. */
export const loadDrawing = (
  id: string,
  signal: AbortSignal,
): Promise<{ readonly document: string; readonly revision: number }> =>
  ask(address(['plans', id, 'drawing']), { signal }, async (response) => ({
    document: await response.text(),
    revision: Number(response.headers.get('x-revision')),
  }))

/** Every step ever kept of a plan, the oldest first. */
export async function loadPlanEdits(id: string, signal: AbortSignal): Promise<Answers['planEdits']['edits']> {
  const edits: Answers['planEdits']['edits'] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await request('planEdits', address(['plans', id, 'edits'], { after }), { signal })
    edits.push(...page.edits)
    after = page.next
  }
  return edits
}

export interface PlanSteps {
  readonly revision: number
  readonly batch: string
  readonly operations: readonly (
    | { readonly op: 'edit'; readonly edit: Edit }
    | { readonly op: 'undo' | 'redo' }
  )[]
}

/** @param last the page is going away: the request outlives it */
export const savePlan = (id: string, steps: PlanSteps, last: boolean): Promise<Answers['planSaved']> =>
  request('planSaved', address(['plans', id, 'edits']), { ...sent(steps), keepalive: last })

/** What is decided on a plan; each carries the revision its author had before them. */
export interface PlanDecisions {
  readonly submit: { readonly revision: number; readonly from: string; readonly reason: string | null }
  /** Grids: whole groups of `planChanges`; null: all that is undecided, and to return, the whole plan. */
  readonly approve: {
    readonly revision: number
    readonly grids: readonly string[] | null
    readonly reason: string | null
  }
  readonly return: {
    readonly revision: number
    readonly grids: readonly string[] | null
    readonly reason: string
  }
  readonly withdraw: { readonly revision: number; readonly reason: string | null }
}

export const decidePlan = <Step extends keyof PlanDecisions>(
  id: string,
  step: Step,
  decision: PlanDecisions[Step],
): Promise<Answers['planStep']> => request('planStep', address(['plans', id, step]), sent(decision))

export const settlePlanTask = (
  id: string,
  task: string,
  note: string | null,
): Promise<Answers['planTasks']> =>
  request('planTasks', address(['plans', id, 'tasks', task, 'settle']), sent({ note }))

export const enactPlan = (id: string, revision: number, from: string): Promise<Answers['planEnacted']> =>
  request('planEnacted', address(['plans', id, 'enact']), sent({ revision, from }))

/** Starts a search for proposals on a plan; it is followed through its job. */
export const propose = (plan: string, question: ProposeRequest): Promise<Job> =>
  request('job', address(['plans', plan, 'proposals']), sent(question))

/** Makes a plan of a proposal. */
export const adoptProposal = (job: string, number: number, name: string): Promise<Answers['createdPlan']> =>
  request('createdPlan', address(['proposals', job, 'plans']), sent({ number, name }))

export const remarkOnPlan = (
  id: string,
  body: string,
  grid: string | null,
): Promise<Answers['planComment']> =>
  request('planComment', address(['plans', id, 'comments']), sent({ body, grid }))

/** That a problem may stay: why, and the first day on which it may no longer. */
export interface AcceptRequest {
  readonly problem: string
  readonly reason: string
  readonly expires_on: string | null
}

export const acceptProblem = (
  area: string,
  day: string,
  accepted: AcceptRequest,
): Promise<Answers['exception']> =>
  request('exception', address(['areas', area, 'exceptions'], { day }), sent(accepted))

export const acceptPlanProblem = (plan: string, accepted: AcceptRequest): Promise<Answers['exception']> =>
  request('exception', address(['plans', plan, 'exceptions']), sent(accepted))

export const liftProblem = (area: string, problem: string): Promise<void> =>
  ask(address(['areas', area, 'exceptions', problem]), { method: 'DELETE' }, () => Promise.resolve())
