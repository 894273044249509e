/** The options of `wangge hotspots`, each with its help. */
import { inputOptions } from './input-options.ts'
import type { OptionDescription } from './verb.ts'

const option = (value: string, zh: string, en: string): OptionDescription => ({
  type: 'string',
  value,
  help: { zh, en },
})

export const hotspotsOptions: Readonly<Record<string, OptionDescription>> = {
  area: option(
    'CODE',
    '读取数据库中该区域的事件，而非文件',
    'incidents of this area in the database, instead of a file',
  ),
  within: option(
    'AREA',
    '研究区边界；没有事件的六边形也计入。缺省为事件六边形的凸包',
    'the study area; its hexagons without incidents count too. Absent: the hull of the hexagons with incidents',
  ),
  households: option('FILE', '住户点，用于每千户的比率', 'household points, for rates per 1,000'),
  grids: option('FILE', '网格，用于 --unit grid', 'grids, for --unit grid'),
  from: option('DAY', '起始日', 'first day'),
  to: option('DAY', '截止日（不含）', 'end: first day no longer counted'),
  'compare-from': option('DAY', '对比期起始日', 'first day of the period compared with'),
  'compare-to': option('DAY', '对比期截止日（不含）', 'its end: first day no longer counted'),
  category: {
    type: 'string',
    multiple: true,
    value: 'CATEGORY',
    help: { zh: '只计这一类别，可重复', en: 'only this category, repeatable' },
  },
  categories: option('A,B', '只计这些类别', 'only these categories'),
  severities: option('A,B', '只计这些严重程度；none 为未填', 'only these severities; none: those without'),
  statuses: option('A,B', '只计这些状态', 'only these statuses'),
  hours: option('8,9', '只计这些钟点（0–23）', 'only these hours of the day, 0–23'),
  weekdays: option('6,7', '只计这些星期（1 为周一）', 'only these days of the week, 1 is Monday'),
  statistic: option(
    'gi-star',
    '统计量：gi-star（默认）、gi、local-moran、kde、emerging、scan、knox',
    'gi-star (default), gi, local-moran, kde, emerging, scan, knox',
  ),
  unit: option('hexagon|grid', '单元：六边形（默认）或网格', 'hexagon by default, or grid'),
  resolution: option('9', 'H3 分辨率 0–15，默认 9', 'H3 resolution 0–15, 9 by default'),
  rings: option(
    '1',
    '邻域的圈数，默认 1；网格为隔几条共边',
    'rings of hexagons, or steps over shared edges, in a neighbourhood; 1 by default',
  ),
  'band-m': option('M', '以中心距离（米）定邻域', 'neighbourhood by distance between centres, metres'),
  correction: option('bh|by', '多重检验校正，默认 bh', 'false discovery correction, bh by default'),
  permutations: option('999', '随机置换次数，默认 999', 'replications, 999 by default'),
  seed: option('1', '随机种子，默认 1', 'seed, 1 by default'),
  bandwidth: option(
    'M|silverman|cv',
    '核密度带宽（米）或选取规则，默认 silverman',
    'bandwidth of kde in metres, or the rule that chooses it; silverman',
  ),
  kernel: option('quartic|gaussian', '核函数，默认 quartic', 'kernel, quartic by default'),
  edge: option('none|uniform|diggle', '边界校正，默认 uniform', 'edge correction, uniform by default'),
  measure: option(
    'count',
    '度量：count、per-km2、per-1000-households、eb、eb-local',
    'what a cell is measured by: count, per-km2, per-1000-households, eb, eb-local',
  ),
  step: option('day|week|month', '时间步', 'time step'),
  'steps-back': option('1', 'emerging 的时间邻域步数，默认 1', 'neighbours in time of emerging; 1'),
  model: option('permutation|poisson', 'scan 的模型，默认 permutation', 'model of scan; permutation'),
  prospective: {
    type: 'boolean',
    help: { zh: 'scan 只找持续到期末的聚集', en: 'scan: only clusters that last until the end' },
  },
  distances: option('0,1,101', 'knox 的距离界（米）', 'bounds of the bands of knox, metres'),
  days: option('0,1,4', 'knox 的时间界（天）', 'bounds of the bands of knox, days'),
  breaks: option('1,2,5', '图例分级点', 'breaks of the legend'),
  ...inputOptions,
  format: option('json|geojson|csv|xlsx', '输出格式，默认 json', 'json by default'),
  output: {
    type: 'string',
    short: 'o',
    value: 'FILE',
    help: { zh: '输出文件，缺省为标准输出', en: 'output file; standard output when absent' },
  },
}
