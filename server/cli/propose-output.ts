/** What `wangge propose` gives: grids as features, everything as JSON, a card for people. */
import { dissolve } from '../core/coverage/dissolve.ts'
import { figure } from '../core/coverage/messages.ts'
import { evaluatePlan, type GridCard, type PlanCard } from '../core/planning/evaluate-plan.ts'
import type { Proposal, Proposals, ProposedGrid } from '../core/planning/propose/values.ts'
import type { AtomGraph } from '../core/planning/values.ts'
import type { SizeBand } from '../core/policy/division-policy.ts'
import type { AreaGeometry } from '../core/values.ts'
import type { OutputFeature } from '../formats/write-features.ts'

/** A proposal with its evaluation, the grids in the proposal's order: village by village. */
export interface EvaluatedProposal {
  readonly proposal: Proposal
  readonly card: PlanCard
}

export const evaluated = (graph: AtomGraph, { proposals }: Proposals, band: SizeBand): EvaluatedProposal[] =>
  proposals.map((proposal) => {
    const card = evaluatePlan(graph, proposal.grids, proposal.assignment, { band })
    const cardOf = new Map(card.grids.map((one) => [one.grid.code, one]))
    return { proposal, card: { ...card, grids: proposal.grids.map(({ code }) => cardOf.get(code)!) } }
  })

const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits

/** One feature a grid, its polygon that of its atoms together, so that neighbours have every vertex in common. */
export function gridFeatures(
  graph: AtomGraph,
  { proposal, card }: EvaluatedProposal,
  personsKnown: boolean,
  nameOf: (grid: ProposedGrid) => string | null,
): OutputFeature[] {
  const atomsOf = new Map<string | null, AreaGeometry[]>(proposal.grids.map(({ code }) => [code, []]))
  for (const [atom, code] of proposal.assignment.entries())
    atomsOf.get(code)?.push(graph.atoms[atom]!.geometry)
  return card.grids.map((one, i) => {
    const grid = proposal.grids[i]!
    const geometry = dissolve(atomsOf.get(grid.code)!)
    const parts = geometry.type === 'MultiPolygon' ? geometry.coordinates.length : 1
    return {
      id: grid.code,
      geometry:
        parts === 1 && geometry.type === 'MultiPolygon'
          ? { type: 'Polygon', coordinates: geometry.coordinates[0]! }
          : geometry,
      properties: {
        plan: proposal.number,
        code: grid.code,
        name: nameOf(grid),
        kind: grid.kind,
        village: grid.village,
        ...figures(one, personsKnown),
        in_band: grid.inBand,
        // Declared, so that a check knows that more than one piece is meant.
        ...(parts > 1 ? { parts } : {}),
      },
    }
  })
}

const figures = (card: GridCard, personsKnown: boolean): Readonly<Record<string, number | null>> => ({
  households: card.households,
  persons: personsKnown ? card.persons : null,
  must_visit: card.mustVisit,
  area_m2: rounded(card.areaSquareMetres, 1),
  polsby_popper: rounded(card.polsbyPopper, 3),
  barrier_share: rounded(card.drawnBarrierShare, 3),
  named_share: rounded(card.drawnNamedShare, 3),
})

/** All plans with their figures, and what was said beside them. */
export function proposalsJson(
  plans: readonly EvaluatedProposal[],
  { components, impossible, notFound, notes }: Proposals,
  question: { readonly band: SizeBand; readonly seed: number },
  personsKnown: boolean,
): object {
  return {
    sizes: question.band,
    seed: question.seed,
    plans: plans.map(({ proposal: { number, score }, card }) => ({
      plan: number,
      grids_out_of_band: score.gridsOutOfBand,
      households_outside: score.householdsOutside,
      groups_split: score.groupsSplit,
      boundary_m: rounded(score.boundaryMetres, 1),
      off_barrier_m: rounded(score.offBarrierMetres, 1),
      cut_borders: score.cutBorders,
      top_to_bottom: rounded(score.topToBottom, 3),
      grids: card.grids.map((one) => ({
        code: one.grid.code,
        kind: one.grid.kind,
        village: one.grid.village,
        ...figures(one, personsKnown),
      })),
    })),
    areas: components.map(({ village, component, households, verdict, counts }) => ({
      village,
      component,
      households,
      verdict,
      grids: counts,
    })),
    impossible: impossible.map(({ village, component, households, proofs, relaxations, message }) => ({
      village,
      component,
      households,
      proofs,
      relaxations,
      message,
    })),
    not_found: notFound,
    notes,
  }
}

/** The card: each plan in a line and its grids in a table, then what is impossible, was not found, or should be known. */
export function proposalsText(
  plans: readonly EvaluatedProposal[],
  { impossible, notFound, notes }: Proposals,
  band: SizeBand,
  nameOf: (grid: ProposedGrid) => string | null,
): string {
  const lines = plans.flatMap((plan) => [...planLines(plan, band, nameOf), ''])
  if (impossible.length > 0)
    lines.push(
      `不可能 impossible: ${impossible.length}`,
      ...impossible.flatMap(({ component, message }) => [
        `  ${component}`,
        `    ${message.zh}`,
        `    ${message.en}`,
      ]),
      '',
    )
  if (notFound.length > 0)
    lines.push(
      `未找到 not found: ${notFound.length}`,
      ...notFound.flatMap(({ message }) => [`  ${message.zh}`, `  ${message.en}`]),
      '',
    )
  for (const { message } of notes) lines.push(`${message.zh} · ${message.en}`)
  lines.push(
    impossible.length + notFound.length === 0
      ? `所有网格都在 ${band.from}–${band.to} 户之内 every grid is within ${band.from}–${band.to}`
      : `有 ${impossible.length + notFound.length} 处不能全部达到 ${band.from}–${band.to} 户 ${impossible.length + notFound.length} place(s) not all within ${band.from}–${band.to}`,
  )
  return lines.join('\n')
}

function planLines(
  { proposal: { number, score, grids }, card }: EvaluatedProposal,
  band: SizeBand,
  nameOf: (grid: ProposedGrid) => string | null,
): string[] {
  const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(100 * share)} %`)
  const inBand = card.counted - card.outOfBand.grids.length
  return [
    `方案 plan ${number}: ${card.grids.length} 个网格 grids, ${inBand}/${card.counted} 在 within ${band.from}–${band.to}, 内部界线 boundary ${figure(score.boundaryMetres)} m, 不在道路等界线上 off barriers ${figure(Math.round(score.offBarrierMetres))} m, 分割 split groups ${score.groupsSplit}`,
    ...card.grids.map(({ grid, households, polsbyPopper, drawnBarrierShare, drawnNamedShare }, i) =>
      [
        `  ${grid.code.padEnd(8)}`,
        grid.village,
        grid.kind === 'dedicated'
          ? `专属 dedicated ${nameOf(grids[i]!) ?? ''}`
          : `${households} 户 households`,
        `紧凑 compactness ${polsbyPopper?.toFixed(2) ?? '–'}`,
        `沿界线 on barriers ${percent(drawnBarrierShare)}`,
        `有名 named ${percent(drawnNamedShare)}`,
      ].join('  '),
    ),
  ]
}
