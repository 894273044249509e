/** The domain's closed lists in both languages. A word the server adds and this list lacks does not compile. */
import type { Area } from '../../server/contract/areas.ts'
import type { BandStatus, Grid } from '../../server/contract/grids.ts'
import type { ImportCounts, ImportKind, Job } from '../../server/contract/jobs.ts'
import type { Message, WorkerRole } from '../../server/core/values.ts'

type Words<Word extends string> = Readonly<Record<Word, Message>>

export const levelWords: Words<Area['level']> = {
  county: { zh: '县（区）', en: 'County' },
  township: { zh: '乡镇（街道）', en: 'Township' },
  village: { zh: '村（社区）', en: 'Village' },
}

export const gridKindWords: Words<Grid['kind']> = {
  ordinary: { zh: '普通网格', en: 'Ordinary' },
  dedicated: { zh: '专属网格', en: 'Dedicated' },
  microgrid: { zh: '微网格', en: 'Microgrid' },
}

export const bandWords: Words<BandStatus> = {
  far_below: { zh: '远低于规模', en: 'Far below' },
  below: { zh: '低于规模', en: 'Below' },
  in_band: { zh: '规模适度', en: 'In the band' },
  above: { zh: '高于规模', en: 'Above' },
  far_above: { zh: '远高于规模', en: 'Far above' },
  not_applicable: { zh: '不按户数', en: 'Not by households' },
}

export const roleWords: Words<WorkerRole> = {
  leader: { zh: '网格长', en: 'Leader' },
  full_time: { zh: '专职网格员', en: 'Full-time worker' },
  part_time: { zh: '兼职网格员', en: 'Part-time worker' },
  instructor: { zh: '网格指导员', en: 'Instructor' },
  informant: { zh: '信息员', en: 'Informant' },
}

export const importKindWords: Words<ImportKind> = {
  grids: { zh: '网格', en: 'Grids' },
  areas: { zh: '行政区划', en: 'Administrative areas' },
  villages: { zh: '自然村', en: 'Natural villages' },
  buildings: { zh: '建筑物', en: 'Buildings' },
  roads: { zh: '道路', en: 'Roads' },
  land: { zh: '水面与绿地', en: 'Water and green' },
  households: { zh: '农户', en: 'Households' },
  places: { zh: '重点场所', en: 'Places' },
  workers: { zh: '网格员', en: 'Workers' },
  assignments: { zh: '任职', en: 'Assignments' },
  roster: { zh: '联系农户名册', en: 'Contact roster' },
  traces: { zh: '轨迹', en: 'Traces' },
  visits: { zh: '走访记录', en: 'Visits' },
  incidents: { zh: '事件', en: 'Incidents' },
}

export const jobStateWords: Words<Job['state']> = {
  queued: { zh: '等待中', en: 'Waiting' },
  running: { zh: '进行中', en: 'Running' },
  done: { zh: '已完成', en: 'Done' },
  refused: { zh: '未写入：有记录被拒绝', en: 'Nothing written: records were refused' },
  failed: { zh: '失败', en: 'Failed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
}

export const importCountWords: Words<keyof ImportCounts> = {
  read: { zh: '读取', en: 'Read' },
  added: { zh: '新增', en: 'added' },
  changed: { zh: '更新', en: 'changed' },
  unchanged: { zh: '未变', en: 'unchanged' },
  refused: { zh: '拒绝', en: 'refused' },
  repeated: { zh: '重复', en: 'repeated' },
}

/** Household categories of the domain; a category the data add is shown as it stands. */
const categoryWords: Readonly<Record<string, Message>> = {
  five_guarantee: { zh: '五保', en: 'Five guarantees' },
  low_income: { zh: '低保', en: 'Low income' },
  living_alone: { zh: '独居老人', en: 'Elderly living alone' },
  left_behind_child: { zh: '留守儿童', en: 'Left-behind child' },
  disabled: { zh: '残疾', en: 'Disabled' },
  preferential: { zh: '优抚', en: 'Preferential' },
}

/** Kinds of places of the domain. */
const placeWords: Readonly<Record<string, Message>> = {
  school: { zh: '学校', en: 'School' },
  clinic: { zh: '诊所', en: 'Clinic' },
  workshop: { zh: '作坊、企业', en: 'Workshop' },
  rental_house: { zh: '出租屋', en: 'Rental house' },
  market: { zh: '市场', en: 'Market' },
  park: { zh: '公园', en: 'Park' },
}

/** Classes of days since the last visit, in the order of the palette (`visitAgeColors`). */
export const visitAgeWords: readonly Message[] = [
  { zh: '0–1 天', en: '0–1 days' },
  { zh: '2–3 天', en: '2–3 days' },
  { zh: '4–7 天', en: '4–7 days' },
  { zh: '8–14 天', en: '8–14 days' },
  { zh: '14 天以上', en: 'More than 14 days' },
  { zh: '从未', en: 'Never' },
]

/** A word from data that may or may not be in a list: its text, or the word itself. */
export const wordOr = (words: Readonly<Record<string, Message>>, word: string): Message =>
  words[word] ?? { zh: word, en: word }

export const householdCategory = (category: string): Message => wordOr(categoryWords, category)
export const placeKind = (kind: string): Message => wordOr(placeWords, kind)
export const workerRole = (role: string): Message => wordOr(roleWords, role)
