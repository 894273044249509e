/** What can be drawn on a plan's ground at all, and proposals for it: contract/proposals.ts. */
import { z } from 'zod'
import { requireViewer } from '../../commands/authority.ts'
import { adoptProposal } from '../../commands/plans/adopt-proposal.ts'
import { requirePlan, requireRight } from '../../commands/plans/plan-authority.ts'
import { groundOfPlan } from '../../commands/plans/plan-changes.ts'
import { loadDrawing } from '../../commands/plans/plan-drawings.ts'
import type { KeptProposals } from '../../commands/plans/proposal-shelf.ts'
import { jobSchema } from '../../contract/jobs.ts'
import { createdPlanSchema } from '../../contract/plans.ts'
import {
  adoptSchema,
  planFeasibilitySchema,
  proposalsSchema,
  proposeSchema,
} from '../../contract/proposals.ts'
import { emptyQuery, wholeNumber } from '../../contract/queries.ts'
import type { SizeBand } from '../../core/policy/division-policy.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { listNaturalVillages } from '../../db/plan-ground.ts'
import { findDrawing, type PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { badRequest, notFound } from '../../errors.ts'
import { loadArea } from '../area.ts'
import { loadBand } from '../grids.ts'
import { findJob, presentJob } from '../jobs.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { scopeKey } from '../viewer.ts'
import { onPlan } from './plans.ts'
import { presentCreated } from './present.ts'
import { presentFeasibility, presentProposals } from './present-proposals.ts'

/** A search ends with the best it has after so long. */
const searchMilliseconds = 60_000

export const feasibilityRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/feasibility',
  tag: 'plans',
  summary: {
    zh: '可行性：户数能否分成规模内的网格',
    en: 'Whether the ground of a plan can be cut into grids of the wanted size at all, with proofs and ways out',
  },
  params: onPlan,
  query: z
    .strictObject({
      from: wholeNumber(0, 1_000_000).optional().meta({ description: 'The policy’s when absent' }),
      to: wholeNumber(1, 1_000_000).optional(),
    })
    .refine(({ from, to }) => (from === undefined) === (to === undefined) && (from ?? 0) <= (to ?? 1e6), {
      message: '`from` and `to` stand together, `from` not above `to`',
      path: ['from'],
    }),
  answer: jsonAnswer(200, 'A judgement for each connected ground of each village', planFeasibilitySchema),
  async handle({ db, params, query, now, services, signal }) {
    const plan = await requirePlan(db, params.id)
    const { from, to } = query
    const band = await requireBand(
      db,
      plan,
      from === undefined || to === undefined ? null : { from, to },
      now,
    )
    const { revision, document } = await findDrawing(db, plan)
    const judged = await services.thread.run('judgePlan', { document, band }, signal)
    const nameOf = await namesOfGroups(db, plan)
    const components = judged.map((one) => presentFeasibility(one, band, nameOf))
    return { body: { plan: plan.plan_id, revision, sizes: { ...band }, components } }
  },
})

export const proposeRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/proposals',
  tag: 'plans',
  summary: {
    zh: '生成建议方案',
    en: 'Propose balanced, contiguous grids along streets on a plan’s ground; answers with the job that does it',
  },
  params: onPlan,
  query: emptyQuery,
  json: proposeSchema,
  answer: jsonAnswer(202, 'The job', jobSchema),
  async handle({ db, params, body, now, services, viewer }) {
    requireRight(requireViewer(db), 'draw')
    const plan = await requirePlan(db, params.id)
    const band = await requireBand(db, plan, body.sizes ?? null, now)
    const { revision, document } = await findDrawing(db, plan)
    const { plans, seed, keep_current: keepCurrent, villages = null, may_cut: mayCut = [] } = body
    if (villages) await requireVillages(db, plan, villages)
    const asked = { band, plans, seed, keepCurrent, villages, mayCut }
    const job = services.jobs.startJob({
      kind: 'proposals',
      title: { zh: `方案建议：${plan.name}`, en: `Proposals: ${plan.name}` },
      async run(report, signal) {
        report({ zh: '读取方案', en: 'Reading the plan' }, 0, null)
        const found = await services.searchThread.run('proposeOnPlan', { document, ...asked }, signal, {
          searchMilliseconds,
          onProgress: (step, total) => report({ zh: '划分', en: 'Dividing' }, step, total),
        })
        services.proposals.keep(job.id, { plan: plan.plan_id, revision, ...asked, found })
        return { state: 'done' }
      },
    })
    services.jobOwners.set(job.id, scopeKey(viewer))
    return {
      body: presentJob(job),
      cacheControl: 'no-store',
      headers: { location: `/api/proposals/${job.id}` },
    }
  },
})

const onJob = z.object({ job: z.string().max(64) })

export const proposalsRoute = defineRoute({
  method: 'get',
  path: '/api/proposals/{job}',
  tag: 'plans',
  summary: { zh: '建议方案', en: 'The proposals of a job, each with its figures, and what is impossible' },
  params: onJob,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The job, and what it found once it is done', proposalsSchema),
  async handle(call) {
    const job = findJob(call, call.params.job)
    const kept = job.state === 'done' ? requireKept(call.services.proposals.find(job.id)) : null
    if (!kept) return { body: { job: presentJob(job), found: null } }
    const nameOf = await namesOfGroups(call.db, await requirePlan(call.db, kept.plan))
    return { body: { job: presentJob(job), found: presentProposals(kept, nameOf) } }
  },
})

export const adoptProposalRoute = defineRoute({
  method: 'post',
  path: '/api/proposals/{job}/plans',
  tag: 'plans',
  summary: { zh: '采用建议方案：建立新方案', en: 'Adopt a proposal: a new draft is made of it' },
  params: onJob,
  query: emptyQuery,
  json: adoptSchema,
  answer: jsonAnswer(201, 'The draft', createdPlanSchema),
  async handle(call) {
    const { body, db, now, params, services } = call
    const kept = requireKept(services.proposals.find(findJob(call, params.job).id))
    const { number, name, note = null } = body
    const created = await adoptProposal(db, { kept, number, name, note, now })
    const location = `/api/plans/${created.plan.plan_id}`
    return { body: presentCreated(created), headers: { location }, cacheControl: 'no-store' }
  },
})

/** What people call the natural village that a group is, or is a part of: `<id>`, `<id>@<village>`, `<id>#<part>`. */
async function namesOfGroups(db: Scoped, plan: PlanRow): Promise<(group: string) => string> {
  const known = await listNaturalVillages(db, groundOfPlan(plan))
  const names = new Map(known.map(({ id, name }) => [id, name]))
  return (group) => names.get(group) ?? names.get(group.replace(/(@.*)?(#\d+)?$/, '')) ?? group
}

/** @throws AppError `not_found` for a job that made none, or whose proposals had to give way to newer ones */
function requireKept(kept: KeptProposals | undefined): KeptProposals {
  if (kept) return kept
  throw notFound({
    zh: '这些建议方案（只保留最近的；用同一随机种子可再次生成）',
    en: 'Those proposals (only the latest are kept; the same seed makes them again)',
  })
}

/** @throws AppError `bad_request` for a village the plan does not have */
async function requireVillages(db: Scoped, plan: PlanRow, villages: readonly string[]): Promise<void> {
  const { drawing } = await loadDrawing(db, plan)
  const known = new Set(drawing.atoms.map((atom) => atom?.village))
  const strange = villages.filter((village) => !known.has(village))
  if (strange.length === 0) return
  throw badRequest({
    zh: `方案不含村（社区）${strange.join('、')}`,
    en: `the plan has no village ${strange.join(', ')}`,
  })
}

/** The sizes asked for, else the place's. @throws AppError `bad_request` where there are neither */
async function requireBand(
  db: Scoped,
  plan: PlanRow,
  asked: SizeBand | null,
  now: number,
): Promise<SizeBand> {
  if (asked) return asked
  const known = await loadBand(db, await loadArea(db, plan.area_code), localDayOf(now))
  if (known) return known.size
  throw badRequest({
    zh: '本地没有规定网格户数：请给出户数范围',
    en: 'no policy says how many households a grid should have: give sizes',
  })
}
