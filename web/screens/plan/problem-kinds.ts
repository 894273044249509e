/**
 * The codes of a check, as people meet them: what each is called, how it is measured, how it is drawn. The list is the
 * contract's; a code this version does not know is shown under its own name.
 */
import type { ProblemCode } from '../../../server/core/coverage/report.ts'
import type { Message } from '../../../server/core/values.ts'
import { bandColors, problemColors } from '../../map/palette.ts'

export type Family = 'overlap' | 'gap' | 'inlet' | 'outside' | 'edge' | 'household' | 'below' | 'above'

export interface ProblemKind {
  readonly name: Message
  /** How the figure came about: what the drawer says under "how was this measured". */
  readonly measured: Message
  readonly family: Family
}

const kind = (
  family: Family,
  zh: string,
  en: string,
  measuredZh: string,
  measuredEn: string,
): ProblemKind => ({
  family,
  name: { zh, en },
  measured: { zh: measuredZh, en: measuredEn },
})

const width = {
  zh: '面积在 WGS 84 椭球面上量取；宽度是能放进去的最大圆的直径；窄于容差的归入“边线不一致”。',
  en: 'The area is measured on the WGS 84 ellipsoid; the width is the diameter of the largest circle that fits; what is narrower than the tolerance counts as an unmatched edge.',
}

/** In the order of a list without households: what breaks the cover first. */
export const problemKinds = {
  gap: kind(
    'gap',
    '空白',
    'Gap',
    `不属于任何网格、与两个以上网格相邻的区域。${width.zh}`,
    `Ground in no grid that touches two or more of them. ${width.en}`,
  ),
  hole: kind(
    'gap',
    '空洞',
    'Hole',
    `不属于任何网格、只与一个网格相邻的区域。${width.zh}`,
    `Ground in no grid that touches only one. ${width.en}`,
  ),
  inlet: kind(
    'inlet',
    '边缘缺口',
    'Inlet',
    `不属于任何网格、与区域外边界相邻的区域。${width.zh}`,
    `Ground in no grid that touches the outer edge of the area. ${width.en}`,
  ),
  overlap: kind(
    'overlap',
    '重叠',
    'Overlap',
    `同时属于两个以上网格的区域。${width.zh}`,
    `Ground in two or more grids at once. ${width.en}`,
  ),
  duplicate: kind(
    'overlap',
    '重复网格',
    'Duplicate',
    '两个网格的范围完全相同。',
    'Two grids cover exactly the same ground.',
  ),
  outside_area: kind(
    'outside',
    '越出边界',
    'Outside the area',
    `网格超出所属区域边界的部分。${width.zh}`,
    `The part of a grid beyond the area’s boundary. ${width.en}`,
  ),
  unmatched_edge: kind(
    'edge',
    '边线不一致',
    'Unmatched edge',
    '两个相邻网格的公共边没有用同样的顶点；差别窄于容差，每对网格合为一条。',
    'Two neighbours draw their common edge with different vertices; the difference is narrower than the tolerance. One entry a pair.',
  ),
  invalid_geometry: kind(
    'edge',
    '图形无效',
    'Invalid geometry',
    '按 OGC 简单要素规则检查：环要闭合、不自交、洞在壳内。',
    'By the OGC simple features rules: rings closed and not crossing themselves, holes within their shell.',
  ),
  disconnected_part: kind(
    'outside',
    '不相连',
    'Disconnected part',
    '一个网格由互不相连的几块组成。',
    'A grid consists of parts that do not touch.',
  ),
  sliver: kind(
    'gap',
    '狭长碎片',
    'Sliver',
    `网格中窄得站不住脚的碎片。${width.zh}`,
    `A grid, or a part of one, too narrow to be meant. ${width.en}`,
  ),
  household_in_none: kind(
    'household',
    '未入网格的户',
    'Household in no grid',
    '户的坐标不在任何网格内。',
    'The household’s position lies in no grid.',
  ),
  household_in_several: kind(
    'household',
    '一户多格',
    'Household in several grids',
    '户的坐标同时在几个网格内；正好在公共边上的归编码较小的网格，不算在内。',
    'The household’s position lies in several grids; one exactly on a common edge belongs to the smaller code and does not count.',
  ),
  households_below: kind(
    'below',
    '户数低于规模',
    'Too few households',
    '网格内的户数与政策规定的规模相比。',
    'Households in the grid against the policy’s band.',
  ),
  households_above: kind(
    'above',
    '户数高于规模',
    'Too many households',
    '网格内的户数与政策规定的规模相比。',
    'Households in the grid against the policy’s band.',
  ),
  village_split: kind(
    'outside',
    '拆分自然村',
    'Village split',
    '一个自然村分在几个网格里。',
    'A natural village lies in several grids.',
  ),
  building_cut: kind(
    'edge',
    '切割建筑物',
    'Building cut',
    '网格边界穿过建筑物。',
    'A grid’s edge cuts through a building.',
  ),
  code_malformed: kind(
    'edge',
    '编码不合规',
    'Malformed code',
    '网格编码为空、含空格或不合编码规则。',
    'The grid’s code is empty, has blanks, or breaks the coding rule.',
  ),
  code_repeated: kind(
    'edge',
    '编码重复',
    'Repeated code',
    '几个网格用了同一个编码。',
    'Several grids carry the same code.',
  ),
} as const satisfies Record<ProblemCode | 'village_split' | 'building_cut', ProblemKind>

export const problemKindOf = (code: string): ProblemKind =>
  (problemKinds as Readonly<Record<string, ProblemKind>>)[code] ?? kind('edge', code, code, '', '')

/** A grid of the wrong size: judged by the band, drawn by the grid's own fill. */
export const isSize = (family: Family): boolean => family === 'below' || family === 'above'

/** One colour a family; the shape (hatch, fill, line, ring) differs too. */
export const familyColors: Readonly<Record<Family, string>> = {
  overlap: problemColors.overlap,
  gap: problemColors.gap,
  inlet: problemColors.inlet,
  outside: problemColors.outside,
  edge: problemColors.edge,
  household: problemColors.householdCore,
  below: bandColors.light.below,
  above: bandColors.light.above,
}
