/** Texts of the monthly sheets. */
import type { Texts } from '../../../i18n/language.ts'

export const text = {
  sheets: { zh: '月度考核表', en: 'Monthly sheets' },
  summary: {
    zh: '{month} · {n} 人 · 应计 {days} 个工作日，达标 {met} 个{within}',
    en: '{month} · {n:worker|workers} · {days:working day|working days} counted, {met} met{within}',
  },
  paid: { zh: '合计 {total} 元', en: '{total} yuan in all' },
  running: { zh: '本月未结束，金额为暂计', en: 'The month still runs: amounts are provisional' },
  closed: { zh: '已结账：{who}，{when}', en: 'Closed by {who}, {when}' },
  differs: {
    zh: '结账之后数据有变，按现在的数据结果会不同。',
    en: 'Data changed after closing: worked out now, the sheet would differ.',
  },
  close: { zh: '本月结账', en: 'Close the month' },
  closing: {
    zh: '结账后各表保留原样；以后的补登和改动须先重开。',
    en: 'The sheets are kept as they are; later entries need the month to be reopened first.',
  },
  closingRemark: { zh: '备注（可不填）', en: 'Remark (optional)' },
  closings: { zh: '结账记录', en: 'Closing record' },
  closedLine: { zh: '{when} {who} 结账', en: '{when} closed by {who}' },
  reopenedLine: { zh: '{when} {who} 重开', en: '{when} reopened by {who}' },
  reopen: { zh: '重开本月', en: 'Reopen' },
  reopenAll: { zh: '重开全部', en: 'Reopen for all' },
  exportXlsx: { zh: '导出 XLSX', en: 'Export XLSX' },
  print: { zh: '打印、PDF', en: 'Print, PDF' },
  reopenReason: { zh: '重开的理由', en: 'Why it is reopened' },
  none: { zh: '{month} 没有专职网格员的任务', en: 'No full-time worker had a duty in {month}' },
  noneHint: {
    zh: '考核表按任务（网格与专职网格员）逐月生成。',
    en: 'A sheet is made for each full-time worker with a grid in the month.',
  },
  worker: { zh: '网格员', en: 'Worker' },
  met: { zh: '达标', en: 'Met' },
  notMet: { zh: '未达标', en: 'Not met' },
  total: { zh: '合计元', en: 'Yuan' },
  score: { zh: '得分', en: 'Score' },
  cards: {
    yellow: { zh: '黄牌', en: 'Yellow card' },
    red: { zh: '红牌', en: 'Red card' },
  },
  grades: {
    excellent: { zh: '优秀', en: 'Excellent' },
    good: { zh: '良好', en: 'Good' },
    pass: { zh: '合格', en: 'Pass' },
    fail: { zh: '不合格', en: 'Fail' },
  },
  policy: { zh: '依据：{title}', en: 'By: {title}' },
  counts: {
    met: { zh: '达标', en: 'met' },
    not_met: { zh: '未达标', en: 'not met' },
    excused: { zh: '免考', en: 'excused' },
    off: { zh: '不考核', en: 'not asked' },
    unassigned: { zh: '无任务', en: 'no duty' },
    ahead: { zh: '未到', en: 'ahead' },
  },
  payments: {
    patrol: { zh: '巡查补贴', en: 'Patrol subsidy' },
    information: { zh: '信息补贴', en: 'Information subsidy' },
    tasks: { zh: '任务奖励', en: 'Task reward' },
  },
  base: { zh: '基数 {n} 元', en: 'base {n} yuan' },
  yuan: { zh: '{n} 元', en: '{n} yuan' },
  deductions: {
    day_not_met: { zh: '未达标 {count} 天，每天扣 {each} 元', en: 'days not met: {count}, {each} yuan each' },
    meeting_missed: {
      zh: '会议缺席 {count} 次，每次扣 {each} 元',
      en: 'meetings missed: {count}, {each} yuan each',
    },
    report_short: {
      zh: '信息少 {count} 条，每条扣 {each} 元',
      en: 'reports short: {count}, {each} yuan each',
    },
  },
  losses: {
    days_running: { zh: '连续未达标，不予补贴', en: 'Not met on days running: nothing is paid' },
    days_in_month: {
      zh: '当月累计未达标，不予补贴',
      en: 'Too many days not met in the month: nothing is paid',
    },
    finding_missed: {
      zh: '有违建等情况未掌握，取消补贴',
      en: 'Findings in the grid were missed: the subsidy is lost',
    },
    task_open: { zh: '有派单任务未完成，不予奖励', en: 'A task is not done: no reward' },
  },
  periods: { zh: '走访与覆盖', en: 'Visits and coverage' },
  periodNames: {
    grid_pass: { zh: '全网格走遍（六边形）', en: 'Whole grid walked (hexagons)' },
    key_persons: { zh: '必访户走访', en: 'Must-visit households' },
    key_places: { zh: '重点场所走访', en: 'Key places' },
    households: { zh: '到户', en: 'Households reached' },
  },
  ofRequired: { zh: '要求 {share}', en: '{share} asked' },
  stillRuns: { zh: '进行中', en: 'running' },
  days: { zh: '逐日', en: 'Day by day' },
  day: { zh: '日期', en: 'Day' },
  within: {
    days: { zh: '误差范围内', en: 'within the error' },
    daysTitle: {
      zh: '测得的时长或里程与要求相差不超过其误差，结果可能相反；结论仍按测得的数字。',
      en: 'Hours or kilometres differ from what is asked by no more than their error: it may have been the other way. The verdict stays by what was measured.',
    },
    by: {
      zh: '要求 {required}，误差 ± {error}：误差范围内',
      en: '{required} asked, right to ± {error}: within the error',
    },
  },
  verdict: { zh: '结果', en: 'Result' },
  dayKinds: {
    make_up: { zh: '调休上班', en: 'made up' },
    rest: { zh: '休息日', en: 'rest' },
    holiday: { zh: '节假日', en: 'holiday' },
  },
  targets: {
    online: { zh: '在线', en: 'Online' },
    hours: { zh: '时长 h', en: 'Hours' },
    kilometres: { zh: '里程 km', en: 'Km' },
    rounds: { zh: '次数', en: 'Rounds' },
    key_persons: { zh: '必访户', en: 'Key persons' },
    key_places: { zh: '重点场所', en: 'Key places' },
  },
  excuses: {
    leave: { zh: '请假', en: 'Leave' },
    joint_duty: { zh: '联合值勤', en: 'Joint duty' },
    training: { zh: '培训', en: 'Training' },
    phone_failure: { zh: '手机故障', en: 'Phone failure' },
    weather: { zh: '恶劣天气', en: 'Weather' },
    other: { zh: '其他', en: 'Other' },
  },
  scoreNote: {
    zh: '得分 = 100 ×（各项完成比例的平均数）：达标天数、信息、任务、会议、走访各算一项，不超过 1；免考日不计。',
    en: 'Score = 100 × the mean of the shares reached: days met, reports, tasks, meetings and each visit target count alike, none above 1; excused days are left out.',
  },
  nothingReceived: {
    zh: '整月没有收到任何定位：结账前请先核对设备与网络，必要时登记“手机故障”等说明。',
    en: 'Not one position was received all month: look at the device and the network before closing, and record a phone failure where it was one.',
  },
  nothingShort: { zh: '整月无定位', en: 'No position' },
  nothingOfSome: {
    zh: '{n} 人整月没有收到任何定位：未达标和牌可能只因设备或数据缺失，结账前请先核对。',
    en: 'No position all month: {n:worker|workers}. Days not met and cards may only come from a device or missing data; look before closing.',
  },
  nothingOfAll: {
    zh: '全部 {n} 人整月没有收到任何定位：本月可能尚未启用定位，未达标和牌不说明巡查情况。',
    en: 'No position of any of the {n:worker|workers} all month: perhaps positions were not yet received then. Days not met and cards say nothing of patrols.',
  },
  fewTasks: {
    zh: '本月派单不足规定次数，由派单方负责，不影响本人。',
    en: 'Fewer tasks were dispatched than the office owes; that costs the worker nothing.',
  },
  openDay: { zh: '看 {day} 的依据', en: 'Show what {day} rests on' },
} as const satisfies Texts
