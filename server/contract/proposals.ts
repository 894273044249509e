/**
 * Before and instead of drawing: GET /api/plans/{id}/feasibility · POST /api/plans/{id}/proposals → 202 with a job ·
 * GET /api/proposals/{job} · POST /api/proposals/{job}/plans makes a plan of one of them.
 */
import { z } from 'zod'
import { jobSchema } from './jobs.ts'
import { codeSchema, messageSchema } from './values.ts'

export const mostProposals = 9

export const sizesSchema = z
  .object({ from: z.int().min(0), to: z.int().min(1) })
  .refine(({ from, to }) => from <= to, { message: '`from` must not be above `to`', path: ['from'] })
  .meta({ id: 'Sizes', description: 'Households an ordinary grid should have, both included' })

const saidSchema = z.object({ code: z.string(), message: messageSchema })

export const feasibilitySchema = z
  .object({
    village: z.string(),
    component: z.string().meta({ description: 'Connected ground of the village, by its first piece' }),
    households: z.int(),
    verdict: z.enum(['feasible', 'impossible', 'unknown']).meta({
      description: 'feasible, impossible: proved; unknown: the numbers allow it, only a search can tell',
    }),
    grids: z
      .object({ from: z.int(), to: z.int() })
      .nullable()
      .meta({ description: 'Numbers of grids the arithmetic allows' }),
    fewest_out_of_band: z.int(),
    proofs: z.array(saidSchema),
    relaxations: z
      .array(
        saidSchema.extend({
          groups: z
            .array(z.string())
            .optional()
            .meta({ description: 'With `cut_groups`: what to ask for as `may_cut`' }),
        }),
      )
      .meta({ description: 'What would make it possible' }),
    message: messageSchema,
  })
  .meta({ id: 'Feasibility' })

export const planFeasibilitySchema = z.object({
  plan: z.string(),
  revision: z.int(),
  sizes: sizesSchema,
  components: z.array(feasibilitySchema),
})

export const proposeSchema = z.strictObject({
  plans: z.int().min(1).max(mostProposals).meta({ description: 'Different proposals wanted' }),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .meta({ description: 'The same seed on the same plan gives the same proposals' }),
  sizes: sizesSchema.optional().meta({ description: 'The policy’s when absent' }),
  keep_current: z
    .boolean()
    .meta({ description: 'Grids in the band stay as they are, few households change grid' }),
  villages: z.array(codeSchema).min(1).max(500).optional().meta({ description: 'All when absent' }),
  may_cut: z.array(z.string().min(1).max(200)).max(500).optional().meta({
    description:
      'Natural villages that may be divided, and are only where it is proved that no proposal keeps all of them whole; none when absent',
  }),
})

const share = z.number().nullable()

export const proposalGridSchema = z
  .object({
    code: z.string(),
    name: z.string().nullable(),
    kind: z.enum(['ordinary', 'dedicated', 'microgrid']),
    village: z.string(),
    is_new: z.boolean().meta({ description: 'Continues no grid of the plan: it gets its code when adopted' }),
    locked: z.boolean(),
    at: z.tuple([z.number(), z.number()]),
    households: z.int(),
    persons: z.int(),
    must_visit: z.int(),
    in_band: z.boolean().nullable(),
    area_m2: z.number(),
    compactness: share,
    barrier_share: share,
    named_share: share,
  })
  .meta({ id: 'ProposalGrid' })

export const proposalSchema = z
  .object({
    number: z.int(),
    grids: z.array(proposalGridSchema),
    assignment: z
      .array(z.int().nullable())
      .meta({ description: 'For each atom, which of the grids has it; null: none of them' }),
    figures: z.object({
      grids: z.int().meta({ description: 'Ordinary grids; the figures are theirs' }),
      out_of_band: z.int(),
      households_outside: z.int().meta({ description: 'Households by which they miss the band' }),
      moved_households: z
        .int()
        .nullable()
        .meta({ description: 'Against the plan; null where it has no grids' }),
      boundary_m: z.number(),
      barrier_share: share.meta({ description: 'Of the lines between grids, on streets, rivers, railways' }),
      compactness: share.meta({ description: 'Mean Polsby–Popper' }),
      top_to_bottom: share,
      maximal_deviation: share,
      groups_split: z.int(),
    }),
  })
  .meta({ id: 'Proposal' })

export const proposalsSchema = z.object({
  job: jobSchema,
  found: z
    .object({
      plan: z.string(),
      revision: z.int(),
      sizes: sizesSchema,
      plans: z.int().meta({ description: 'How many different ones were asked for' }),
      seed: z.int(),
      keep_current: z.boolean(),
      villages: z.array(z.string()).nullable(),
      may_cut: z.array(z.string()),
      atoms: z.array(z.string()),
      proposals: z.array(proposalSchema).meta({ description: 'The best first; fewer where no others are' }),
      components: z.array(feasibilitySchema),
      not_found: z.array(
        z.object({
          village: z.string(),
          component: z.string(),
          households: z.int(),
          out_of_band: z.int(),
          households_outside: z.int(),
          message: messageSchema,
        }),
      ),
      notes: z.array(
        z.object({
          code: z.string(),
          village: z.string(),
          ids: z.array(z.string()),
          message: messageSchema,
        }),
      ),
    })
    .nullable()
    .meta({ description: 'Null until the job is done' }),
})

export const adoptSchema = z.strictObject({
  number: z.int().min(1).max(mostProposals),
  name: z.string().trim().min(1).max(200),
  note: z.string().max(2000).nullable().optional(),
})

export type Feasibility = z.infer<typeof feasibilitySchema>
export type PlanFeasibility = z.infer<typeof planFeasibilitySchema>
export type Proposal = z.infer<typeof proposalSchema>
export type Proposals = z.infer<typeof proposalsSchema>
export type ProposeRequest = z.infer<typeof proposeSchema>
