/** What a card says of each statistic: its name, formula and source. */
import type { AnalysisQuestion, Exclusions, Statistic } from '../core/analysis/values.ts'
import type { Message } from '../core/values.ts'

interface About {
  readonly name: Message
  readonly formula: string
  readonly references: readonly string[]
}

const corrections = {
  bh: 'Benjamini Y, Hochberg Y (1995) Controlling the false discovery rate. Journal of the Royal Statistical Society B 57: 289–300',
  by: 'Benjamini Y, Yekutieli D (2001) The control of the false discovery rate in multiple testing under dependency. Annals of Statistics 29: 1165–1188',
} as const

const hexagons = 'H3, https://h3geo.org'

const ordGetis =
  'Ord J K, Getis A (1995) Local spatial autocorrelation statistics: distributional issues and an application. Geographical Analysis 27: 286–306'

/** core/statistics/even-spread.ts */
const evenSpread =
  'p = 2Φ(−|z|); p_even = twice the binomial tail of the neighbourhood’s incidents under an even spread; q corrects the larger'

const about: Readonly<Record<Statistic, About>> = {
  'gi-star': {
    name: { zh: '热点分析（Getis–Ord Gi*）', en: 'Hot spots (Getis–Ord Gi*)' },
    formula: `z = (Σ w x − W x̄) / √(s² (n S₁ − W²) / (n − 1)), the cell itself included; ${evenSpread}`,
    references: [ordGetis],
  },
  gi: {
    name: { zh: '热点分析（Getis–Ord Gi）', en: 'Hot spots (Getis–Ord Gi)' },
    formula: `z = (Σ w x − W x̄) / √(s² ((n−1) S₁ − W²) / (n − 2)), mean and variance without the cell; ${evenSpread}`,
    references: [ordGetis],
  },
  'local-moran': {
    name: { zh: '聚集与异常值（局部莫兰指数）', en: 'Clusters and outliers (local Moran)' },
    formula: 'I = (z / m₂) Σ w z; p = min(1, 2 (min(r₊, r₋) + 1) / (R + 1)) by conditional permutation',
    references: [
      'Anselin L (1995) Local indicators of spatial association – LISA. Geographical Analysis 27: 93–115',
    ],
  },
  kde: {
    name: { zh: '核密度', en: 'Kernel density' },
    formula: 'λ(u) = Σ k(|u − x|): quartic 3/πh² (1 − d²/h²)², d ≤ h; Gaussian e^(−d²/2σ²) / 2πσ²',
    references: [
      'Silverman B W (1986) Density Estimation for Statistics and Data Analysis, §4.2',
      'Diggle P (1985) A kernel method for smoothing point process data. Applied Statistics 34: 138–147',
    ],
  },
  emerging: {
    name: { zh: '时空热点演变', en: 'Emerging hot spots' },
    formula: `Gi* of each cell and step over neighbours in space and time, ${evenSpread}; Mann–Kendall of its z; 17 classes`,
    references: [
      ordGetis,
      'Mann H B (1945) Nonparametric tests against trend. Econometrica 13: 245–259',
      'ESRI, How Emerging Hot Spot Analysis works (classes)',
    ],
  },
  scan: {
    name: { zh: '时空扫描', en: 'Space-time scan' },
    formula:
      'LLR = c ln(c/μ) + (C − c) ln((C − c)/(C − μ)), c > μ; p = (1 + #{simulated ≥ observed}) / (R + 1)',
    references: [
      'Kulldorff M (1997) A spatial scan statistic. Communications in Statistics 26: 1481–1496',
      'Kulldorff M et al. (2005) A space–time permutation scan statistic for disease outbreak detection. PLoS Medicine 2: e59',
    ],
  },
  knox: {
    name: { zh: '近邻重复（Knox）', en: 'Near repeats (Knox)' },
    formula: 'pairs within [a, b) metres and [c, d) days; p = (1 + #{permuted ≥ observed}) / (R + 1)',
    references: ['Knox E G (1964) The detection of space-time interactions. Applied Statistics 13: 25–30'],
  },
}

const dualKernel = {
  formula:
    'r(u) = 1000 Σ k(|u − x|) / Σ n k(|u − c|): over the incidents at x, and the n households of each hexagon with centre c; no r where Σ n k(|u − c|) < 5 k(0), fewer than five households; k as in λ: quartic 3/πh² (1 − d²/h²)², d ≤ h; Gaussian e^(−d²/2σ²) / 2πσ²',
  references: [
    'Bithell J F (1990) An application of density estimation to geographical epidemiology. Statistics in Medicine 9: 691–701',
  ],
} as const

export const nameOfStatistic = (statistic: Statistic): Message => about[statistic].name
/** Whether it is incidents over households, each smoothed by a kernel. */
const isDualKernel = ({ statistic, measure }: AnalysisQuestion): boolean =>
  statistic === 'kde' && measure === 'per-1000-households'

export const formulaOf = (question: AnalysisQuestion): string =>
  isDualKernel(question) ? dualKernel.formula : about[question.statistic].formula

/** Sources by what they are the source of. */
export function referencesOf(question: AnalysisQuestion): Record<string, string> {
  const { statistic, correction, unit } = question
  const [first = '', ...more] = [
    ...about[statistic].references,
    ...(isDualKernel(question) ? dualKernel.references : []),
  ]
  return {
    statistic: first,
    ...Object.fromEntries(more.map((text, i) => [`statistic_${i + 2}`, text])),
    ...(isCorrected(statistic) && { correction: corrections[correction] }),
    ...(unit === 'hexagon' && { cells: hexagons }),
  }
}

/** Whether its p are corrected for many tests. */
export const isCorrected = (statistic: Statistic): boolean =>
  statistic === 'gi-star' || statistic === 'gi' || statistic === 'local-moran' || statistic === 'emerging'

/** Whether it draws random numbers. */
export const isDrawn = (statistic: Statistic): boolean =>
  statistic === 'local-moran' || statistic === 'scan' || statistic === 'knox'

/** Why records were not counted, in the order in which it is asked. */
export const exclusionWords: readonly (readonly [keyof Exclusions, code: string, Message])[] = [
  ['refused', 'refused', { zh: '无法读取', en: 'could not be read' }],
  ['otherCategory', 'other_category', { zh: '其他类别', en: 'of other categories' }],
  ['otherSeverity', 'other_severity', { zh: '其他严重程度', en: 'of other severities' }],
  ['otherStatus', 'other_status', { zh: '其他状态', en: 'of other statuses' }],
  ['otherPeriod', 'other_period', { zh: '其他时段', en: 'of other periods' }],
  ['otherHour', 'other_hour', { zh: '其他钟点或星期', en: 'at other hours or weekdays' }],
  ['noPosition', 'no_position', { zh: '无坐标', en: 'without a position' }],
  ['outside', 'outside', { zh: '研究区外', en: 'outside the study area' }],
  ['inNoUnit', 'in_no_unit', { zh: '不在任何网格内', en: 'in no grid' }],
]
