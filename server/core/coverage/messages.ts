import type { PolygonFlaw, PolygonFlawReason } from '../geometry/polygon-flaw.ts'
import type { Message } from '../values.ts'
import type { Finding } from './report.ts'

const flawWords: Readonly<Record<PolygonFlawReason, Message>> = {
  empty: { zh: '没有坐标', en: 'has no coordinates' },
  coordinate_not_finite: { zh: '坐标不是数', en: 'a coordinate is not a number' },
  coordinate_out_of_range: {
    zh: '坐标超出经纬度范围',
    en: 'a coordinate is out of the range of longitude and latitude',
  },
  ring_not_closed: { zh: '环未闭合', en: 'the ring is not closed' },
  ring_too_short: { zh: '环的顶点太少', en: 'the ring has too few points' },
  ring_crosses_itself: { zh: '环自相交', en: 'the ring crosses itself' },
  ring_touches_itself: { zh: '环与自身相触', en: 'the ring touches itself' },
  rings_cross: { zh: '两环相交', en: 'two rings cross' },
  hole_outside_shell: { zh: '洞在外环之外', en: 'a hole lies outside its shell' },
  hole_in_hole: { zh: '洞在另一洞内', en: 'a hole lies in another hole' },
  interior_disconnected: { zh: '内部被分割', en: 'the interior is cut into pieces' },
  parts_overlap: { zh: '各部分相互重叠', en: 'parts overlap' },
}

/** What is wrong with a polygon, and where; parts, rings and vertices count from 1. */
export function flawMessage(flaw: PolygonFlaw): Message {
  const { part, ring, vertex, longitude, latitude } = flaw
  return {
    zh: `${flawWords[flaw.reason].zh}（第 ${part} 部分第 ${ring} 环第 ${vertex} 点，${longitude}, ${latitude}）`,
    en: `${flawWords[flaw.reason].en} (part ${part}, ring ${ring}, vertex ${vertex} at ${longitude}, ${latitude})`,
  }
}

/** The sentence for a finding, with its figures and their units. */
export function findingMessage(finding: Finding, touched: number | null): Message {
  const sentence = sentences[finding.code](finding)
  if (!touched || aboutHouseholds.has(finding.code)) return sentence
  return {
    zh: `${sentence.zh}，涉及 ${touched} 户`,
    en: `${sentence.en}; ${touched} ${touched === 1 ? 'household' : 'households'} affected`,
  }
}

const aboutHouseholds: ReadonlySet<string> = new Set([
  'household_in_none',
  'household_in_several',
  'households_below',
  'households_above',
  'village_split',
])

const square = (finding: Finding): string => figure(finding.areaSquareMetres ?? 0)
const wide = (finding: Finding): string => figure(finding.widthMetres ?? 0)
const long = (finding: Finding): string => figure(finding.lengthMetres ?? 0)
const zhList = (finding: Finding): string => finding.grids.join('、')
const enList = (finding: Finding): string => finding.grids.join(', ')

const zhSides = (finding: Finding): string =>
  (finding.sides ?? [])
    .map(
      ({ grid, households, areaSquareMetres }) =>
        `${grid} ${households === null ? '' : `${households} 户 `}${figure(areaSquareMetres)} 平方米`,
    )
    .join('，')
const enSides = (finding: Finding): string =>
  (finding.sides ?? [])
    .map(
      ({ grid, households, areaSquareMetres }) =>
        `${grid} ${households === null ? '' : `${households} household(s) on `}${figure(areaSquareMetres)} m²`,
    )
    .join(', ')

/** Four digits that count, and no exponent: 8,814,345 · 12.96 · 0.004312. */
export function figure(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-6) return '<0.000001'
  const decimals = Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(size))))
  const [whole = '', fraction] = value.toFixed(decimals).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

const sentences: Readonly<Record<Finding['code'], (finding: Finding) => Message>> = {
  invalid_geometry: (f) => {
    const [first] = f.flaws ?? []
    const more = (f.flaws?.length ?? 0) - 1
    const said = first ? flawMessage(first) : { zh: '', en: '' }
    return {
      zh: `网格 ${zhList(f)} 的图形无效：${said.zh}${more > 0 ? `，另有 ${more} 处` : ''}`,
      en: `The geometry of grid ${enList(f)} is invalid: ${said.en}${more > 0 ? `, and ${more} more` : ''}`,
    }
  },
  duplicate: (f) => ({
    zh: `网格 ${zhList(f)} 是同一块地，面积 ${square(f)} 平方米`,
    en: `Grids ${enList(f)} are the same ground, ${square(f)} m²`,
  }),
  overlap: (f) => ({
    zh: `网格 ${zhList(f)} 重叠 ${square(f)} 平方米，共 ${f.detail?.['places'] ?? 1} 处，最宽 ${wide(f)} 米`,
    en: `Grids ${enList(f)} overlap by ${square(f)} m² in ${f.detail?.['places'] ?? 1} place(s), at most ${wide(f)} m wide`,
  }),
  gap: (f) => ({
    zh: `网格 ${zhList(f)} 之间有空隙 ${square(f)} 平方米，宽 ${wide(f)} 米，长 ${long(f)} 米`,
    en: `A gap of ${square(f)} m² between grids ${enList(f)}, ${wide(f)} m wide, ${long(f)} m long`,
  }),
  hole: (f) => ({
    zh: `网格 ${zhList(f)} 内有空洞 ${square(f)} 平方米，宽 ${wide(f)} 米`,
    en: `A hole of ${square(f)} m² in grid ${enList(f)}, ${wide(f)} m wide`,
  }),
  inlet: (f) => ({
    zh: `区域边缘有 ${square(f)} 平方米未划入网格${f.grids.length ? `（邻 ${zhList(f)}）` : ''}，宽 ${wide(f)} 米，长 ${long(f)} 米`,
    en: `${square(f)} m² at the edge of the area belong to no grid${f.grids.length ? ` (beside ${enList(f)})` : ''}, ${wide(f)} m wide, ${long(f)} m long`,
  }),
  outside_area: (f) => ({
    zh: `网格 ${zhList(f)} 超出区域 ${square(f)} 平方米，宽 ${wide(f)} 米`,
    en: `Grid ${enList(f)} reaches ${square(f)} m² outside the area, ${wide(f)} m wide`,
  }),
  unmatched_edge: (f) => ({
    zh: `网格 ${zhList(f)}${f.detail?.['area'] ? '与区域边界' : ''}的公共边不一致，长 ${long(f)} 米，错开至多 ${wide(f)} 米，共 ${square(f)} 平方米`,
    en: `The common edge of ${enList(f)}${f.detail?.['area'] ? ' and the area' : ''} does not match along ${long(f)} m: at most ${wide(f)} m apart, ${square(f)} m² in all`,
  }),
  disconnected_part: (f) => ({
    zh: `网格 ${zhList(f)} 有 ${f.detail?.['parts'] ?? 1} 块被其他网格隔开，共 ${square(f)} 平方米`,
    en: `Grid ${enList(f)} has ${f.detail?.['parts'] ?? 1} part(s) cut off by other grids, ${square(f)} m²`,
  }),
  sliver: (f) => ({
    zh: `网格 ${zhList(f)}（或其一部分）宽仅 ${wide(f)} 米，面积 ${square(f)} 平方米`,
    en: `Grid ${enList(f)}, or a part of it, is only ${wide(f)} m wide, ${square(f)} m²`,
  }),
  household_in_none: (f) => ({
    zh: `户 ${f.household} 不在任何网格内`,
    en: `Household ${f.household} is in no grid`,
  }),
  household_in_several: (f) => ({
    zh: `户 ${f.household} 同时在网格 ${zhList(f)} 内`,
    en: `Household ${f.household} is in several grids: ${enList(f)}`,
  }),
  households_below: (f) => ({
    zh: `网格 ${zhList(f)} 有 ${f.detail?.['count']} 户，少于 ${f.detail?.['bound']} 户`,
    en: `Grid ${enList(f)} has ${f.detail?.['count']} households, fewer than ${f.detail?.['bound']}`,
  }),
  households_above: (f) => ({
    zh: `网格 ${zhList(f)} 有 ${f.detail?.['count']} 户，多于 ${f.detail?.['bound']} 户`,
    en: `Grid ${enList(f)} has ${f.detail?.['count']} households, more than ${f.detail?.['bound']}`,
  }),
  village_split: (f) => ({
    zh: `自然村 ${f.detail?.['name']} 被分到 ${f.grids.length} 个网格：${zhSides(f)}`,
    en: `Natural village ${f.detail?.['name']} is split between ${f.grids.length} grids: ${enSides(f)}`,
  }),
  building_cut: (f) => ({
    zh: `建筑 ${f.detail?.['name']} 被网格 ${zhList(f)} 的边界切开：${zhSides(f)}`,
    en: `Building ${f.detail?.['name']} is cut by the boundary of grids ${enList(f)}: ${enSides(f)}`,
  }),
  code_malformed: (f) => ({
    zh: f.grids[0]?.trim() ? `网格编码 ${JSON.stringify(f.grids[0])} 不合规则` : '有网格没有编码',
    en: f.grids[0]?.trim() ? `Grid code ${JSON.stringify(f.grids[0])} is malformed` : 'A grid has no code',
  }),
  code_repeated: (f) => ({
    zh: `网格编码 ${zhList(f)} 用了 ${f.detail?.['times']} 次`,
    en: `Grid code ${enList(f)} is used ${f.detail?.['times']} times`,
  }),
}
