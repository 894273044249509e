/** A plan compared with the grids in force or another plan: as JSON, and as a report to be read, printed and signed. */
import type { z } from 'zod'
import { requirePlan } from '../../commands/plans/plan-authority.ts'
import { type ComparedPlan, type ComparedSide, comparePlan } from '../../commands/plans/plan-comparison.ts'
import {
  type ComparedGrid,
  comparisonGroundSchema,
  comparisonQuery,
  type PlanComparisonReport,
  planComparisonSchema,
} from '../../contract/plan-comparison.ts'
import type { PlanComparison } from '../../core/planning/compare-plans.ts'
import type { DivisionFigures } from '../../core/planning/division-figures.ts'
import { bandStatus } from '../../core/policy/division-policy.ts'
import { dayBounds, localDayOf } from '../../core/trajectories/local-day.ts'
import type { LngLat } from '../../core/values.ts'
import { comparisonPage } from '../../formats/plan-report/comparison-page.ts'
import { type ComparisonReport, writeComparisonXlsx } from '../../formats/plan-report/write-plan-report.ts'
import { loadAbove, pdfAnswer } from '../posters/load.ts'
import { type Call, defineRoute, jsonAnswer } from '../route.ts'
import { onPlan } from './plans.ts'
import { presentDifference } from './present.ts'

type ComparisonCall = Pick<
  Call<z.output<typeof onPlan>, z.output<typeof comparisonQuery>, undefined>,
  'db' | 'now' | 'params' | 'query' | 'services' | 'signal'
>

async function compare({
  db,
  now,
  params,
  query,
  services,
  signal,
}: ComparisonCall): Promise<{ day: string; compared: ComparedPlan }> {
  const plan = await requirePlan(db, params.id)
  const day = query.day ?? plan.effective_from ?? localDayOf(now)
  const other = query.with === undefined || query.with === 'in_force' ? null : query.with
  const at = { day, from: dayBounds(day).from }
  const compared = await comparePlan(db, plan, other, at, (input) =>
    services.thread.run('compareOnPlan', input, signal),
  )
  return { day, compared }
}

export const planComparisonRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/comparison',
  tag: 'plans',
  summary: {
    zh: '方案对比：与现行网格或另一方案',
    en: 'A plan beside the grids in force or another plan: figures of both, households from → to, workers, codes',
  },
  params: onPlan,
  query: comparisonQuery,
  answer: jsonAnswer(200, 'The comparison', planComparisonSchema),
  async handle(call) {
    const { day, compared } = await compare(call)
    return { body: presentComparison(compared, day) }
  },
})

export const comparisonGroundRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/comparison/ground',
  tag: 'plans',
  summary: {
    zh: '方案对比的图形：两边的网格与变动的住户',
    en: 'A comparison as a map: the grids of both sides, and where the households live that move',
  },
  params: onPlan,
  query: comparisonQuery,
  answer: jsonAnswer(200, 'The grids without their microgrids, by code', comparisonGroundSchema),
  async handle(call) {
    const { day, compared } = await compare(call)
    const { before, after, moved } = compared
    const geometries = [...before.grids, ...after.grids].map((grid) => grid.geometry)
    const points = await call.services.thread.run('labelPoints', geometries, call.signal)
    return {
      body: {
        revision: after.plan?.revision,
        day,
        before: presentGround(compared, before, points.slice(0, before.grids.length), 'householdsBefore'),
        after: presentGround(compared, after, points.slice(before.grids.length), 'householdsAfter'),
        moved: moved.map(({ id, longitude, latitude, from, to }) => ({
          household: id,
          position: [longitude, latitude],
          from,
          to,
        })),
      },
    }
  },
})

function presentGround(
  { comparison, band }: ComparedPlan,
  { grids }: ComparedSide,
  labelPoints: readonly LngLat[],
  households: 'householdsBefore' | 'householdsAfter',
): ComparedGrid[] {
  const changes = new Map(comparison.grids.map((change) => [change.code, change]))
  return grids.flatMap(({ code, name, kind, geometry }, i): ComparedGrid[] => {
    const change = changes.get(code)
    if (!change || kind === 'microgrid') return []
    return [
      {
        code,
        name,
        kind,
        households: change[households],
        band_status: bandStatus(change[households], band, kind),
        changed: isChanged(change),
        label_point: [...labelPoints[i]!],
        geometry: { ...geometry },
      },
    ]
  })
}

/** A grid whose seams were mended is still the same grid to people: what counts is who lives there, or a thousandth of its ground. */
const isChanged = (change: PlanComparison['grids'][number]): boolean =>
  change.status !== 'kept' ||
  change.householdsGained + change.householdsLost > 0 ||
  change.areaGainedSquareMetres + change.areaLostSquareMetres > change.areaBeforeSquareMetres / 1000

function presentComparison(
  { before, after, band, comparison, moved }: ComparedPlan,
  day: string,
): PlanComparisonReport {
  const personsOf = new Map(moved.map((one) => [one.id, one.persons]))
  const { moves, ...difference } = presentDifference(comparison)
  return {
    before: presentSide(before),
    after: presentSide(after),
    sizes: band && { ...band },
    codes: {
      kept: [...comparison.codes.kept],
      created: [...comparison.codes.created],
      retired: [...comparison.codes.retired],
    },
    difference_nats: comparison.variationOfInformation,
    day,
    ...difference,
    moves: moves.map((move) => ({
      ...move,
      persons: move.households.reduce((sum, id) => sum + (personsOf.get(id) ?? 0), 0),
    })),
  }
}

const presentSide = ({ plan, figures }: ComparedSide): PlanComparisonReport['before'] => ({
  plan: plan && { ...plan },
  figures: presentFigures(figures),
})

const presentFigures = (figures: DivisionFigures): PlanComparisonReport['before']['figures'] => ({
  grids: figures.grids,
  counted: figures.counted,
  households: figures.households,
  households_in_none: figures.householdsInNone,
  mean_households: figures.idealHouseholds,
  top_to_bottom: figures.topToBottom,
  maximal_deviation: figures.maximalAbsoluteDeviation,
  out_of_band: figures.outOfBand && {
    grids: [...figures.outOfBand.grids],
    households: figures.outOfBand.households,
  },
  polsby_popper: figures.polsbyPopper,
})

/** What sheet and page have in common. */
function reportOf({ area, before, after, band, comparison }: ComparedPlan, day: string, now: number) {
  const nameOf = ({ plan }: ComparedSide): string =>
    plan ? `${plan.name}（修订 ${plan.revision}）` : `${day} 的现行网格`
  return {
    title: `${area.name}网格划分对比报告`,
    before: nameOf(before),
    after: nameOf(after),
    created: now,
    comparison,
    figures: { before: before.figures, after: after.figures, band },
  } satisfies ComparisonReport
}

async function reportPage(call: ComparisonCall): Promise<string> {
  const { day, compared } = await compare(call)
  const { plan, area, before, after, outline, moved } = compared
  const above = await loadAbove(call.db, area)
  const address = (ending: string): string => {
    const given = new URLSearchParams()
    for (const [name, value] of Object.entries(call.query)) if (value !== undefined) given.set(name, value)
    return `/reports/plans/${encodeURIComponent(plan.plan_id)}${ending}?${given}`
  }
  return comparisonPage({
    ...reportOf(compared, day, call.now),
    area: [...above, area.name].join(''),
    effectiveFrom: plan.effective_from,
    authors: compared.authors,
    ground: { before: before.grids, after: after.grids, outline, moved },
    links: [
      { text: 'PDF', href: address('.pdf') },
      { text: 'XLSX', href: address('.xlsx') },
    ],
  })
}

const fileName = (plan: string): string => `plan-${plan}-comparison`

const report = { params: onPlan, query: comparisonQuery, method: 'get', tag: 'plans' } as const

export const comparisonReportRoute = defineRoute({
  ...report,
  path: '/reports/plans/{id}',
  summary: { zh: '方案对比报告', en: 'The report of a comparison, a page to be printed and signed' },
  answer: { status: 200, description: 'Pages of A4', type: 'text/html; charset=utf-8' },
  handle: async (call) => ({ type: 'text/html; charset=utf-8', body: await reportPage(call) }),
})

export const comparisonPdfRoute = defineRoute({
  ...report,
  path: '/reports/plans/{id}.pdf',
  summary: {
    zh: '方案对比报告，PDF',
    en: 'The report of a comparison as PDF; 501 without a Chromium on the server',
  },
  answer: { status: 200, description: 'Pages of A4', type: 'application/pdf' },
  async handle(call) {
    const html = await reportPage(call)
    return pdfAnswer(await call.services.printer.print(html, call.signal), html, fileName(call.params.id))
  },
})

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const comparisonXlsxRoute = defineRoute({
  ...report,
  path: '/reports/plans/{id}.xlsx',
  summary: {
    zh: '方案对比报告，XLSX',
    en: 'The report of a comparison as a workbook, with every household that moves, by id',
  },
  answer: { status: 200, description: 'A workbook', type: xlsx },
  async handle(call) {
    const { day, compared } = await compare(call)
    return {
      type: xlsx,
      body: await writeComparisonXlsx(reportOf(compared, day, call.now)),
      headers: {
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName(call.params.id))}.xlsx`,
      },
      cacheControl: 'no-store',
    }
  },
})
