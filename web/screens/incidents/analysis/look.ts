/** How incidents are looked at, as it stands in the address: measure, method, unit and what the method asks. Pure. */
import type { AnalysisQuery } from '../../../api-analysis.ts'
import { addDays } from '../../../i18n/format.ts'
import { sameSpan, wholeDay, wholeWeek } from '../charts/week-block.ts'
import { periodBefore, yearBefore } from './comparison.ts'
import type { IncidentFilter } from './filter.ts'
import { type Frame, type FrameStep, frameSteps } from './playback.ts'

/** How each measure can be had; the first is the usual. */
export const methods = {
  count: ['cells'],
  density: ['cells', 'kernel'],
  rate: ['raw', 'eb', 'eb-local', 'kernel-rate'],
  significance: ['gi-star', 'gi', 'local-moran', 'emerging', 'scan', 'knox'],
  change: ['cells'],
} as const

export type Measure = keyof typeof methods
export type Method = (typeof methods)[Measure][number]
export const measures = Object.keys(methods) as readonly Measure[]

export const resolutions = ['8', '9', '10'] as const
export const ringChoices = ['1', '2', '3'] as const
/** Metres; empty: rings. */
export const bandChoices = ['', '500', '1000', '2000'] as const
export const corrections = ['bh', 'by'] as const
export const bandwidths = ['silverman', 'cv', '200', '400', '800'] as const
export const kernels = ['quartic', 'gaussian'] as const
export const edges = ['uniform', 'diggle', 'none'] as const
export const tests = ['count', 'per-1000-households', 'eb'] as const
export const units = ['hexagon', 'grid'] as const

export interface Look {
  readonly measure: Measure
  readonly method: Method
  readonly unit: (typeof units)[number]
  readonly resolution: (typeof resolutions)[number]
  readonly rings: (typeof ringChoices)[number]
  readonly band: (typeof bandChoices)[number]
  readonly correction: (typeof corrections)[number]
  readonly bandwidth: (typeof bandwidths)[number]
  readonly kernel: (typeof kernels)[number]
  readonly edge: (typeof edges)[number]
  /** What significance is asked of. */
  readonly tested: (typeof tests)[number]
  /** Length of the frames of a playback; null: the whole interval at once. */
  readonly step: FrameStep | null
  /** `before`, `year`, or two days; empty: compared with nothing. */
  readonly compare: string
  /** Both periods on two maps in place of their difference on one. */
  readonly isBeside: boolean
  /** Breaks of what is shown now instead of the fixed ones. */
  readonly ownBreaks: boolean
}

type Choices = Readonly<Record<string, string | undefined>>

const oneOf = <T extends string>(value: string | undefined, known: readonly T[]): T =>
  known.find((one) => one === value) ?? (known[0] as T)

/** Reads the look of an address; what is not understood is at its usual. */
export function readLook(choices: Choices): Look {
  const measure = oneOf(choices['measure'], measures)
  const method = oneOf<Method>(choices['method'], methods[measure])
  const step = frameSteps.find((one) => one === choices['step']) ?? null
  return {
    measure,
    method,
    // A surface and bands of distance know no grid.
    unit: isSurface(method) || method === 'knox' ? 'hexagon' : oneOf(choices['unit'], units),
    resolution: resolutions.find((one) => one === choices['resolution']) ?? usualResolution(method),
    rings: oneOf(choices['rings'], ringChoices),
    band: oneOf(choices['band'], bandChoices),
    correction: oneOf(choices['correction'], corrections),
    bandwidth: oneOf(choices['bandwidth'], bandwidths),
    kernel: oneOf(choices['kernel'], kernels),
    edge: oneOf(choices['edge'], edges),
    tested: oneOf(choices['tested'], tests),
    step: canPlay({ measure, method }) || method === 'emerging' || method === 'scan' ? step : null,
    compare: choices['compare'] || (measure === 'change' ? 'before' : ''),
    isBeside: measure === 'change' && choices['beside'] === '1',
    ownBreaks: choices['breaks'] === 'own',
  }
}

/** A density, or a rate, of the ground: drawn as a surface, on hexagons. */
export const isSurface = (method: Method): boolean => method === 'kernel' || method === 'kernel-rate'

/** A scan tries every circle in every run of steps, a thousand times over: a township in small hexagons takes an hour of that. */
export const usualResolution = (method: Method): (typeof resolutions)[number] =>
  method === 'scan' ? '8' : '9'

/** An amount by hexagon or grid can be shown frame by frame; a test or a surface stands for its interval. */
export const canPlay = ({ measure, method }: Pick<Look, 'measure' | 'method'>): boolean =>
  measure === 'count' ||
  (measure === 'density' && method === 'cells') ||
  (measure === 'rate' && method === 'raw')

/** Whether its cells are coloured by classes of an amount between breaks; a scan and near repeats are drawn over the counts. */
export const isAmount = ({ measure, method }: Pick<Look, 'measure' | 'method'>): boolean =>
  measure === 'count' || measure === 'density' || measure === 'rate' || method === 'scan' || method === 'knox'

/** The period an interval is compared with; null: none, or none that is understood. */
export function comparedPeriod(compare: string, interval: Frame): Frame | null {
  if (compare === 'before') return periodBefore(interval)
  if (compare === 'year') return yearBefore(interval)
  const match = /^(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})$/.exec(compare)
  const [from, to] = [match?.[1] ?? '', match?.[2] ?? '']
  const isDay = (day: string): boolean => !Number.isNaN(Date.parse(`${day}T00:00:00Z`))
  return isDay(from) && isDay(to) && from <= to ? { from, to } : null
}

export type Statistic = 'gi-star' | 'gi' | 'local-moran' | 'kde' | 'emerging' | 'scan' | 'knox'

export function statisticOf({ measure, method }: Pick<Look, 'measure' | 'method'>): Statistic {
  if (measure === 'significance') return method as Statistic
  return isSurface(method) ? 'kde' : 'gi-star'
}

/** These take seconds to minutes: they run as jobs from their beginning, with progress and cancel. */
export const isLong = (look: Pick<Look, 'measure' | 'method'>): boolean =>
  ['emerging', 'scan', 'knox'].includes(statisticOf(look))

/** These take less than a second, and of a whole county the first time some: then the service makes a job of them. */
export const mayBeLong = (look: Pick<Look, 'measure' | 'method'>): boolean =>
  isLong(look) || ['local-moran', 'kde'].includes(statisticOf(look))

const measureNames: Readonly<Partial<Record<Method, string>>> = {
  raw: 'per-1000-households',
  eb: 'eb',
  'eb-local': 'eb-local',
  'kernel-rate': 'per-1000-households',
}

function measureAsked(look: Look): string {
  if (look.measure === 'density' && look.method === 'cells') return 'per-km2'
  if (look.measure === 'significance') return look.tested
  return measureNames[look.method] ?? 'count'
}

/** What the filter asks of the service. */
export function filterQuery(filter: IncidentFilter, interval: Frame, compared: Frame | null): AnalysisQuery {
  const { week } = filter
  const span = ([first, last]: readonly [number, number]): string =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index).join(',')
  return present({
    from: interval.from,
    to: addDays(interval.to, 1),
    compare_from: compared?.from ?? '',
    compare_to: compared ? addDays(compared.to, 1) : '',
    categories: filter.categories.toSorted().join(','),
    severities: filter.severities.toSorted().join(','),
    statuses: filter.statuses.toSorted().join(','),
    weekdays: week && !sameSpan(week.days, wholeWeek) ? span(week.days) : '',
    hours: week && !sameSpan(week.hours, wholeDay) ? span(week.hours) : '',
  })
}

/** The whole question, without what is at its default; `breaks` keep the colours of another answer. */
export function questionQuery(
  look: Look,
  filter: IncidentFilter,
  interval: Frame,
  breaks: readonly number[] | null,
): AnalysisQuery {
  const statistic = statisticOf(look)
  const hasKernel = statistic === 'kde'
  const hasNeighbours = !['kde', 'scan', 'knox'].includes(statistic)
  const compared = comparedPeriod(look.compare, interval)
  const unless = (value: string, usual: string): string => (value === usual ? '' : value)
  return {
    ...filterQuery(filter, interval, compared),
    ...present({
      statistic: unless(statistic, 'gi-star'),
      unit: unless(look.unit, 'hexagon'),
      resolution: look.unit === 'grid' ? '' : unless(look.resolution, '9'),
      rings: hasNeighbours && look.band === '' ? unless(look.rings, '1') : '',
      band_m: hasNeighbours ? look.band : '',
      correction: hasNeighbours ? unless(look.correction, 'bh') : '',
      bandwidth: hasKernel ? unless(look.bandwidth, 'silverman') : '',
      kernel: hasKernel ? unless(look.kernel, 'quartic') : '',
      edge: hasKernel ? unless(look.edge, 'uniform') : '',
      measure: unless(measureAsked(look), 'count'),
      step: look.step ?? '',
      breaks: breaks?.join(',') ?? '',
    }),
  }
}

const present = (query: Readonly<Record<string, string>>): AnalysisQuery =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
