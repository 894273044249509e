/** The rules of a policy as sentences: for the sheet that is filed and for whoever is judged by them. */
import type { AssessmentPolicy, DayTarget, Grade, PeriodTarget } from '../policy/assessment-policy.ts'
import type { Message } from '../values.ts'

/** One sentence a rule, in the order of the policy; what the policy does not ask for is not mentioned. Money is yuan. */
export function policyInWords(policy: AssessmentPolicy): Message[] {
  const { dayTargets, periodTargets, patrolSubsidy, informationSubsidy, taskReward, cards, stars, grades } =
    policy
  return [
    ...(dayTargets.length > 0 ? [dayRule(dayTargets), workingDays] : []),
    ...periodTargets.map(periodRule),
    ...(patrolSubsidy ? [patrolRule(patrolSubsidy)] : []),
    ...(informationSubsidy ? [informationRule(informationSubsidy)] : []),
    ...(taskReward ? [taskRule(taskReward)] : []),
    ...(cards ? [cardRule(cards.redAfterMonths)] : []),
    ...(stars ? [starRule(stars)] : []),
    ...(grades ? [gradeRule(grades)] : []),
    objections,
  ]
}

const workingDays: Message = {
  zh: '工作日按国家节假日安排（含调休），一天按北京时间计；请假、联合值勤、培训、手机故障等经登记的免考日不计。',
  en: 'Working days follow the national holidays with their make-up days, in Beijing time; recorded leave, joint duty, training and phone failures are left out.',
}

const objections: Message = {
  zh: '对定位判读有异议的可以申诉；经他人裁定属实的分钟和里程计入当天。',
  en: 'Who disagrees with how positions were read can object; minutes and kilometres upheld by somebody else count for the day.',
}

function dayRule(targets: readonly DayTarget[]): Message {
  const parts = targets.map(targetInWords)
  return {
    zh: `每个工作日：${parts.map(({ zh }) => zh).join('，')}。`,
    en: `Each working day: ${parts.map(({ en }) => en).join(', ')}.`,
  }
}

function targetInWords(target: DayTarget): Message {
  if (target.target === 'online') return { zh: '至少有一个可信定位', en: 'at least one believable position' }
  const n = target.required
  const words: Readonly<Record<typeof target.target, Message>> = {
    hours: { zh: `在网格内不少于 ${n} 小时`, en: `at least ${n} h inside the grid` },
    kilometres: { zh: `在网格内巡查不少于 ${n} 公里`, en: `at least ${n} km inside the grid` },
    rounds: { zh: `巡查不少于 ${n} 次`, en: `at least ${n} rounds` },
    key_persons: { zh: `走访必访户不少于 ${n} 户`, en: `at least ${n} must-visit households` },
    key_places: { zh: `走访重点场所不少于 ${n} 处`, en: `at least ${n} key places` },
  }
  return words[target.target]
}

function periodRule({ target, per, requiredShare }: PeriodTarget): Message {
  const share = `${Math.round(requiredShare * 1000) / 10}%`
  const what = {
    grid_pass: { zh: `巡查到网格范围的 ${share}`, en: `${share} of the grid is passed through` },
    key_persons: { zh: `走访必访户的 ${share}`, en: `${share} of the must-visit households are visited` },
    key_places: { zh: `走访重点场所的 ${share}`, en: `${share} of the key places are visited` },
    households: { zh: `到户 ${share}`, en: `${share} of the households are reached` },
  }[target]
  return per === 'week'
    ? {
        zh: `每周（周一至周日，计入周日所在的月份）${what.zh}。`,
        en: `Each week, Monday to Sunday, counted in the month in which it ends, ${what.en}.`,
      }
    : { zh: `每月${what.zh}。`, en: `Each month ${what.en}.` }
}

const patrolRule = (rule: NonNullable<AssessmentPolicy['patrolSubsidy']>): Message => ({
  zh: `巡查补贴每月 ${rule.base} 元：一天未达标扣 ${rule.perDay} 元，会议无故缺席一次扣 ${rule.perMeeting} 元；连续 ${rule.lostAfterRunning} 天或当月累计 ${rule.lostAfterInMonth} 天未达标的，当月不发。`,
  en: `Patrol subsidy of ${rule.base} yuan a month: ${rule.perDay} yuan off for each day not met, ${rule.perMeeting} for each meeting missed without an excuse; none for ${rule.lostAfterRunning} days running or ${rule.lostAfterInMonth} days in the month not met.`,
})

const informationRule = (rule: NonNullable<AssessmentPolicy['informationSubsidy']>): Message => ({
  zh: `信息补贴每月 ${rule.base} 元：月有效信息考核基数 ${rule.reports} 条，每少 1 条扣 ${rule.perShort} 元；网格内违法建设、违建坟墓、山林破坏未掌握并及时上报的，当月不发。`,
  en: `Information subsidy of ${rule.base} yuan a month: ${rule.reports} valid reports, ${rule.perShort} yuan off for each one short; none where an illegal building, grave or forest damage in the grid was missed.`,
})

const taskRule = (rule: NonNullable<AssessmentPolicy['taskReward']>): Message => ({
  zh: `任务奖励每月 ${rule.base} 元：当月派单任务全部完成的发给；每月派单不少于 ${rule.dispatched} 次，派单不足不影响本人。`,
  en: `Task reward of ${rule.base} yuan a month once all tasks dispatched are done; at least ${rule.dispatched} are to be dispatched, fewer cost the worker nothing.`,
})

const cardRule = (months: number): Message => ({
  zh: `一个月未达到巡查要求的黄牌警告，连续 ${months} 个月未达到的红牌。`,
  en: `Yellow card for a month below the patrol target, red card for ${months} months running.`,
})

function starRule(stars: NonNullable<AssessmentPolicy['stars']>): Message {
  const bands = stars.map((band, i) => ({ ...band, from: (stars[i - 1]?.toPlace ?? 0) + 1 }))
  return {
    zh: `星级按季度综合得分评定：${bands.map((one) => `第 ${one.from}–${one.toPlace} 名 ${one.stars} 星，奖励 ${one.reward} 元`).join('；')}。`,
    en: `Stars by the score of the quarter: ${bands.map((one) => `places ${one.from}–${one.toPlace} ${one.stars} stars, ${one.reward} yuan`).join('; ')}.`,
  }
}

const gradeWords: Readonly<Record<Grade, Message>> = {
  excellent: { zh: '优秀', en: 'excellent' },
  good: { zh: '良好', en: 'good' },
  pass: { zh: '合格', en: 'pass' },
  fail: { zh: '不合格', en: 'fail' },
}

const gradeRule = (grades: NonNullable<AssessmentPolicy['grades']>): Message => ({
  zh: `等次按得分（满分 100）：${grades.map(({ grade, from }) => `${from} 分及以上${gradeWords[grade].zh}`).join('；')}。`,
  en: `Grades by the score of 100: ${grades.map(({ grade, from }) => `${gradeWords[grade].en} from ${from}`).join('; ')}.`,
})
