import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { text } from './text.ts'

/** Days as people say them: today, 3 days, never. */
export const daysText = (days: number | null, say: Say): string =>
  days === null ? say(text.never) : days === 0 ? say(text.today) : say(text.daysN, { n: formatNumber(days) })
