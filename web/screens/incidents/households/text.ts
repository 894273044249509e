/** Texts of the households tab. */
import type { Texts } from '../../../i18n/language.ts'

export const text = {
  list: { zh: '内容', en: 'Show' },
  lists: {
    reached: { zh: '走访覆盖', en: 'Households reached' },
    ladder: { zh: '逐级清点', en: 'Step by step' },
    overdue: { zh: '必访户逾期', en: 'Must-visit, overdue' },
    ledger: { zh: '网格台账', en: 'Grid ledger' },
  },
  category: { zh: '户的类别', en: 'Households' },
  all: { zh: '全部户', en: 'All households' },
  mustVisit: { zh: '必访户', en: 'Must be visited' },
  place: { zh: '区域', en: 'Area' },
  none: { zh: '未划入网格', en: 'In no grid' },
  steps: {
    registered: { zh: '在册', en: 'Registered' },
    located: { zh: '落格', en: 'Located' },
    assigned: { zh: '包联', en: 'Assigned' },
    visited: { zh: '走访', en: 'Visited' },
    remaining: { zh: '尚差', en: 'Left' },
  },
  ladderHow: {
    zh: '单位：户。在册：登记的户；落格：在网格内；包联：有网格员联系；走访：期间有人走到。每级只计已达上一级的户，逐级相加闭合。',
    en: 'In households. Registered; located: in a grid; assigned: somebody keeps contact; visited: reached in the interval. Each step is among those of the one before, and every total is the sum of its rows.',
  },
  withheld: {
    zh: '“*”：户数过少，为保护个人信息不予列出',
    en: '“*”: too few households; kept back to protect persons',
  },
  notRecorded: { zh: '“—”：资料中没有记录', en: '“—”: not recorded' },
  missing: { zh: '缺 {n} 户', en: '{n} missing' },
  showMissing: { zh: '查看尚未走访的户', en: 'Households not visited yet' },
  missingStep: { zh: '缺在哪一级', en: 'Stopped before' },
  found: { zh: '共 {n} 户', en: '{n:household|households}' },
  shown: { zh: '列出前 {n} 户', en: 'the first {n} are listed' },
  forms: { zh: '打印与下载', en: 'To print' },
  form: {
    ledger: { zh: '网格管理台账', en: 'Grid ledger' },
    annex1: { zh: '附件1 村网格架构', en: 'Annex 1: grids and teams' },
    annex2: { zh: '附件2 网格架构', en: 'Annex 2: teams in full' },
    annex3: { zh: '附件3 联系农户名册', en: 'Annex 3: contact roster' },
    annex4: { zh: '附件4 志愿服务队花名册', en: 'Annex 4: volunteers' },
  },
  village: { zh: '村（社区）', en: 'Village' },
  byVillage: {
    zh: '名册一名网格员一张，按村（社区）打印',
    en: 'A sheet for each worker: printed by village',
  },
  household: { zh: '户', en: 'Household' },
  overdue: { zh: '逾期', en: 'Overdue' },
  daysN: { zh: '{n} 天', en: '{n:day|days}' },
  age: { zh: '距上次', en: 'Since' },
  never: { zh: '从未', en: 'Never' },
  contact: { zh: '联系人', en: 'Contact' },
  nobodyOverdue: { zh: '没有逾期的必访户', en: 'No must-visit household is overdue' },
  nothing: { zh: '这个区域还没有户', en: 'This area has no households yet' },
  refused: {
    zh: '逐户信息仅限负责走访、划分和管理的人员查看',
    en: 'Single households are for those who visit, plan and manage',
  },
  refusedHint: {
    zh: '当前身份不显示各网格走访覆盖、逾期名单和逐户信息：这些只给负责走访、划分和管理的人员。“逐级清点”和“网格台账”可以查看，户数过少的以“*”代替。',
    en: 'Visits by grid, overdue lists and single households are for those who visit, plan and manage. You can see “Step by step” and the ledger; figures of too few households are kept back as “*”.',
  },
  layer: {
    zh: '距上次走访天数（各网格户的中位数）',
    en: 'Days since the last visit (median of each grid’s households)',
  },
} as const satisfies Texts
