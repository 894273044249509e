/** The words of the posters. */
import type { Message } from '../values.ts'

export type Language = keyof Message

export const words = {
  scale: { zh: '比例尺', en: 'Scale' },
  north: { zh: '北', en: 'N' },
  villageTitle: { zh: '{village}网格图', en: '{village}: map of the grids' },
  noticeTitle: { zh: '{grid}公示牌', en: '{grid}: who is there for you' },
  summary: {
    zh: '{grids} 个网格 · {households} 户 · {persons} 人',
    en: '{grids} grids · {households} households · {persons} persons',
  },
  fourBounds: { zh: '四至', en: 'Bounds' },
  theGrids: { zh: '网格', en: 'Grids' },
  legend: { zh: '图例', en: 'Legend' },
  householdsN: { zh: '{n} 户', en: '{n} households' },
  dedicated: { zh: '专属网格', en: 'Dedicated grid' },
  moreGrids: { zh: '另有 {n} 个网格未列出', en: '{n} more grids are not listed' },
  boundsOnNotices: { zh: '各网格四至见其公示牌', en: 'For the bounds of each grid see its notice' },
  houses: { zh: '房屋', en: 'House' },
  householdDots: { zh: '农户位置', en: 'Household' },
  road: { zh: '道路', en: 'Road' },
  path: { zh: '小路', en: 'Path' },
  rail: { zh: '铁路', en: 'Railway' },
  water: { zh: '水系', en: 'Water' },
  green: { zh: '林地、绿地', en: 'Wood, green' },
  villageBorder: { zh: '村（社区）界', en: 'Village boundary' },
  gridBorder: { zh: '网格界', en: 'Grid boundary' },
  ownBorder: { zh: '本网格', en: 'This grid' },
  microgridBorder: { zh: '微网格界', en: 'Microgrid boundary' },
  leftOut: { zh: '因位置不足未标注：{list}', en: 'Not named for lack of room: {list}' },
  leftOutPlaces: { zh: '场所 {n} 处', en: '{n} places' },
  leftOutStreets: { zh: '道路 {n} 条', en: '{n} streets' },
  leftOutVillages: { zh: '自然村 {n} 个', en: '{n} natural villages' },
  leftOutGrids: { zh: '网格 {n} 个', en: '{n} grids' },
  inForce: { zh: '{day} 的网格划分', en: 'The division in force on {day}' },
  made: { zh: '制图 {day}', en: 'Made on {day}' },
  townLimit: { zh: '镇（街道）界', en: 'the town limit' },
  villageLimit: { zh: '村（社区）界', en: 'the village limit' },
  code: { zh: '编码', en: 'Code' },
  village: { zh: '所属村（社区）', en: 'Village' },
  households: { zh: '户数', en: 'Households' },
  persons: { zh: '人口', en: 'Persons' },
  area: { zh: '面积', en: 'Area' },
  hectares: { zh: '{n} 公顷', en: '{n} ha' },
  team: { zh: '网格队伍', en: 'The team' },
  photo: { zh: '一寸照片', en: 'Photo' },
  phone: { zh: '电话', en: 'Phone' },
  noPhone: { zh: '电话：未登记', en: 'Phone: not recorded' },
  vacant: { zh: '暂缺', en: 'Vacant' },
  alsoOf: { zh: '其他成员：{list}', en: 'Also: {list}' },
  duties: { zh: '工作职责', en: 'Duties' },
  supervisoryPhone: { zh: '监督电话', en: 'Complaints' },
  phoneMissing: { zh: '（由镇、街道填写）', en: '(to be filled in by the town)' },
  scan: { zh: '扫码查看本网格', en: 'Scan for this grid' },
  print: { zh: '用浏览器打印（Ctrl+P），边距选“无”', en: 'Print with the browser (Ctrl+P), margins “none”' },
  asPdf: { zh: '下载 PDF', en: 'PDF' },
  otherLanguage: { zh: 'English', en: '中文' },
  masked: {
    zh: '姓名和电话已隐去。张贴用的公示牌须显示全名，',
    en: 'Names and phones are hidden. A notice to be posted shows them; ',
  },
  reveal: { zh: '显示（将记录在案）', en: 'show them (the access is noted)' },
  loopback: {
    zh: '二维码指向本机（{origin}），别的设备打不开；请用单位内的网址打开本页后再打印。',
    en: 'The QR code leads to this machine ({origin}), which no other device can open; print from the address of the service in your network.',
  },
} as const satisfies Record<string, Message>

const roleWords: Readonly<Record<string, Message>> = {
  leader: { zh: '网格长', en: 'Grid leader' },
  full_time: { zh: '专职网格员', en: 'Full-time worker' },
  instructor: { zh: '网格指导员', en: 'Instructor' },
  part_time: { zh: '兼职网格员', en: 'Part-time worker' },
  informant: { zh: '信息员', en: 'Informant' },
}
export const roleWord = (role: string): Message => roleWords[role] ?? { zh: role, en: role }

/** A text with its {names} filled in. */
export const say = (
  language: Language,
  message: Message,
  values: Readonly<Record<string, string | number>> = {},
): string =>
  message[language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values
      ? String(typeof values[name] === 'number' ? numberText(values[name]) : values[name])
      : whole,
  )

/** Thousands are separated: 12,345. */
export const numberText = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** 2026-10-09 as people write it. */
export function dayText(language: Language, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return language === 'zh' ? `${Number(year)}年${Number(month)}月${Number(date)}日` : day
}
