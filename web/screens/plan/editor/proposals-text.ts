import type { Texts } from '../../../i18n/language.ts'

export const text = {
  feasibility: { zh: '可行性', en: 'Feasibility' },
  grids: { zh: '{households} 户可分 {n} 个网格', en: '{households} households make {n:grid|grids}' },
  gridsUnknown: {
    zh: '{households} 户按户数可分 {n} 个网格；能否连片分出，生成后可知',
    en: '{households} households would make {n:grid|grids}; whether the ground allows it, a search will tell',
  },
  impossible: {
    zh: '{households} 户无法分成 {from}–{to} 户的网格',
    en: '{households} households cannot be cut into grids of {from}–{to}',
  },
  part: { zh: '{village}（第 {i} 块，共 {n} 块）', en: '{village} (part {i} of {n})' },
  waysOut: { zh: '可行的办法', en: 'Ways out' },
  pieceIn: { zh: '{village}一处地块', en: 'a piece of ground in {village}' },
  unknownOf: {
    zh: '{feasible} 处可以划分，{unknown} 处待定',
    en: '{feasible} can be divided, {unknown} are open',
  },
  verdicts: {
    feasible: { zh: '可行', en: 'Feasible' },
    unknown: { zh: '待定', en: 'Open' },
    impossible: { zh: '不可行', en: 'Impossible' },
  },
  sizes: { zh: '每个网格户数', en: 'Households a grid' },
  from: { zh: '最少户数', en: 'Fewest households' },
  to: { zh: '最多户数', en: 'Most households' },
  plans: { zh: '方案数', en: 'Proposals' },
  seed: { zh: '随机种子', en: 'Seed' },
  seedHint: {
    zh: '种子相同、方案未改，结果就相同。',
    en: 'The same seed on the same plan gives the same proposals.',
  },
  otherSeed: { zh: '换一个', en: 'Another' },
  keepCurrent: { zh: '尽量保留现有网格', en: 'Keep the present grids where possible' },
  keepCurrentHint: {
    zh: '户数适度的网格不动，少让住户换网格。',
    en: 'Grids within the band stay; few households change grid.',
  },
  run: { zh: '生成建议', en: 'Propose' },
  runAgain: { zh: '重新生成', en: 'Propose again' },
  notSaved: { zh: '方案还没有保存，不能生成。', en: 'The plan is not saved yet: nothing to propose on.' },
  proposal: { zh: '方案 {n}', en: 'Proposal {n}' },
  adopt: { zh: '采用', en: 'Adopt' },
  adoptedName: { zh: '{plan} · 建议 {n}', en: '{plan} · proposal {n}' },
  newGrid: { zh: '新 {n}', en: 'New {n}' },
  figures: {
    inBand: { zh: '规模内网格', en: 'In the band' },
    moved: { zh: '换网格的户', en: 'Moved' },
    onBarriers: { zh: '界线沿路河', en: 'On streets' },
    compactness: { zh: '紧凑度', en: 'Compactness' },
    deviation: { zh: '最大偏离', en: 'Largest deviation' },
    split: { zh: '被分开的自然村', en: 'Villages split' },
  },
  ofN: { zh: '{n} / {all}', en: '{n} / {all}' },
  fewer: {
    zh: '这次搜索只找到 {n} 个不同的方案。',
    en: 'The search found only {n} that differ.',
  },
  previewHint: {
    zh: '指向方案可在地图上预览；点一下留住。',
    en: 'Point at a proposal to see it on the map; click to keep it there.',
  },
  stale: {
    zh: '方案已改到第 {now} 版，这些建议是按第 {then} 版作的：请重新生成。',
    en: 'The plan is at revision {now}; these proposals were made on {then}. Propose again.',
  },
  notFound: { zh: '没有找到规模内的划法', en: 'No division within the band was found' },
  feasibleOf: { zh: '{n} 处可以划分', en: '{n} can be divided' },
  impossibleOf: { zh: '{n} 处无法分成 {from}–{to} 户', en: '{n} cannot be cut into {from}–{to}' },
} as const satisfies Texts
