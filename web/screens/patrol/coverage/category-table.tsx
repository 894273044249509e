/** What is asked of the special groups and kinds of places, category by category. */
import type { ReactNode } from 'react'
import type { Coverage } from '../../../../server/contract/coverage.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { householdCategory, placeKind } from '../../../i18n/words.ts'
import { text } from './text.ts'

const figures = ['asked', 'done', 'pending', 'missed', 'interval_not_kept', 'overdue'] as const

/** Only categories of which something is asked. */
export function CategoryTable({ coverage }: { readonly coverage: Coverage }): ReactNode {
  const say = useSay()
  const asked = coverage.categories.filter((one) => one.asked > 0)
  if (asked.length === 0) return null
  return (
    <details className="panel-details" data-testid="coverage-categories">
      <summary>{say(text.categories)}</summary>
      <table className="sheet-days">
        <thead>
          <tr>
            <th scope="col">{say(text.category)}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col">
                {say(text.categoryFigures[figure])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {asked.map((one) => (
            <tr key={`${one.kind} ${one.category}`}>
              <th scope="row">
                {say((one.kind === 'household' ? householdCategory : placeKind)(one.category))}
              </th>
              {figures.map((figure) => (
                <td key={figure}>{formatNumber(one[figure])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{say(text.categoriesNote)}</p>
    </details>
  )
}
