/** What is told of a piece of evidence: what was seen, what it may mean, and what harmless causes it may have. */
import type { EvidenceCode } from '../policy/evidence-policy.ts'
import type { Message } from '../values.ts'
import type { Evidence } from './values.ts'

/** Every reading ends so. */
const openEnd: Message = { zh: '供核实，不作结论。', en: 'To be looked into; it proves nothing by itself.' }

/** One or two sentences with the figures, in plain words. Names of workers are not given: ids are, unless `other` is kept back. */
export function readingOf({ code, figures, other }: Pick<Evidence, 'code' | 'figures' | 'other'>): Message {
  const of = (key: string): number => figures[key] ?? 0
  const minutes = (key: string): string => String(Math.round(of(key) / 60))
  const { zh, en } = sentences[code](of, minutes, other)
  return { zh: `${zh}${openEnd.zh}`, en: `${en} ${openEnd.en}` }
}

type Sentence = (
  of: (key: string) => number,
  minutes: (key: string) => string,
  other: Evidence['other'],
) => Message

const sentences: Readonly<Record<EvidenceCode, Sentence>> = {
  carried_together: (of, minutes, other) => ({
    zh: `与${other ? ` ${other.worker} 的` : '另一部'}手机一同移动 ${minutes('together_seconds')} 分钟（本人移动共 ${minutes('moving_seconds')} 分钟），最长连续 ${minutes('longest_seconds')} 分钟（任一部在移动即计），相距中位数 ${of('median_metres')} 米，疑似两部手机在一人身上。`,
    en: `Moved with ${other ? `the phone of ${other.worker}` : 'another phone'} for ${minutes('together_seconds')} of ${minutes('moving_seconds')} min on the move, ${minutes('longest_seconds')} min without a break (either one moving), ${of('median_metres')} m apart in the median: perhaps two phones on one person.`,
  }),
  replayed_trace: (of, minutes, other) => ({
    zh: `有 ${minutes('moving_seconds')} 分钟的行走与${other ? ` ${other.worker} ${other.day} 的` : '他人的一条'}轨迹形状相同：平移 ${of('shift_metres')} 米、钟点相差 ${signed(of('shift_seconds'))} 秒后，均方根距离仅 ${of('rms_metres')} 米，疑似旧轨迹重放。`,
    en: `${minutes('moving_seconds')} min of walking have the shape of ${other ? `the trace of ${other.worker} on ${other.day}` : 'a trace of somebody else'}: moved by ${of('shift_metres')} m and ${signed(of('shift_seconds'))} s of the day they are ${of('rms_metres')} m apart (root mean square): perhaps an old trace sent again.`,
  }),
  impossible_jump: (of) => ({
    zh: `位置瞬间移动 ${of('jumps')} 次，最远 ${of('most_metres')} 米，相当于每秒 ${of('most_metres_per_second')} 米，且前后都在原处停留，疑似位置被改动或账号两地使用。`,
    en: `The position jumped ${of('jumps')} times, ${of('most_metres')} m at most, as fast as ${of('most_metres_per_second')} m/s, and held on to both places: perhaps set by a program, or one account in two places.`,
  }),
  mock_position: (of) => ({
    zh: `手机自己把 ${of('fixes')} 个定位点标为模拟位置，疑似使用了改定位的软件。`,
    en: `The phone itself marked ${of('fixes')} fixes as mock positions: perhaps a program that sets positions was in use.`,
  }),
  no_jitter: (of) => ({
    zh: `${of('fixes')} 个定位点中 ${percent(of('same_accuracy_share'))} 的误差半径完全相同；移动中的点偏离匀速直线的中位数为 ${of('median_offset_metres')} 米，${of('revisited_fixes')} 个点与先前的坐标分毫不差。真实接收总有抖动，疑似由程序生成。`,
    en: `${percent(of('same_accuracy_share'))} of ${of('fixes')} fixes state the same accuracy; on the move they lie ${of('median_offset_metres')} m (median) off an even straight line, and ${of('revisited_fixes')} repeat earlier coordinates to the digit. A receiver always has some error: perhaps made by a program.`,
  }),
  vehicle: (of, minutes) => ({
    zh: `移动 ${minutes('moving_seconds')} 分钟中有 ${minutes('ride_seconds')} 分钟、${of('moving_metres')} 米中有 ${of('ride_metres')} 米快于步行和跑步，最高每秒 ${of('most_metres_per_second')} 米，疑似乘车代步巡查。`,
    en: `${minutes('ride_seconds')} of ${minutes('moving_seconds')} min on the move and ${of('ride_metres')} of ${of('moving_metres')} m were faster than walking or running, up to ${of('most_metres_per_second')} m/s: perhaps driven instead of walked.`,
  }),
  clock_skew: (of, minutes) => ({
    zh: `${of('reports')} 次上报时手机时钟与服务器相差过大，最多 ${minutes('most_seconds')} 分钟，疑似时钟被改动。`,
    en: `In ${of('reports')} reports the phone's clock was far from the service's, ${minutes('most_seconds')} min at most: perhaps the clock was changed.`,
  }),
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value))
const percent = (share: number): string => `${Math.round(share * 100)} %`

/** Harmless causes, most usual first: to be asked about before anything else. */
export const innocentCauses: Readonly<Record<EvidenceCode, readonly Message[]>> = {
  carried_together: [
    { zh: '两人结伴巡查但没有登记联合巡查', en: 'They patrolled together and nobody registered it' },
    { zh: '同乘一辆车前往或返回', en: 'They rode in one car, there or back' },
    { zh: '手机没电或损坏，托同事一并带着', en: 'A phone was broken or empty and a colleague took it along' },
  ],
  replayed_trace: [
    {
      zh: '同一文件被重复导入，或设备补传时把日期写错',
      en: 'The same file was imported twice, or a device sent old data under a wrong date',
    },
    { zh: '设备转交他人后绑定没有更改', en: 'A device changed hands and its binding was not changed' },
  ],
  impossible_jump: [
    {
      zh: '无卫星信号时按无线网络或基站定位，指到了别处',
      en: 'Without satellites the phone took a position from a wireless network or a mast elsewhere',
    },
    { zh: '换用设备，两部设备在两地先后上报', en: 'Devices were changed, and two reported from two places' },
  ],
  mock_position: [
    { zh: '手机接了外置接收机或开着开发者选项', en: 'An external receiver or developer options were in use' },
    { zh: '厂商省电或测试程序误标', en: 'A program of the maker marks positions by mistake' },
  ],
  no_jitter: [
    {
      zh: '手机把定位吸附到道路并固定误差半径',
      en: 'The phone snaps positions to roads and states one accuracy',
    },
    { zh: '上报程序对坐标取整', en: 'The reporting program rounds coordinates' },
  ],
  vehicle: [
    { zh: '网格大、路远，按规定可骑电动自行车', en: 'The grid is wide, and e-bikes are allowed there' },
    { zh: '押运、送医、应急等任务用车', en: 'A car was needed for a task: transport, an emergency' },
  ],
  clock_skew: [
    { zh: '手机关闭了自动对时或时区不对', en: 'Automatic time was switched off, or the time zone is wrong' },
    { zh: '断网后补传', en: 'Reports were sent late, after the network came back' },
  ],
}
