/** Numbers of cells in words. Pure. */
import type { Analysis } from '../../../../server/contract/analysis.ts'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { text as screenText } from '../text.ts'
import { text } from './text.ts'

/** 395 个六边形, 40 个网格. */
export const cellsInWords = (unit: Analysis['unit'], n: number, say: Say): string =>
  say(unit === 'grid' ? text.gridsN : screenText.cellsN, { n: formatNumber(n) })
