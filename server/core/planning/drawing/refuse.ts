import type { LngLat, Message } from '../../values.ts'
import type { Applied, Refusal, RefusalCode } from './edit.ts'

const texts: Readonly<Record<RefusalCode, readonly [zh: string, en: string]>> = {
  unknown_atom: ['没有这块用地：{what}', 'There is no such piece of ground: {what}'],
  unknown_grid: ['没有这个网格：{what}', 'There is no such grid: {what}'],
  unknown_village: ['没有这个村：{what}', 'There is no such village: {what}'],
  unknown_vertex: [
    '没有这个边界点，图形可能已被改动',
    'There is no such vertex; the line may have been changed',
  ],
  nothing_to_change: ['没有可改动的内容', 'Nothing would change'],
  code_taken: ['编码 {what} 已被使用', 'The code {what} is taken'],
  code_empty: ['网格编码不能为空', 'A grid needs a code'],
  grid_locked: [
    '网格 {what} 已锁定，不能增减范围；请先解锁',
    'Grid {what} is locked and keeps its ground; unlock it first',
  ],
  grid_not_empty: [
    '网格 {what} 还有范围或微网格，不能删除；请先划给其他网格',
    'Grid {what} still has ground or microgrids; give them away before removing it',
  ],
  other_village: [
    '{what} 属于另一个村，网格不能跨村',
    '{what} is in another village; grids do not cross villages',
  ],
  other_grid: ['{what} 不在该微网格所属的网格内', '{what} is not in the grid the microgrid belongs to'],
  not_a_microgrid: ['{what} 与所选的不是同一层级的网格', '{what} is not a grid of the same layer'],
  site_is_dedicated: [
    '{what} 是专属场所，只能划入专属网格',
    '{what} is a dedicated site and goes to a dedicated grid only',
  ],
  village_line_fixed: ['村界不能改动', 'The boundary of a village does not change'],
  junction_fixed: [
    '这个交点处有多条村界相交，不能移动',
    'Village boundaries meet at this junction; it does not move',
  ],
  vertex_is_junction: ['这里有几条边界相交，不能单独删除', 'Several lines meet here; it cannot be deleted'],
  too_few_vertices: ['边界点太少，不能再删除', 'The line would have too few vertices'],
  place_not_finite: ['坐标无效', 'The coordinates are not numbers in range'],
  lines_meet: ['边界会相交或重合，请换个位置', 'Lines would meet here; choose another place'],
  ring_flips: [
    '地块会翻转或把别的地块圈进来，请换个位置',
    'A piece of ground would turn inside out; choose another place',
  ],
  line_does_not_cut: ['这条线没有把范围切成两部分', 'The line does not cut the ground in two'],
  ring_not_simple: ['画的范围自相交或没有面积', 'The ring crosses itself or encloses nothing'],
  outside_village: ['画的范围超出了村界', 'The ring reaches outside the village'],
}

/** @param what the grid, atom or code the message is about */
export function refusal(code: RefusalCode, place: LngLat | null = null, what = ''): Refusal {
  const [zh, en] = texts[code]
  const message: Message = { zh: zh.replace('{what}', what), en: en.replace('{what}', what) }
  return { code, message, place }
}

export const isRefusal = (result: Applied | Refusal): result is Refusal => 'code' in result

/** Whether a position is one on earth; records come from outside. */
export const isPlace = (place: LngLat): boolean =>
  Array.isArray(place) && Math.abs(place[0]) <= 180 && Math.abs(place[1]) <= 90
