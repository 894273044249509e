/** `wangge hotspots`: hazard density and hot spots of a file of incidents, on hexagons. */
import { presentHotspotFeatures, presentHotspots } from '../contract/hotspots.ts'
import { type HazardDensityInput, hazardDensity } from '../core/hexagons/hazard-density.ts'
import { hexagonBoundary } from '../core/hexagons/hexagon.ts'
import { StudyAreaTooLarge } from '../core/hexagons/study-area.ts'
import type { Message } from '../core/values.ts'
import { readAreaFile } from './area-file.ts'
import { positionsOf, readPoints, select, unusableReasons } from './hotspots-points.ts'
import { questionOf } from './hotspots-question.ts'
import { flawLine, inputOptions, readOptionsOf } from './input-options.ts'
import { type ExitCode, UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'

/** Refused records that are told one by one; of more, their number. */
const mostReasons = 100

export const hotspots: Verb = {
  name: 'hotspots',
  usage: 'INCIDENTS [--within AREA] [--households FILE] [--from D] [--to D] [--category C] …',
  summary: {
    zh: '隐患密度（每平方公里、每千户）与热点（Getis–Ord Gi*，经错误发现率校正）',
    en: 'hazard density (per km², per 1,000 households) and hot spots (Getis–Ord Gi*, false discoveries controlled)',
  },
  options: {
    resolution: {
      type: 'string',
      value: '9',
      help: { zh: 'H3 分辨率 0–15，默认 9', en: 'H3 resolution 0–15, 9 by default' },
    },
    within: {
      type: 'string',
      value: 'AREA',
      help: {
        zh: '研究区边界；没有事件的六边形也计入。缺省为事件六边形的凸包',
        en: 'the study area; its hexagons without incidents count too. Absent: the hull of the hexagons with incidents',
      },
    },
    households: {
      type: 'string',
      value: 'FILE',
      help: { zh: '住户点，用于每千户的比率', en: 'household points, for rates per 1,000' },
    },
    from: { type: 'string', value: 'DAY', help: { zh: '起始日', en: 'first day' } },
    to: {
      type: 'string',
      value: 'DAY',
      help: { zh: '截止日（不含）', en: 'end: first day no longer counted' },
    },
    category: {
      type: 'string',
      multiple: true,
      value: 'CATEGORY',
      help: { zh: '只计这一类别，可重复', en: 'only this category, repeatable' },
    },
    rings: {
      type: 'string',
      value: '1',
      help: { zh: '邻域的圈数，默认 1', en: 'rings of hexagons in a neighbourhood, 1 by default' },
    },
    statistic: {
      type: 'string',
      value: 'gi-star',
      help: { zh: '统计量：gi-star', en: 'statistic: gi-star' },
    },
    ...inputOptions,
    format: {
      type: 'string',
      value: 'json|geojson',
      help: { zh: '输出格式，默认 json', en: 'json by default' },
    },
  },
  run,
}

async function run(args: VerbArgs, io: VerbIo): Promise<ExitCode> {
  const question = questionOf(args)
  const options = readOptionsOf(args, io)
  const incidents = await readPoints(question.file, 'incidents', options)
  const households =
    question.households === undefined ? null : await readPoints(question.households, 'households', options)
  const area = question.within === undefined ? null : await readAreaFile(question.within, options)

  const unusable = [incidents, households].flatMap((one) => (one ? unusableReasons(one) : []))
  if (area && 'flaws' in area) unusable.push(...area.flaws)
  if (unusable.length > 0 || (area && 'flaws' in area)) {
    for (const one of unusable) io.err(`${flawLine(one)}\n`)
    return 2
  }
  for (const one of area?.skipped ?? []) io.err(`${flawLine(one)}\n`)

  const selection = select(incidents, question)
  const result = densityOf({
    incidents: selection.positions,
    studyArea: area && area.area,
    resolution: question.resolution,
    rings: question.rings,
    ...(households && { households: positionsOf(households) }),
  })
  const wire = presentHotspots(result, {
    ...question,
    refused: incidents.refused,
    otherCategory: selection.otherCategory,
    otherPeriod: selection.otherPeriod,
    refusedHouseholds: households?.refused ?? 0,
  })
  const output = question.format === 'json' ? wire : presentHotspotFeatures(wire, hexagonBoundary)
  io.out(`${JSON.stringify(output)}\n`)

  const { study_area: study, totals, excluded } = wire
  if (area === null) {
    tell(io, {
      zh: `未给出研究区（--within），以事件的凸包代替：${study.cells} 个六边形，其中 ${study.occupied} 个有事件。一个坐标错误的事件就会把它撑大`,
      en: `no study area (--within): the hull of the incidents stands in, ${study.cells} hexagons, ${study.occupied} of them with incidents. One misplaced incident stretches it`,
    })
  }
  tell(io, {
    zh: `${totals.records} 条记录：计入 ${totals.counted}，无法读取 ${excluded.refused}，无坐标 ${excluded.no_position}，研究区外 ${excluded.outside}，其他类别 ${excluded.other_category}，其他时段 ${excluded.other_period}`,
    en: `${totals.records} records: ${totals.counted} counted, ${excluded.refused} unreadable, ${excluded.no_position} without a position, ${excluded.outside} outside the study area, ${excluded.other_category} of other categories, ${excluded.other_period} of other periods`,
  })
  for (const absent of selection.absentCategories)
    tell(io, { zh: `没有任何记录属于类别“${absent}”`, en: `no record is of the category “${absent}”` })
  const flaws = [...incidents.flaws, ...(households?.flaws ?? [])]
  for (const one of flaws.slice(0, mostReasons)) io.err(`${flawLine(one)}\n`)
  const more = flaws.length - mostReasons
  if (more > 0) tell(io, { zh: `另有 ${more} 处问题`, en: `and ${more} more` })
  return flaws.length > 0 || selection.absentCategories.length > 0 ? 1 : 0
}

function densityOf(input: HazardDensityInput): ReturnType<typeof hazardDensity> {
  try {
    return hazardDensity(input)
  } catch (error) {
    if (!(error instanceof StudyAreaTooLarge)) throw error
    const { hexagons, allowed } = error
    throw new UsageError({
      zh: `研究区约有 ${hexagons} 个六边形，最多 ${allowed} 个：请减小 --resolution 或 --rings，或用 --within 给出较小的范围`,
      en: `the study area has about ${hexagons} hexagons, at most ${allowed} can be handled: lower --resolution or --rings, or give a smaller area with --within`,
    })
  }
}

function tell(io: VerbIo, { zh, en }: Message): void {
  io.err(`${zh} · ${en}\n`)
}
