/** What a result says, in a sentence that an official can repeat. Figures only: whether something is to be done, people decide. */
import { hexagonEdgeMetres } from '../hexagons/hexagon.ts'
import { categoryOf, usualIncidents } from '../policy/incident-policy.ts'
import { addDays } from '../trajectories/local-day.ts'
import type { Message } from '../values.ts'
import { isHot } from './associate.ts'
import type { AnalysisCluster, AnalysisQuestion, Days } from './values.ts'

/** What a reading needs of a cell; `AnalysisCell` of the wire has it, too. */
export interface ReadableCell {
  readonly count: number
  readonly expected: number | null
  readonly q: number | null
  readonly class: string | null
}

/** Three digits, without an exponent where people can do without one. */
export function writtenP(p: number): string {
  return p >= 0.0001 ? String(Number(p.toPrecision(2))) : '< 0.0001'
}

const equals = (p: number): string => {
  const text = writtenP(p)
  return text.startsWith('<') ? text : `= ${text}`
}

/** 3,000; in thousands, whatever the language. */
const grouped = (count: number): string => count.toLocaleString('en-US', { maximumFractionDigits: 0 })

const written = (value: number): string => (value >= 100 ? grouped(value) : value.toFixed(1))

const periodOf = ({ from, to }: Days): Message => {
  if (from === null && to === null) return { zh: '全部时段', en: 'in the whole time' }
  if (to === null) return { zh: `${from} 起`, en: `since ${from}` }
  if (from === null) return { zh: `${to} 之前`, en: `before ${to}` }
  const last = addDays(to, -1)
  return { zh: `${from} 至 ${last} `, en: `from ${from} to ${last}` }
}

/** As the usual policy names it; a code of somebody's own stays as it is. */
const titleOf = (code: string): Message => categoryOf(usualIncidents, code).title

const whatOf = ({ categories }: Pick<AnalysisQuestion, 'categories'>): Message =>
  categories === null
    ? { zh: '事件', en: 'incidents' }
    : {
        zh: `${categories.map((code) => titleOf(code).zh).join('、')}事件`,
        en: `incidents (${categories.map((code) => titleOf(code).en.toLowerCase()).join(', ')})`,
      }

/** One cell: "in this grid 14 incidents of fire … against 4.1 expected; p = 0.002 after correction". */
export function readCell(
  cell: ReadableCell,
  place: Message,
  question: Pick<AnalysisQuestion, 'period' | 'categories'>,
): Message {
  const [period, what] = [periodOf(question.period), whatOf(question)]
  const expected = cell.expected === null ? null : written(cell.expected)
  const against: Message =
    expected === null
      ? { zh: '', en: '' }
      : { zh: `，按均匀分布预期 ${expected} 起`, en: ` against ${expected} expected` }
  const tested: Message =
    cell.q === null
      ? { zh: '', en: '' }
      : { zh: `；校正后 p ${equals(cell.q)}`, en: `; p ${equals(cell.q)} after correction` }
  return {
    zh: `${place.zh}：${period.zh}发生${what.zh} ${grouped(cell.count)} 起${against.zh}${tested.zh}`,
    en: `${place.en}: ${grouped(cell.count)} ${what.en} ${period.en}${against.en}${tested.en}`,
  }
}

/** The ground of a cluster; a radius says nothing of a single cell: it is none. */
function groundOf(
  { cells, radiusMetres }: Pick<AnalysisCluster, 'cells' | 'radiusMetres'>,
  unit: AnalysisQuestion['unit'],
): Message {
  const [only] = cells
  if (only === undefined || cells.length > 1) {
    const radius = Math.round(radiusMetres)
    return { zh: `半径 ${radius} 米内`, en: `Within ${radius} m` }
  }
  if (unit === 'grid') return { zh: '一个网格内', en: 'Within one grid' }
  const edge = Math.round(hexagonEdgeMetres(only))
  return { zh: `一个边长约 ${edge} 米的六边形内`, en: `Within one hexagon, ${edge} m along an edge` }
}

/**
 * A hundred years: half a year of counts, tested by an approximation of the normal tail, says nothing of rarer things, whatever
 * power of ten comes out.
 */
export const longestRecurrenceDays = 36_500

function recurrenceOf(days: number | null): Message {
  if (days === null) return { zh: '', en: '' }
  if (days > longestRecurrenceDays)
    return { zh: '；偶然情况下百年难得一遇', en: '; by chance less than one as strong in 100 years' }
  const whole = Math.round(days)
  return { zh: `；偶然情况下约 ${whole} 天一遇`, en: `; by chance one as strong in ${whole} days` }
}

/** One cluster of a scan. */
export function readCluster(
  cluster: Omit<AnalysisCluster, 'rank' | 'centre' | 'logLikelihoodRatio'>,
  question: Pick<AnalysisQuestion, 'categories' | 'unit'>,
): Message {
  const what = whatOf(question)
  const ground = groundOf(cluster, question.unit)
  const recurrence = recurrenceOf(cluster.recurrenceDays)
  const period = periodOf(cluster)
  return {
    zh: `${ground.zh}，${period.zh}发生${what.zh} ${grouped(cluster.observed)} 起，预期 ${written(cluster.expected)} 起；p ${equals(cluster.p)}${recurrence.zh}`,
    en: `${ground.en}, ${grouped(cluster.observed)} ${what.en} ${period.en} against ${written(cluster.expected)} expected; p ${equals(cluster.p)}${recurrence.en}`,
  }
}

interface Whole {
  readonly question: AnalysisQuestion
  readonly counted: number
  readonly cells: readonly (ReadableCell & { readonly id: string; readonly name: string | null })[]
  readonly clusters: readonly AnalysisCluster[] | null
  readonly bands:
    | readonly { readonly p: number; readonly observed: number; readonly expected: number }[]
    | null
}

/** The whole map, and its most telling place. */
export function readResult({ question, counted, cells, clusters, bands }: Whole): Message {
  const isGrid = question.unit === 'grid'
  const unit: Message = isGrid ? { zh: '个网格', en: 'grids' } : { zh: '个六边形', en: 'hexagons' }
  const [period, what] = [periodOf(question.period), whatOf(question)]
  const opening: Message = {
    zh: `${period.zh}共计入${what.zh} ${grouped(counted)} 起，${grouped(cells.length)} ${unit.zh}`,
    en: `${grouped(counted)} ${what.en} ${period.en} counted in ${grouped(cells.length)} ${unit.en}`,
  }
  const said = findingsOf()
  return { zh: `${opening.zh}。${said.zh}。`, en: `${opening.en}. ${said.en}.` }

  function findingsOf(): Message {
    if (clusters !== null) {
      const [first] = clusters
      if (!first) return { zh: '未发现超出偶然的聚集', en: 'No cluster was found' }
      const read = readCluster(first, question)
      return {
        zh: `最强的聚集：${read.zh}`,
        en: `The strongest cluster: ${read.en.charAt(0).toLowerCase()}${read.en.slice(1)}`,
      }
    }
    if (bands !== null) {
      const strong = bands.filter((band) => band.p < 0.05 && band.observed > band.expected).length
      return {
        zh: `${bands.length} 个时空距离段中 ${strong} 个的近邻重复多于偶然（p < 0.05，未校正）`,
        en: `In ${strong} of ${bands.length} bands of distance and time more pairs than by chance (p < 0.05, not corrected)`,
      }
    }
    const isTested = cells.some((cell) => cell.class !== null)
    if (!isTested) return { zh: '未作显著性检验', en: 'Nothing was tested' }
    const hot = cells.filter((cell) => isHot(cell.class) || /_hot$/.test(cell.class ?? ''))
    if (hot.length === 0)
      return question.statistic === 'local-moran' && isTooCoarse(question.permutations, cells.length)
        ? tooCoarse(question.permutations)
        : { zh: '没有超出偶然的热点', en: 'No hot spot beyond chance' }
    const most = hot.reduce((a, b) =>
      (b.q ?? 1) < (a.q ?? 1) ? b : (b.q ?? 1) === (a.q ?? 1) && b.count > a.count ? b : a,
    )
    const label = most.name ?? most.id
    const place: Message = isGrid
      ? { zh: `网格 ${label}`, en: `grid ${label}` }
      : { zh: `六边形 ${label}`, en: `hexagon ${label}` }
    const read = readCell(most, place, question)
    return {
      zh: `热点 ${hot.length} ${unit.zh}；最显著的是${read.zh}`,
      en: `${hot.length} ${unit.en} are hot spots; the most significant is ${read.en}`,
    }
  }
}

/** The least p of so many permutations is 2/(R + 1): one cell alone among n cannot fall below q = 0.05. */
const isTooCoarse = (permutations: number, n: number): boolean => (2 / (permutations + 1)) * n > 0.05

const tooCoarse = (permutations: number): Message => ({
  zh: `没有超出偶然的热点；但 ${permutations} 次置换能得到的最小 p 为 ${writtenP(2 / (permutations + 1))}，单独一个单元校正后不可能显著，请增加置换次数`,
  en: `No hot spot beyond chance; but the least p of ${permutations} permutations is ${writtenP(2 / (permutations + 1))}, too much for one cell alone after correction: ask for more`,
})
