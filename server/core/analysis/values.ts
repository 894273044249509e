/**
 * One question about incidents and its answer, the same for the command line, the service and the screen: everything that decides
 * a figure stands in the question, so that the same question on the same records gives the same bytes.
 */
import type { EmergingClass } from '../statistics/emerging-class.ts'
import type { HotSpotClass } from '../statistics/hot-spot-class.ts'
import type { MoranQuadrant } from '../statistics/local-moran.ts'
import type { AreaGeometry, LngLat, Message } from '../values.ts'
import type { Change } from './compare-periods.ts'

export type Statistic = 'gi-star' | 'gi' | 'local-moran' | 'kde' | 'emerging' | 'scan' | 'knox'
export type Unit = 'hexagon' | 'grid'
/** Benjamini–Hochberg; Benjamini–Yekutieli. */
export type Correction = 'bh' | 'by'
export type Kernel = 'gaussian' | 'quartic'
export type EdgeCorrection = 'none' | 'uniform' | 'diggle'
/** What a cell is measured by; the association statistics test this very value. */
export type Measure = 'count' | 'per-km2' | 'per-1000-households' | 'eb' | 'eb-local'
export type Step = 'day' | 'week' | 'month'
/** `permutation` needs no population; `poisson` takes households as population. */
export type ScanModel = 'permutation' | 'poisson'
/** Metres, or the rule that chooses them from the points: Silverman's, or likelihood cross-validation. */
export type Bandwidth = number | 'silverman' | 'cv'

/** Days [from, to) in Asia/Shanghai; null is open, as for a file whose days nobody named. */
export interface Days {
  readonly from: string | null
  readonly to: string | null
}

/** Which records count; null: all. Hours 0–23 and weekdays 1 (Monday) – 7 in Asia/Shanghai. */
export interface IncidentFilter {
  readonly period: Days
  readonly categories: readonly string[] | null
  readonly severities: readonly string[] | null
  readonly statuses: readonly string[] | null
  readonly hours: readonly number[] | null
  readonly weekdays: readonly number[] | null
}

export interface AnalysisQuestion extends IncidentFilter {
  readonly statistic: Statistic
  readonly unit: Unit
  /** H3 resolution 5–11, of `unit` hexagon. */
  readonly resolution: number
  /** An earlier or later period to set beside this one; null: none. */
  readonly compare: Days | null
  /** Neighbourhood of a hexagon in steps; of a grid 1 is those that share an edge. Not looked at where there is a band. */
  readonly rings: number
  /** Neighbourhood as a distance between centres, metres; null: rings. */
  readonly bandMetres: number | null
  readonly correction: Correction
  /** Replications of a test that draws them: local Moran, scan, Knox. */
  readonly permutations: number
  readonly seed: number
  readonly bandwidth: Bandwidth
  readonly kernel: Kernel
  readonly edge: EdgeCorrection
  readonly measure: Measure
  /** Length of a step of playback, emerging and scan; null: the answer has no steps. */
  readonly step: Step | null
  /** Earlier steps that are neighbours in time of `emerging`. */
  readonly stepsBack: number
  readonly model: ScanModel
  /** Only clusters that last until the end of the period: what early warning asks. */
  readonly prospective: boolean
  /** Bounds of Knox's bands, ascending, the first 0; the same place is a band of its own. Metres and days. */
  readonly distances: readonly number[]
  readonly dayBounds: readonly number[]
  /** Legend breaks given from outside, ascending, so that colours stay while filtering; null: of the whole period's records. */
  readonly breaks: readonly number[] | null
}

/** An incident as an analysis needs it. */
export interface IncidentRecord {
  readonly id: string
  /** Epoch milliseconds. */
  readonly occurredAt: number
  readonly category: string
  readonly severity: string | null
  readonly status: string
  readonly longitude: number | null
  readonly latitude: number | null
}

export interface AnalysisGrid {
  readonly code: string
  readonly name: string | null
  readonly geometry: AreaGeometry
}

export interface AnalysisLegend {
  readonly measure: Measure | 'density'
  readonly unit: Message
  /** Inner breaks of the colours, ascending; a value at a break belongs to the class above. Empty: one colour. */
  readonly breaks: readonly number[]
  readonly breaksFrom: 'question' | 'period'
  readonly largest: number | null
  /** Cells without a value (no households, undefined), drawn in no colour. */
  readonly withoutValue: number
}

/** A cylinder of the scan: cells around a centre in a run of steps. */
export interface AnalysisCluster {
  readonly rank: number
  readonly centre: LngLat
  readonly radiusMetres: number
  readonly cells: readonly string[]
  readonly from: string
  readonly to: string
  readonly observed: number
  readonly expected: number
  readonly logLikelihoodRatio: number
  readonly p: number
  /** Days between chance findings of this strength, of a prospective scan: interval between analyses / p. */
  readonly recurrenceDays: number | null
}

/** Pairs of incidents near each other in space and in time: bands half-open [from, to). */
export interface AnalysisBand {
  readonly label: Message
  /** The same place is from 0 to 0. */
  readonly fromMetres: number
  readonly toMetres: number
  readonly fromDays: number
  readonly toDays: number
  readonly observed: number
  /** Mean and median over permuted times. */
  readonly expected: number
  readonly median: number
  readonly ratio: number | null
  readonly p: number
}

/** How well the hot cells of one period foretold the incidents of the next. */
export interface Accuracy {
  readonly trained: Days
  readonly tested: Days
  readonly hotCells: number
  readonly areaShare: number
  readonly hits: number
  readonly incidents: number
  readonly hitRate: number | null
  readonly pai: number | null
  readonly pei: number | null
}

/** What became of the records read; each stands once, under the first reason that holds. */
export interface Exclusions {
  /** Could not be read. */
  readonly refused: number
  readonly otherCategory: number
  readonly otherSeverity: number
  readonly otherStatus: number
  readonly otherPeriod: number
  readonly otherHour: number
  readonly noPosition: number
  readonly outside: number
  readonly inNoUnit: number
}

export type CellClass = HotSpotClass | MoranQuadrant | EmergingClass

/** Figures of one hexagon or grid. */
export interface CellResult {
  readonly id: string
  readonly name: string | null
  readonly count: number
  readonly expected: number | null
  readonly perSquareKm: number
  /** Per 1,000 households. */
  readonly rate: number | null
  readonly households: number | null
  /** The households, and what could be turned back into them, are kept back: there are too few. */
  readonly withheld?: true
  /** What the legend colours. */
  readonly value: number | null
  readonly z: number | null
  readonly p: number | null
  /** Two-sided p of the neighbourhood's incidents under an even spread: q corrects the larger of both (statistics/even-spread). */
  readonly pEven?: number | null
  readonly q: number | null
  readonly class: CellClass | null
  readonly quadrant?: MoranQuadrant | null
  readonly trendZ?: number | null
  readonly trendP?: number | null
  readonly counts?: readonly number[]
  readonly before?: number
  readonly change?: Change
}

export interface Contour {
  readonly from: number
  readonly to: number | null
  readonly geometry: AreaGeometry
}

export interface AnalysisResult {
  readonly question: AnalysisQuestion
  readonly cells: readonly CellResult[]
  readonly studyArea: 'given' | 'hull'
  readonly areaSquareKm: number
  readonly counted: number
  readonly excluded: Exclusions
  readonly households: {
    readonly total: number
    readonly counted: number
    readonly noPosition: number
    readonly outside: number
  } | null
  readonly legend: AnalysisLegend
  readonly steps: readonly (StepDays & { readonly count: number })[] | null
  readonly compared: {
    readonly from: string | null
    readonly to: string | null
    readonly count: number
  } | null
  readonly moran: GlobalMoran | null
  readonly bandwidth: {
    readonly usedMetres: number
    readonly silvermanMetres: number | null
    readonly crossValidatedMetres: number | null
  } | null
  /** Of a kernel rate: households, each weighed by k(d)/k(0), below which there is none. */
  readonly dualKernel: { readonly leastHouseholds: number } | null
  readonly contours: readonly Contour[] | null
  readonly clusters: readonly AnalysisCluster[] | null
  readonly bands: readonly AnalysisBand[] | null
  readonly accuracy: Accuracy | null
  readonly fingerprint: string
  readonly reading: Message
}

export interface GlobalMoran {
  readonly i: number
  readonly expected: number
  readonly z: number | null
  readonly p: number | null
}

export interface StepDays {
  readonly from: string
  /** First day no longer in it. */
  readonly to: string
  /** False for the piece of a week or month that the period begins or ends with: its count must not be taken for a fall. */
  readonly whole: boolean
}

export interface CellTest {
  readonly z: number | null
  /** Two-sided, never 0. */
  readonly p: number | null
  /** Two-sided p of the neighbourhood's incidents under an even spread; absent where the statistic does not ask. */
  readonly pEven?: number | null
  readonly q: number | null
  readonly class: HotSpotClass | MoranQuadrant | null
  readonly quadrant: MoranQuadrant | null
}
