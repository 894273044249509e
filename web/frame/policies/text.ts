/** Texts of the policies a place sets for itself. */
import type { Texts } from '../../i18n/language.ts'

export const text = {
  title: { zh: '政策', en: 'Policies' },
  open: { zh: '查看与设定政策', en: 'See and set policies' },
  about: {
    zh: '各类标准按生效日期执行；本区域没有设定的，沿用上级，再无则用系统预设。设定后，自生效之日起的轨迹重新匹配；已结账的月份不变。',
    en: 'Each holds from its day on; what an area has not set comes from the area above, else from the preset that ships. Traces from that day on are matched again; closed months stay.',
  },
  kinds: {
    division: { zh: '网格规模', en: 'Size of grids' },
    patrol: { zh: '巡查与轨迹判读', en: 'Patrols and how traces are read' },
    assessment: { zh: '考核与补贴', en: 'Assessment and pay' },
    obligation: { zh: '走访与巡查周期', en: 'What must be visited how often' },
    evidence: { zh: '疑点的阈值', en: 'Thresholds of evidence' },
    retention: { zh: '定位数据保存', en: 'Keeping of positions' },
    privacy: { zh: '个人信息保护与小数抑制', en: 'Privacy and small numbers' },
    warning: { zh: '预警', en: 'Early warning' },
    incident: { zh: '事件类别与时限', en: 'Categories and deadlines of incidents' },
  },
  preset: { zh: '系统预设', en: 'The preset that ships' },
  inForce: { zh: '{name} · {area} · {from} 起', en: '{name} · {area} · from {from}' },
  until: { zh: '，至 {to}（不含）', en: ', until {to} (exclusive)' },
  upcoming: { zh: '将生效', en: 'To come' },
  rules: { zh: '规则', en: 'Rules' },
  set: { zh: '设定', en: 'Set' },
  setKind: { zh: '设定：{kind}', en: 'Set: {kind}' },
  name: { zh: '名称', en: 'Name' },
  from: { zh: '生效首日', en: 'First day' },
  rulesHint: {
    zh: 'JSON：预设及与之不同之处，如 {example}',
    en: 'JSON: a preset and what differs from it, e.g. {example}',
  },
  notJson: { zh: '不是有效的 JSON', en: 'This is no JSON' },
  reason: { zh: '理由', en: 'Reason' },
  reasonHint: { zh: '与设定人、时间一并留存', en: 'Kept with who set it and when' },
  missing: { zh: '请填写', en: 'Please fill in' },
  done: {
    zh: '已设定；{n} 个人日将重新匹配',
    en: 'Set; {n} worker days will be matched again',
  },
  history: { zh: '设定记录', en: 'What was set' },
  noHistory: { zh: '本区域尚未设定过政策。', en: 'Nothing was set for this area yet.' },
  change: { zh: '{kind} · {name} · {from} 起', en: '{kind} · {name} · from {from}' },
  by: { zh: '{who} · {at} · {reason}', en: '{who} · {at} · {reason}' },
} as const satisfies Texts
