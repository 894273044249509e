/** Texts of the ledger of who read personal data. */
import type { Texts } from '../../i18n/language.ts'

export const text = {
  open: { zh: '谁查阅了个人信息', en: 'Who read personal data' },
  openOwn: { zh: '谁看过我的轨迹', en: 'Who looked at my traces' },
  title: { zh: '查阅记录', en: 'Who read personal data' },
  about: {
    zh: '每次查阅在给出数据之前登记；只记账号与对象，不记内容。查看轨迹的，同一账号对同一对象一小时登记一次。近 {days} 天。',
    en: 'Each reading is noted before the data is given out: account and subject, never the data. Of traces, once an hour for the same account and subject. The last {days} days.',
  },
  aboutOwn: {
    zh: '这里是近 {days} 天谁看过您的轨迹、姓名与疑点，包括对全镇网格员的查看。您自己的查看不登记。不明之处可向负责人提出。',
    en: 'Who looked at your traces, your name and evidence about you in the last {days} days, alone or with everybody’s of the township. Your own reading is not noted. Ask your supervisor about what you do not understand.',
  },
  none: { zh: '近 {days} 天无人查阅。', en: 'Nobody did in the last {days} days.' },
  which: { zh: '种类', en: 'Kind' },
  all: { zh: '全部', en: 'All' },
  actions: {
    reveal: { zh: '显示姓名或地址', en: 'Shown in the clear' },
    search: { zh: '按姓名、门牌查找', en: 'Looked for by words' },
    trace: { zh: '查看轨迹', en: 'Looked at traces' },
    live: { zh: '查看实时位置', en: 'Watched positions live' },
    evidence: { zh: '查看疑点', en: 'Read evidence' },
  },
  worker: { zh: '网格员 {id}', en: 'worker {id}' },
  workers: { zh: '所见各网格员', en: 'all workers in sight' },
  ofDay: { zh: '{whose} · {day}的巡查', en: '{whose} · patrol of {day}' },
  households: { zh: '户 {ids}', en: 'households {ids}' },
  incident: { zh: '事件 {id}', en: 'incident {id}' },
  noHousehold: { zh: '没有找到户', en: 'no household was found' },
  deed: { zh: '{deed}：{whose}', en: '{deed}: {whose}' },
  by: { zh: '{who} · {at}', en: '{who} · {at}' },
  more: { zh: '更早的记录', en: 'Earlier ones' },
} as const satisfies Texts
