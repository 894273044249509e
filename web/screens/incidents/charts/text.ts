/** Texts of the charts. */
import type { Texts } from '../../../i18n/language.ts'

export const text = {
  ofTotal: { zh: '{label}：{n} 起，占 {share}', en: '{label}: {n:incident|incidents}, {share}' },
  before: { zh: '前 {n}', en: 'was {n}' },
  more: { zh: '再看 {n} 项', en: '{n} more' },
  weekday: { zh: '星期', en: 'Weekday' },
  weekdays: {
    1: { zh: '周一', en: 'Mon' },
    2: { zh: '周二', en: 'Tue' },
    3: { zh: '周三', en: 'Wed' },
    4: { zh: '周四', en: 'Thu' },
    5: { zh: '周五', en: 'Fri' },
    6: { zh: '周六', en: 'Sat' },
    7: { zh: '周日', en: 'Sun' },
  },
  hourOf: { zh: '{hour} 时', en: '{hour}:00' },
  sum: { zh: '合计', en: 'All' },
  cell: { zh: '{day} {hour} 时：{n} 起', en: '{day} {hour}:00: {n:incident|incidents}' },
  fewer: { zh: '< {n} 起', en: '< {n}' },
  atLeast: { zh: '≥ {n} 起', en: '≥ {n}' },
} as const satisfies Texts
