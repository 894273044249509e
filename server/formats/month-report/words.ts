/** The words of the monthly sheet, Chinese as an office files it. Units stand in the headings. */

import type { DayStatus, ExcuseKind, Loss, MonthSheet } from '../../core/assessment/values.ts'
import type { DayTarget, Grade, PeriodTarget } from '../../core/policy/assessment-policy.ts'
import type { DayKind } from '../../core/policy/working-days.ts'
import type { Message } from '../../core/values.ts'
import type { Language } from './month-report.ts'

export const words = {
  title: {
    zh: '{area}{year}年{month}月网格员考核表',
    en: '{area}: monthly sheet of grid workers, {year}-{month}',
  },
  draft: { zh: '（未定稿）', en: ' (draft)' },
  rulesBy: { zh: '考核办法：{list}', en: 'Rules: {list}' },
  rulesFrom: { zh: '{title}（{name}，{day} 起施行）', en: '{title} ({name}, in force from {day})' },
  rulesWithout: { zh: '{title}（{name}）', en: '{title} ({name})' },
  made: { zh: '制表：{who}，{when}', en: 'Made by {who}, {when}' },
  closed: { zh: '已结账：{who}，{when}', en: 'Closed by {who}, {when}' },
  open: { zh: '未结账，数字为暂计，以结账后的表为准', en: 'Not closed: figures are provisional' },
  sheet: { zh: '考核表', en: 'Sheet' },
  daySheet: { zh: '逐日明细', en: 'Days' },
  visitSheet: { zh: '走访达标', en: 'Visits' },
  ruleSheet: { zh: '考核办法', en: 'Rules' },
  number: { zh: '序号', en: 'No.' },
  town: { zh: '乡镇（街道）', en: 'Township' },
  name: { zh: '姓名', en: 'Name' },
  worker: { zh: '编号', en: 'Id' },
  grids: { zh: '网格', en: 'Grids' },
  asked: { zh: '应巡日（天）', en: 'Days asked' },
  met: { zh: '达标日（天）', en: 'Days met' },
  excused: { zh: '请假等免考（天）', en: 'Days excused' },
  notMet: { zh: '未达标日（天）', en: 'Days not met' },
  notMetDays: { zh: '未达标日期', en: 'Dates not met' },
  patrol: { zh: '巡查补贴（元）', en: 'Patrol subsidy (yuan)' },
  information: { zh: '信息补贴（元）', en: 'Info. subsidy (yuan)' },
  tasks: { zh: '任务奖励（元）', en: 'Task reward (yuan)' },
  total: { zh: '合计（元）', en: 'Total (yuan)' },
  score: { zh: '得分（满分 100）', en: 'Score (of 100)' },
  grade: { zh: '等次', en: 'Grade' },
  card: { zh: '黄/红牌', en: 'Card' },
  stars: { zh: '季度星级', en: 'Stars of the quarter' },
  reward: { zh: '星级奖励（元）', en: 'Star reward (yuan)' },
  notes: { zh: '备注', en: 'Remarks' },
  signature: { zh: '签字', en: 'Signature' },
  sum: { zh: '合计', en: 'Total' },
  nobody: { zh: '本月没有专职网格员的任务', en: 'No full-time worker had a duty in the month' },
  remarks: { zh: '说明：', en: 'Remarks: ' },
  remarkAsked: {
    zh: '应巡日为已考核的工作日，免考、无任务的日子和尚未到的日子不计；',
    en: 'days asked are the working days judged, without those excused, without a duty, or still ahead;',
  },
  remarkError: {
    zh: '“误差范围内”指测得的时长或里程与要求相差不超过其误差，结果不因此改变；',
    en: '“within the error”: hours or kilometres as measured differ from what is asked by no more than their error, which changes no result;',
  },
  remarkTotal: { zh: '合计不含季度星级奖励；', en: 'the total leaves out the reward for stars;' },
  remarkStars: {
    zh: '星级按季度评定，列在季末月份的表上；',
    en: 'stars are given by quarter, on its last month’s sheet;',
  },
  remarkDays: {
    zh: '各数字的依据见“逐日明细”和“考核办法”。定位判读可以申诉，经裁定属实的计入当天。',
    en: 'what the figures rest on stands under “Days” and “Rules”. How positions were read can be objected to; what is upheld counts for the day.',
  },
  remarkTowns: {
    zh: '逐日明细见各乡镇（街道）的考核表；定位判读可以申诉，经裁定属实的计入当天。',
    en: 'every day stands on the sheets of the townships. How positions were read can be objected to; what is upheld counts for the day.',
  },
  signatures: {
    zh: '制表人：　　　　　　　　审核人：　　　　　　　　负责人（盖章）：　　　　　　　　日期：　　　年　　月　　日',
    en: 'Prepared by:　　　　　　　　Checked by:　　　　　　　　Approved (seal):　　　　　　　　Date:　　　　　　',
  },
  noteOpen: { zh: '未结账', en: 'not closed' },
  noteDiffers: { zh: '结账后数据有变', en: 'data changed after closing' },
  noteNothingReceived: { zh: '整月无定位，请核对设备', en: 'no position all month: check the device' },
  noteFewTasks: { zh: '派单不足，不影响本人', en: 'too few tasks dispatched' },
  noteWithinError: {
    zh: '未达标日中 {n} 天在误差范围内',
    en: '{n} of the days not met within the error',
  },
  noteObjections: { zh: '{n} 件申诉待裁定', en: '{n} objections open' },
  date: { zh: '日期', en: 'Date' },
  kind: { zh: '日类', en: 'Kind of day' },
  status: { zh: '结果', en: 'Result' },
  withinError: { zh: '误差范围内', en: 'Within the error' },
  withinErrorYes: { zh: '是', en: 'yes' },
  excuse: { zh: '免考事由', en: 'Excuse' },
  reason: { zh: '登记说明', en: 'As recorded' },
  creditMinutes: { zh: '申诉计入（分钟）', en: 'Credited (min)' },
  creditKilometres: { zh: '申诉计入（公里）', en: 'Credited (km)' },
  required: { zh: '要求（{what}）', en: 'Asked ({what})' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  target: { zh: '项目', en: 'Target' },
  actual: { zh: '完成', en: 'reached' },
  of: { zh: '总数', en: 'in all' },
  share: { zh: '要求比例', en: 'Share asked' },
  running: { zh: '进行中', en: 'running' },
  yes: { zh: '达标', en: 'met' },
  no: { zh: '未达标', en: 'not met' },
  rule: { zh: '内容', en: 'Rule' },
  townsOf: { zh: '适用乡镇（街道）', en: 'Townships' },
  weeksMet: { zh: '{target}达标（周）', en: '{target}: weeks met' },
  weeks: { zh: '{target}考核（周）', en: '{target}: weeks' },
  exceptions: { zh: '免考、申诉', en: 'Excuses and objections' },
  key: {
    zh: '格内自上而下：{list}；✗ 未达标，± 与要求相差在误差范围内，免 免考，· 不考核，空白为尚未到。',
    en: 'In a cell from the top: {list}; ✗ not met, ± within the error of what is asked, E excused, · not asked, blank: still ahead.',
  },
  excusedMark: { zh: '免', en: 'E' },
  credited: {
    zh: '申诉计入 {minutes} 分钟、{kilometres} 公里',
    en: '{minutes} min and {kilometres} km credited',
  },
  pages: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' },
  closingSheet: { zh: '结账记录', en: 'Closing record' },
  closingWhen: { zh: '时间', en: 'When' },
  closingStep: { zh: '事项', en: 'Step' },
  closingWho: { zh: '经办人', en: 'By' },
  closingSaid: { zh: '备注或理由', en: 'Remark or reason' },
  closingFor: { zh: '适用人员', en: 'For whom' },
  stepClosed: { zh: '结账', en: 'Closed' },
  stepReopened: { zh: '重开', en: 'Reopened' },
  everybody: { zh: '全部 {n} 人', en: 'all {n}' },
  otherLanguage: { zh: 'English', en: '中文' },
  reveal: { zh: '显示姓名（留有记录）', en: 'Show names (the access is noted)' },
} as const satisfies Readonly<Record<string, Message>>

export const dayTargetWords: Readonly<Record<DayTarget['target'], Message>> = {
  online: { zh: '在线（1 是 0 否）', en: 'Online (1 yes, 0 no)' },
  hours: { zh: '网格内时长（小时）', en: 'Inside (h)' },
  kilometres: { zh: '网格内里程（公里）', en: 'Inside (km)' },
  rounds: { zh: '巡查次数（次）', en: 'Rounds' },
  key_persons: { zh: '走访必访户（户）', en: 'Must-visit households' },
  key_places: { zh: '走访重点场所（处）', en: 'Key places' },
}

export const periodTargetWords: Readonly<Record<PeriodTarget['target'], Message>> = {
  grid_pass: { zh: '全网格巡查', en: 'Grid passed' },
  key_persons: { zh: '必访户走访', en: 'Must-visit' },
  key_places: { zh: '重点场所走访', en: 'Key places' },
  households: { zh: '到户', en: 'Households' },
}

/** What is counted; the English names say it already. */
export const periodUnits: Readonly<Record<PeriodTarget['target'], Message>> = {
  grid_pass: { zh: '（格）', en: '' },
  key_persons: { zh: '（户）', en: '' },
  key_places: { zh: '（处）', en: '' },
  households: { zh: '（户）', en: '' },
}

export const statusWords: Readonly<Record<DayStatus, Message>> = {
  met: { zh: '达标', en: 'met' },
  not_met: { zh: '未达标', en: 'not met' },
  excused: { zh: '免考', en: 'excused' },
  off: { zh: '不考核', en: 'not asked' },
  unassigned: { zh: '无任务', en: 'no duty' },
  ahead: { zh: '未到', en: 'ahead' },
}

export const kindWords: Readonly<Record<DayKind, Message>> = {
  working: { zh: '工作日', en: 'working' },
  make_up: { zh: '调休上班', en: 'made up' },
  rest: { zh: '休息日', en: 'rest' },
  holiday: { zh: '节假日', en: 'holiday' },
}

export const excuseWords: Readonly<Record<ExcuseKind, Message>> = {
  leave: { zh: '请假', en: 'leave' },
  joint_duty: { zh: '联合值勤', en: 'joint duty' },
  training: { zh: '培训', en: 'training' },
  phone_failure: { zh: '手机故障', en: 'phone failure' },
  weather: { zh: '恶劣天气', en: 'weather' },
  other: { zh: '其他', en: 'other' },
}

export const lossWords: Readonly<Record<Loss['reason'], Message>> = {
  days_running: { zh: '连续未达标，不发巡查补贴', en: 'no patrol subsidy: days running not met' },
  days_in_month: { zh: '累计未达标，不发巡查补贴', en: 'no patrol subsidy: days in the month not met' },
  finding_missed: { zh: '漏报，不发信息补贴', en: 'no information subsidy: a finding was missed' },
  task_open: { zh: '派单未完成，不发任务奖励', en: 'no task reward: tasks open' },
}

export const cardWords: Readonly<Record<Exclude<NonNullable<MonthSheet['card']>, 'none'>, Message>> = {
  yellow: { zh: '黄牌', en: 'yellow' },
  red: { zh: '红牌', en: 'red' },
}

export const gradeWords: Readonly<Record<Grade, Message>> = {
  excellent: { zh: '优秀', en: 'excellent' },
  good: { zh: '良好', en: 'good' },
  pass: { zh: '合格', en: 'pass' },
  fail: { zh: '不合格', en: 'fail' },
}

/** A text in a language, `{name}` replaced. */
export const say = (
  language: Language,
  message: Message,
  values: Readonly<Record<string, string | number>> = {},
): string => message[language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
