import type { Texts } from '../../../i18n/language.ts'

export const text = {
  plansOf: { zh: '方案列表', en: 'Plans' },
  noPlans: { zh: '还没有方案', en: 'No plans yet' },
  noPlansHint: {
    zh: '方案是重新划分网格的草稿：画好、检查、提交审批，从指定日期起生效。方案按乡镇或村编制。',
    en: 'A plan is a draft of another division: draw it, check it, have it approved, and it holds from a day on. Plans are made for a township or a village.',
  },
  newPlan: { zh: '新建方案', en: 'New plan' },
  name: { zh: '名称', en: 'Name' },
  usualName: { zh: '{area}网格调整', en: 'Grids of {area}' },
  begin: { zh: '从哪里开始', en: 'Begin with' },
  fromDivision: { zh: '现行划分', en: 'The division in force' },
  fromDivisionHint: {
    zh: '今天的网格；不沿道路的边界会切开地块。',
    en: 'The grids of today; where they leave the streets they cut the ground.',
  },
  fromFile: { zh: '划分文件', en: 'A file of grids' },
  fromFileHint: {
    zh: 'GeoJSON、Shapefile (zip)、CSV、XLSX，WGS 84；重叠和空缺会列出。',
    en: 'GeoJSON, Shapefile (zip), CSV, XLSX in WGS 84; overlaps and gaps are listed.',
  },
  chooseFile: { zh: '选择文件', en: 'Choose files' },
  fromAtoms: { zh: '道路、水系围成的地块', en: 'Ground between roads and water' },
  fromAtomsHint: {
    zh: '地块都未划归，专属网格保留；逐一划给网格。',
    en: 'No ground is assigned yet, dedicated grids stand; give it to grids piece by piece.',
  },
  fromPlan: { zh: '复制已有方案', en: 'A copy of another plan' },
  fromPlanHint: { zh: '在副本上改，原方案不变。', en: 'The copy is changed, the other plan stays.' },
  create: { zh: '建立', en: 'Create' },
  cancel: { zh: '取消', en: 'Cancel' },
  creating: {
    zh: '正在由道路、水系和村界算出地块，大镇需要几秒…',
    en: 'Working out the ground between roads, water and village boundaries; a large town takes some seconds…',
  },
  notes: { zh: '建立地块时有 {n} 点说明', en: '{n:note|notes} on the ground' },
  from: { zh: '{day} 起', en: 'from {day}' },
  touched: { zh: '{who} · {when}', en: '{who} · {when}' },
} as const satisfies Texts
