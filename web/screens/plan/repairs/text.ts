import type { Texts } from '../../../i18n/language.ts'

export const text = {
  howToRepair: { zh: '怎样修复', en: 'How to repair it' },
  ways: { zh: '修复办法', en: 'Ways to repair it' },
  recommended: { zh: '推荐', en: 'Recommended' },
  because: { zh: '推荐理由：{reason}', en: 'Why: {reason}' },
  moves: { zh: '变动 {area}', en: 'Moves {area}' },
  movesHouseholds: { zh: '变动 {area}，{n} 户改换网格', en: 'Moves {area} and {n:household|households}' },
  fromTo: { zh: '{before} → {after} m²', en: '{before} → {after} m²' },
  drops: { zh: '网格 {codes} 不再有范围', en: 'Leaves grid {codes} without ground' },
  add: { zh: '加入修复', en: 'Add repair' },
  replace: { zh: '改用这种办法', en: 'Use this way instead' },
  remove: { zh: '移出修复', en: 'Take repair out' },
  chosen: { zh: '已选 {n} 项修复', en: '{n:repair|repairs} chosen' },
  takeRecommended: { zh: '选用全部推荐（{n}）', en: 'Take all recommended ({n})' },
  clear: { zh: '清空', en: 'Clear' },
  makePlan: { zh: '生成修复方案', en: 'Make a repair plan' },
  makingPlan: { zh: '正在生成…', en: 'Making the plan …' },
  planName: { zh: '{area}修复方案', en: 'Repairs of {area}' },
  planNote: {
    zh: '修复只写进新的方案草稿，现行网格不变。',
    en: 'Repairs go into a new draft; the grids in force stay as they are.',
  },
  layer: { zh: '修复变动的范围', en: 'Ground that repairs move' },
  toGrid: { zh: '归入网格的规模颜色', en: 'In the colour of the grid it goes to' },
} as const satisfies Texts
