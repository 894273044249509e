/** Texts of the visits of a day. */
import type { Texts } from '../../i18n/language.ts'

export const visitText = {
  title: { zh: '签到与走访', en: 'Check-ins and visits' },
  none: {
    zh: '没有签到、走访登记或上门上报',
    en: 'No check-in, no visit entered, nothing reported at a door',
  },
  hidden: { zh: '另有 {n} 次入户走访，无权查看', en: '{n} visits to households are not shown to you' },
  how: {
    zh: '扫码签到、走访登记和在户（场所）上报的事件都计为走访，与轨迹无关：室内和楼道常常没有可信的定位。标出的情况供核实，不影响计入。',
    en: 'Codes scanned, visits entered and incidents reported at a household or place count as visits whatever the trace says: indoors and in stairwells fixes are poor. What is marked is to be looked at; it counts all the same.',
  },
  sources: {
    check_in: { zh: '扫码签到', en: 'Check-in' },
    form: { zh: '走访登记', en: 'Form' },
    incident: { zh: '事件上报', en: 'Incident' },
    stay: { zh: '停留（导入）', en: 'Stay (imported)' },
  },
  kinds: {
    household: { zh: '住户', en: 'Household' },
    place: { zh: '场所', en: 'Place' },
    building: { zh: '楼栋', en: 'Building' },
  },
  mustVisit: { zh: '必访', en: 'Must visit' },
  countsAsVisit: { zh: '计为走访', en: 'counts as a visit' },
  countsAsReached: {
    zh: '楼内各户计为到过，不计为走访',
    en: 'its households count as reached, not as visited',
  },
  marks: {
    far: {
      zh: '当时的定位都在 {metres} 以外，供核实',
      en: 'The positions of that time lie {metres} away or more: to be looked at',
    },
    unassigned: {
      zh: '当时不是本人的网格或联系户，供核实',
      en: 'Not the worker’s grid or household at that time: to be looked at',
    },
    no_position: {
      zh: '前后 10 分钟内没有定位，供核实',
      en: 'No position within ten minutes: to be looked at',
    },
    on_behalf: { zh: '由 {who} 代为登记', en: 'Entered by {who} for the worker' },
  },
} as const satisfies Texts
