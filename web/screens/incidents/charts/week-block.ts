/** A block of the week: some weekdays next to one another, some hours next to one another. Pure. */

/** Monday is 1, Sunday 7; hours 0–23. All ends are in the block. */
export interface WeekBlock {
  readonly days: readonly [first: number, last: number]
  readonly hours: readonly [first: number, last: number]
}

export interface WeekCell {
  readonly day: number
  readonly hour: number
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export const hours = Array.from({ length: 24 }, (_, hour) => hour)

export const wholeDay: readonly [number, number] = [0, 23]
export const wholeWeek: readonly [number, number] = [1, 7]

/** The block that has both cells in its corners. */
export function blockBetween(a: WeekCell, b: WeekCell): WeekBlock {
  return {
    days: [Math.min(a.day, b.day), Math.max(a.day, b.day)],
    hours: [Math.min(a.hour, b.hour), Math.max(a.hour, b.hour)],
  }
}

export const isIn = ({ day, hour }: WeekCell, { days, hours: within }: WeekBlock): boolean =>
  days[0] <= day && day <= days[1] && within[0] <= hour && hour <= within[1]

export const sameSpan = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] === b[0] && a[1] === b[1]

export const sameBlock = (a: WeekBlock, b: WeekBlock): boolean =>
  sameSpan(a.days, b.days) && sameSpan(a.hours, b.hours)

/** The cell a key goes to from this one; null: it is no key of the matrix. */
export function cellAfter(key: string, { day, hour }: WeekCell): WeekCell | null {
  const clamped = (d: number, h: number): WeekCell => ({
    day: Math.max(1, Math.min(7, d)),
    hour: Math.max(0, Math.min(23, h)),
  })
  switch (key) {
    case 'ArrowUp':
      return clamped(day - 1, hour)
    case 'ArrowDown':
      return clamped(day + 1, hour)
    case 'ArrowLeft':
      return clamped(day, hour - 1)
    case 'ArrowRight':
      return clamped(day, hour + 1)
    case 'Home':
      return clamped(day, 0)
    case 'End':
      return clamped(day, 23)
    default:
      return null
  }
}
