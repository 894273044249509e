/** Texts of the early warnings. */
import type { Texts } from '../../../i18n/language.ts'

export const text = {
  tab: { zh: '预警', en: 'Warnings' },
  warning: { zh: '预警 · 疑似聚集，供核实', en: 'Early warning: a cluster to be checked' },
  whichState: { zh: '按处理情况查看', en: 'Which warnings' },
  statesN: {
    draft: { zh: '待核实 {n}', en: 'Drafts {n}' },
    confirmed: { zh: '已立案 {n}', en: 'Confirmed {n}' },
    dismissed: { zh: '已排除 {n}', en: 'Dismissed {n}' },
  },
  states: {
    draft: { zh: '待核实', en: 'Draft, to be checked' },
    confirmed: { zh: '已立案', en: 'Confirmed' },
    dismissed: { zh: '已排除', en: 'Dismissed' },
  },
  listOf: { zh: '预警，最近的在前', en: 'Warnings, newest first' },
  none: {
    draft: { zh: '没有待核实的预警', en: 'No warning waits' },
    confirmed: { zh: '没有已立案的预警', en: 'No warning was confirmed' },
    dismissed: { zh: '没有已排除的预警', en: 'No warning was dismissed' },
  },
  noneHint: {
    zh: '每夜检查前几周的事件；偶然情况下 {n} 天以内就会出现一次的聚集不预警。',
    en: 'Each night the weeks before are looked at; what chance alone shows at least once in {n} days opens no warning.',
  },
  older: { zh: '再显示更早的', en: 'Show older ones' },
  noGrid: { zh: '网格外', en: 'ground outside the grids' },
  title: { zh: '{place}一带 · {category}', en: 'Around {place} · {category}' },
  line: {
    zh: '{from} 至 {to}：{n} 起，预期 {expected} 起',
    en: '{from} to {to}: {n}, {expected} expected',
  },
  once: { zh: '若无聚集，约每 {n} 天才会出现一次', en: 'Without a cluster, about once in {n:day|days}' },
  onceYears: {
    zh: '若无聚集，约每 {n} 年才会出现一次',
    en: 'Without a cluster, about once in {n:year|years}',
  },
  onceAge: {
    zh: '若无聚集，{n} 年也难出现一次',
    en: 'Without a cluster, less than once in {n:year|years}',
  },
  methods: {
    scan: { zh: '时空扫描', en: 'Space-time scan' },
    emerging: { zh: '新兴热点', en: 'Emerging hot spot' },
  },
  methodHints: {
    scan: {
      zh: '前瞻性时空重排扫描（Kulldorff 2005）：不需要人口数，只比较此地此时与平时、别处。',
      en: 'Prospective space-time permutation scan (Kulldorff 2005): needs no population, compares here and now with other days and places.',
    },
    emerging: {
      zh: '时空 Gi* 与 Mann–Kendall 趋势检验：近期新出现或加强的热点。在模拟的无聚集数据上，2400 次检查误报 2 次。',
      en: 'Space-time Gi* and the Mann–Kendall test of trend: hot spots that are new or grow. On simulated data without a cluster 2 of 2,400 looks were false.',
    },
  },
  observed: { zh: '发生（起）', en: 'Observed (incidents)' },
  expected: { zh: '预期（起）', en: 'Expected (incidents)' },
  ratio: { zh: '发生 / 预期', en: 'Observed / expected' },
  window: { zh: '时段', en: 'Window' },
  windowOf: { zh: '{from} 至 {to}（{n} 天）', en: '{from} to {to} ({n:day|days})' },
  size: { zh: '范围', en: 'Ground' },
  recurrence: { zh: '重现期（天）', en: 'Recurrence interval (days)' },
  method: { zh: '方法', en: 'Method' },
  night: { zh: '发现日期', en: 'Found in the night of' },
  place: { zh: '中心所在网格', en: 'Grid of the centre' },
  followed: { zh: '之后 {days} 天', en: 'The {days} days after' },
  afterwards: { zh: '之后', en: 'Afterwards' },
  followedOf: { zh: '{n} 起，按平时为 {expected} 起', en: '{n:incident|incidents}; {expected} as before' },
  tooEarly: { zh: '未到期，尚未统计', en: 'Not over yet' },
  accuracy: { zh: '以往预警的准确性', en: 'How earlier warnings fared' },
  accuracyOf: {
    zh: '已到期 {warnings} 条，其后事件多于平时 {followed} 条；命中率 {rate}，预测精度指数 PAI {pai}',
    en: '{warnings} are over; after {followed} more happened there than before. Hit rate {rate}, PAI {pai}',
  },
  accuracyHint: {
    zh: '命中率：其后事件落在预警范围内的比例。PAI：命中率除以预警面积占比，1 为与随机划定相同。',
    en: 'Hit rate: share of the later incidents on the warned ground. PAI: that over the share of ground; 1 is no better than chance.',
  },
  noAccuracy: {
    zh: '尚无到期的预警，准确性未知。',
    en: 'No warning is old enough yet: how well they foretell is unknown.',
  },
  decision: { zh: '核实', en: 'Decision' },
  confirm: { zh: '立案', en: 'Confirm' },
  openCase: { zh: '打开案件 {id}', en: 'Open the case {id}' },
  dismiss: { zh: '排除', en: 'Dismiss' },
  reason: { zh: '理由（必填）', en: 'Reason (required)' },
  reasonHint: {
    zh: '现场看到什么，为何立案或排除；记入历史，不能更改。立案后列入待办，按事件办理。',
    en: 'What was found there and why; kept, and not changed later. Confirmed, it becomes an incident to be handled.',
  },
  required: { zh: '请填写理由', en: 'Say why' },
  decidedBy: { zh: '{who}，{when}', en: '{who}, {when}' },
  mayNot: { zh: '由乡镇（街道）主管核实。', en: 'A supervisor decides on it.' },
  incidents: { zh: '时段内此处的事件', en: 'Incidents there in the window' },
  nOf: { zh: '{n} / {total}', en: '{n} of {total}' },
  approximate: {
    zh: '您看到的位置经过偏移，列出的件数可能与统计不同。',
    en: 'The places you see are displaced: fewer or more may be listed than were counted.',
  },
  more: { zh: '再显示 {n} 起', en: '{n} more' },
  gone: { zh: '没有这条预警', en: 'There is no such warning' },
  goneHint: {
    zh: '可能属于其他区域。',
    en: 'It may belong to another area.',
  },
  layer: { zh: '预警范围', en: 'Warned ground' },
  layerDraft: { zh: '待核实', en: 'Draft' },
  layerDecided: { zh: '已处理', en: 'Decided' },
} as const satisfies Texts
