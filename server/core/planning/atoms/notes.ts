import type { LngLat, Message } from '../../values.ts'
import { type AtomNote, type AtomNoteCode, atomNoteCodes } from './input.ts'

/** Figures a message may need beside the ids. */
export interface NoteFacts {
  readonly ids: readonly string[]
  readonly place?: LngLat | null | undefined
  readonly areaSquareMetres?: number
  readonly households?: number
  /** What is said by others about it: the reasons of a flaw, the code of a problem. */
  readonly detail?: Message
}

const said = ({ detail }: NoteFacts, language: keyof Message): string => detail?.[language] ?? ''
const area = ({ areaSquareMetres }: NoteFacts): string => (areaSquareMetres ?? 0).toFixed(1)
const pair = ({ ids }: NoteFacts, and: string): string => ids.join(and)

const messages: Readonly<Record<AtomNoteCode, (facts: NoteFacts) => readonly [zh: string, en: string]>> = {
  geometry_flawed: (f) => [
    `${f.ids[0]} 的边界有错误：${said(f, 'zh')}。请先修正；暂按奇偶规则取其范围。`,
    `The outline of ${f.ids[0]} is flawed: ${said(f, 'en')}. Repair it first; until then it covers what it encloses an odd number of times.`,
  ],
  villages_disagree: (f) => [
    `行政村界线不一致：${said(f, 'zh')} 各村仍按自己的界线取全。`,
    `The villages' own outlines disagree: ${said(f, 'en')} Each village is still kept whole by its own outline.`,
  ],
  village_without_barriers: (f) => [
    `${f.ids[0]} 内没有能分隔地块的道路、河流或围墙。请导入道路，或手工画线。`,
    `No road, river or wall divides ${f.ids[0]}. Import roads, or draw a line by hand.`,
  ],
  barrier_unusable: (f) => [
    `界线 ${f.ids[0]} 不足两个有效的点，未使用。`,
    `Barrier ${f.ids[0]} has fewer than two places and is not used.`,
  ],
  barrier_lengthened: (f) => [
    `${f.ids.length} 条界线的末端与相邻界线之间有小缺口，已接上。`,
    `${f.ids.length} lines that end a step before the line they lead to were lengthened to it.`,
  ],
  site_outside: (f) => [
    `专属场所 ${f.ids[0]} 不在所给的任何行政村内，未切出。`,
    `Site ${f.ids[0]} lies in none of the villages given and is not cut out.`,
  ],
  site_clipped: (f) => [
    `专属场所 ${f.ids[0]} 有 ${area(f)} 平方米在所属村 ${f.ids[1]} 之外，只切出村内部分。`,
    `${area(f)} m² of site ${f.ids[0]} lie outside its village ${f.ids[1]}; only the part inside is cut out.`,
  ],
  sites_overlap: (f) => [
    `专属场所 ${pair(f, ' 与 ')} 重叠 ${area(f)} 平方米，归 ${f.ids[0]}。`,
    `Sites ${pair(f, ' and ')} overlap on ${area(f)} m², which go to ${f.ids[0]}.`,
  ],
  natural_villages_overlap: (f) => [
    `自然村 ${pair(f, ' 与 ')} 重叠 ${area(f)} 平方米，归 ${f.ids[0]}。`,
    `Natural villages ${pair(f, ' and ')} overlap on ${area(f)} m², which go to ${f.ids[0]}.`,
  ],
  building_cut: (f) => [
    `建筑 ${f.ids[0]} 被${said(f, 'zh')}穿过，分属地块 ${f.ids.slice(1).join('、')}。请核对建筑或界线的位置。`,
    `Building ${f.ids[0]} is cut by ${said(f, 'en')}: it lies in atoms ${f.ids.slice(1).join(', ')}. Check where the building or the line stands.`,
  ],
  sliver_merged: (f) => [
    `碎块 ${area(f)} 平方米（${f.households} 户）并入 ${f.ids[0]}。`,
    `A sliver of ${area(f)} m² (${f.households} households) was joined to ${f.ids[0]}.`,
  ],
  sliver_kept: (f) => [
    `地块 ${f.ids[0]} 只有 ${area(f)} 平方米，村内没有可并入的相邻地块。`,
    `Atom ${f.ids[0]} has only ${area(f)} m² and no neighbour in its village to join.`,
  ],
  cut_off_joined: (f) => [
    `地块 ${f.ids[0]} 无住户、四面不能通行（如水面），可归入 ${f.ids[1]}，以对岸为界。`,
    `Nobody lives in ${f.ids[0]} and no way leads there (water, say): it may go with ${f.ids[1]}, and the far bank is the boundary.`,
  ],
  cut_off: (f) => [
    `地块 ${f.ids[0]} 一带有 ${f.households} 户，与本村其余部分不通。请补充桥梁或道口，或单独成格。`,
    `No way leads from ${f.ids[0]} and the ${f.households} households there to the rest of the village. Add the bridge or crossing, or give it a grid of its own.`,
  ],
  group_across_villages: (f) => [
    `自然村 ${f.ids[0]} 跨行政村 ${f.ids.slice(1).join('、')}；网格不跨村，只能在各村内保持完整。`,
    `Natural village ${f.ids[0]} lies in several administrative villages (${f.ids.slice(1).join(', ')}); it is kept together within each.`,
  ],
  group_apart: (f) => [
    `自然村 ${f.ids[0]} 在村内分成互不相连的几块：${f.ids.join('、')}。`,
    `Natural village ${f.ids[0]} lies in pieces that do not touch: ${f.ids.join(', ')}.`,
  ],
  group_too_large: (f) => [
    `${f.ids[0]} 有 ${f.households} 户，超过一个网格的上限。请批准例外，或允许沿其内部街道划分。`,
    `${f.ids[0]} has ${f.households} households, more than a grid may have. Approve an exception, or allow a division along its own streets.`,
  ],
  household_at_zero: (f) => [
    `${f.ids.length} 户的坐标为 (0, 0)，未计入。请补充坐标。`,
    `${f.ids.length} households stand at (0, 0) and are not counted. Supply their places.`,
  ],
  household_doubled: (f) => [
    `${f.ids.length} 个户编号重复，每户只计一次。`,
    `${f.ids.length} household ids occur more than once; each is counted once.`,
  ],
  household_outside: (f) => [
    `${f.ids.length} 户不在所给的任何行政村内，未计入。请核对坐标系与坐标。`,
    `${f.ids.length} households lie in none of the villages given and are not counted. Check coordinates and their system.`,
  ],
  household_on_line: (f) => [
    `${f.ids.length} 户正在地块界线上或行政村重叠处，归编号较小的地块。`,
    `${f.ids.length} households lie exactly on a line between atoms, or where villages overlap, and count to the one whose id comes first.`,
  ],
}

export function noteOf(code: AtomNoteCode, facts: NoteFacts): AtomNote {
  const { ids, place = null, detail: _detail, ...figures } = facts
  const [zh, en] = messages[code](facts)
  return { code, ids, place, message: { zh, en }, ...figures }
}

/** By code, then ids, then size: the same in any order of the input. */
export function sortNotes(notes: readonly AtomNote[]): AtomNote[] {
  const key = (note: AtomNote): string => note.ids.join('\u0001')
  return notes.toSorted(
    (p, q) =>
      atomNoteCodes.indexOf(p.code) - atomNoteCodes.indexOf(q.code) ||
      (key(p) < key(q) ? -1 : key(p) > key(q) ? 1 : 0) ||
      (p.areaSquareMetres ?? 0) - (q.areaSquareMetres ?? 0),
  )
}
