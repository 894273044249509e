/** Counts by category, severity and state with their names, as filters and charts list them. Pure. */
import type { IncidentCounts } from '../../../../server/contract/analysis.ts'
import type { Say } from '../../../i18n/language.ts'
import { wordOr } from '../../../i18n/words.ts'
import { text as screenText } from '../text.ts'
import { noSeverity } from './matches.ts'
import { text } from './text.ts'

export const categoryLabel = (category: string, say: Say): string =>
  say(wordOr(screenText.categories, category))
export const severityLabel = (severity: string, say: Say): string =>
  severity === noSeverity ? say(text.noSeverity) : say(wordOr(screenText.severities, severity))
export const statusLabel = (status: string, say: Say): string => say(wordOr(screenText.statuses, status))

interface CountRow {
  readonly value: string
  readonly label: string
  readonly count: number
  readonly before: number | null
}

/** The bars of the counts by what they count, most first. */
export function rowsOf(
  data: IncidentCounts | undefined,
  say: Say,
): Readonly<Record<'categories' | 'severities' | 'statuses', CountRow[]>> {
  const byCount = (rows: CountRow[]): CountRow[] =>
    rows.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return {
    categories: byCount(
      (data?.categories ?? []).map(({ category, count, before }) => ({
        value: category,
        label: categoryLabel(category, say),
        count,
        before,
      })),
    ),
    severities: byCount(
      (data?.severities ?? []).map(({ severity, count, before }) => ({
        value: severity ?? noSeverity,
        label: severityLabel(severity ?? noSeverity, say),
        count,
        before,
      })),
    ),
    statuses: byCount(
      (data?.statuses ?? []).map(({ status, count, before }) => ({
        value: status,
        label: statusLabel(status, say),
        count,
        before,
      })),
    ),
  }
}
