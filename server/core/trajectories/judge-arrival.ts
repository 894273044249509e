/** What a device's clock and signs are worth at the moment its fix comes in: taken, corrected and marked, or refused with the reason. */
import type { Fix, Flaw, Place } from '../values.ts'

export const arrivalPolicy = {
  /** A clock may go ahead of the service's by this much. */
  aheadMilliseconds: 10 * 60_000,
  /** A phone may have been without a network for so long. */
  lateMilliseconds: 366 * 86_400_000,
  /** A fix of the week before the rollover comes in this late at most. */
  rolloverLateMilliseconds: 90 * 86_400_000,
  /** How far from its township's box a position still is where it can be, degrees; half a degree is about 50 km. */
  nearDegrees: 0.5,
} as const

/** GPS counts weeks in ten bits: a receiver that missed a rollover is exactly this far back. */
const rolloverMilliseconds = 1024 * 7 * 86_400_000

/**
 * `week_rollover`: the clock was 1024 weeks back, which were added. `hemisphere`: a sign was wrong, which was turned. `mock`: the
 * device says that a program made the position up.
 */
export const fixMarks = ['week_rollover', 'hemisphere', 'mock'] as const
export type FixMark = (typeof fixMarks)[number]

export interface ArrivalCircumstances {
  /** The service's clock, epoch milliseconds. */
  readonly now: number
  /** Around the device's township: west, south, east, north in degrees. Null: signs are not judged. */
  readonly box: readonly [number, number, number, number] | null
  /** How old a fix may be, milliseconds: `arrivalPolicy.lateMilliseconds` for what reports as it goes, Infinity for files. */
  readonly lateMilliseconds: number
}

export type Arrival =
  | { readonly fix: Fix; readonly marks: readonly FixMark[]; readonly notes: readonly Flaw[] }
  | { readonly refused: Flaw }

/** Judges one fix; `notes` has one flaw for each mark, with the value as it came. Late and out of order is no fault. */
export function judgeArrival(fix: Fix, circumstances: ArrivalCircumstances, place: Place): Arrival {
  const { now, box, lateMilliseconds } = circumstances
  const marks: FixMark[] = []
  const notes: Flaw[] = []
  let judged = fix
  const rolled = fix.time + rolloverMilliseconds
  const isRollover =
    rolled <= now + arrivalPolicy.aheadMilliseconds && now - rolled <= arrivalPolicy.rolloverLateMilliseconds
  if (isRollover) {
    judged = { ...judged, time: rolled }
    marks.push('week_rollover')
    notes.push(flawOf('week_rollover', place, iso(fix.time)))
  } else if (fix.time - now > arrivalPolicy.aheadMilliseconds)
    return { refused: flawOf('time_in_future', place, iso(fix.time)) }
  else if (now - fix.time > lateMilliseconds) return { refused: flawOf('time_too_old', place, iso(fix.time)) }
  const turned = box === null ? undefined : turnedTowards(box, fix)
  if (turned) {
    judged = { ...judged, ...turned }
    marks.push('hemisphere')
    notes.push(flawOf('hemisphere', place, `${fix.longitude},${fix.latitude}`))
  }
  return { fix: judged, marks, notes }
}

/** The position with other signs, where only that brings it near the township. */
function turnedTowards(
  [west, south, east, north]: readonly [number, number, number, number],
  { longitude, latitude }: Fix,
): Pick<Fix, 'longitude' | 'latitude'> | undefined {
  const near = arrivalPolicy.nearDegrees
  const isNear = (x: number, y: number): boolean =>
    x >= west - near && x <= east + near && y >= south - near && y <= north + near
  if (isNear(longitude, latitude)) return undefined
  for (const [x, y] of [
    [-longitude, latitude],
    [longitude, -latitude],
    [-longitude, -latitude],
  ] as const)
    if (isNear(x, y)) return { longitude: x, latitude: y }
  return undefined
}

const iso = (time: number): string => new Date(time).toISOString()

const messages = {
  week_rollover: {
    zh: '设备时钟恰早 1024 周（GPS 周翻转），已加回',
    en: 'the clock of the device is exactly 1024 weeks back (GPS week rollover); they were added',
  },
  hemisphere: {
    zh: '经纬度符号错误（东西或南北半球），已更正',
    en: 'a sign of the position is wrong (hemisphere); it was turned',
  },
  time_in_future: {
    zh: '时间比服务器晚 10 分钟以上，设备时钟不准，未采用',
    en: 'the time is more than 10 minutes ahead of the server: the clock of the device is wrong; not taken',
  },
  time_too_old: {
    zh: '时间早于一年前，设备时钟不准，未采用；历史轨迹请用文件导入',
    en: 'the time is more than a year ago: the clock of the device is wrong; not taken. Import files for old traces',
  },
} as const

const flawOf = (code: keyof typeof messages, place: Place, value: string): Flaw => ({
  code,
  place,
  message: messages[code],
  value,
})
