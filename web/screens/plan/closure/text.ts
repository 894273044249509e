import type { Texts } from '../../../i18n/language.ts'

/** Texts of the closure ladder: do the households of every level add up to those above. */
export const text = {
  title: { zh: '逐级核对户数', en: 'Totals' },
  closes: { zh: '各级相符', en: 'They close' },
  open: { zh: '{upper}与{lower}不符', en: '{upper} ≠ {lower}' },
  difference: { zh: '差 {n} 户', en: '{n} apart' },
  differs: { zh: '总数相同，名单不同', en: 'Same totals, other households' },
  levels: {
    county: { zh: '县', en: 'county' },
    township: { zh: '乡镇', en: 'township' },
    village: { zh: '村', en: 'village' },
    grid: { zh: '网格', en: 'grid' },
    microgrid: { zh: '微网格', en: 'microgrid' },
    household: { zh: '户', en: 'household' },
  },
  step: { zh: '{upper} → {lower}', en: '{upper} → {lower}' },
  hint: {
    zh: '县、乡镇、村按户籍登记，网格、微网格按地图位置；每一级都应等于下一级之和。',
    en: 'County, township and village count by the register, grids by the map; each level should be the sum of the next.',
  },
  total: { zh: '上级户数', en: 'Above' },
  sum: { zh: '下级合计', en: 'Below' },
  gap: { zh: '有 {total} 户，下级合计 {sum} 户', en: 'has {total} households, below it {sum}' },
  missing: { zh: '下级没有（{n}）', en: 'Missing below ({n})' },
  doubled: { zh: '下级重复（{n}）', en: 'Counted twice below ({n})' },
  strange: { zh: '本级没有（{n}）', en: 'Not in it ({n})' },
  orphans: { zh: '不属于任何上级（{n}）', en: 'Belonging to none above ({n})' },
  repeated: { zh: '重复（{n}）', en: 'More than once ({n})' },
  more: { zh: '显示全部 {n} 个', en: 'Show all {n}' },
  showHousehold: { zh: '在地图上显示 {id}', en: 'Show {id} on the map' },
} as const satisfies Texts
