import type { Texts } from '../../../i18n/language.ts'

/** Texts of the codes a plan's grids are given. */
export const text = {
  recode: { zh: '重新编码', en: 'Renew codes' },
  hint: {
    zh: '旧码随多数住户沿用；新网格按规则编号，用过的码不再用。',
    en: 'Old codes go on with most of their households; new grids are numbered by the policy; no code is used twice.',
  },
  nothing: { zh: '各网格编码都合适，无须改动。', en: 'All codes are as they should be.' },
  from: { zh: '现码', en: 'Now' },
  to: { zh: '改为', en: 'Becomes' },
  households: { zh: '户数', en: 'Households' },
  shared: { zh: '原属该码', en: 'Had this code' },
  isNew: { zh: '新编', en: 'New' },
  take: { zh: '采用', en: 'Use these' },
  close: { zh: '关闭', en: 'Close' },
  changed: {
    zh: '方案刚有改动，已重新计算。',
    en: 'The plan has just changed; the codes are worked out anew.',
  },
} as const satisfies Texts
