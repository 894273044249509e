/** The ladder: registered, located, assigned, visited, and what remains, by area and grid. */
import { Select } from 'antd'
import type { ReactNode } from 'react'
import type { HouseholdLadder, HouseholdLadderRow } from '../../../../server/contract/households.ts'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { AreaTable, countText } from './area-table.tsx'
import { useHouseholdCategory, useLadder } from './data.ts'
import { MissingHouseholds } from './missing-households.tsx'
import { text } from './text.ts'

export const ladderColumns = ['registered', 'located', 'assigned', 'visited', 'remaining'] as const

export function LadderTable(): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useLadder()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  if (data.rows[0]?.registered === 0) return <Empty title={say(text.nothing)} />
  return (
    <div className="panel-list is-whole">
      <div className="filter-form">
        <CategorySelect ladder={data} />
        <p className="quiet">{say(text.ladderHow)}</p>
      </div>
      <AreaTable<HouseholdLadderRow>
        label={say(text.lists.ladder)}
        rows={data.rows}
        columns={ladderColumns.map((name) => ({
          name,
          title: say(text.steps[name]),
          count: (row) => row[name],
        }))}
      />
      <MissingHouseholds />
    </div>
  )
}

function CategorySelect({ ladder: { categories } }: { readonly ladder: HouseholdLadder }): ReactNode {
  const say = useSay()
  const [category, setCategory] = useHouseholdCategory()
  return (
    <Select
      aria-label={say(text.category)}
      value={category}
      options={[
        { value: '', label: say(text.all) },
        ...categories.map((one) => ({ value: one.category, label: categoryLabel(one, say) })),
      ]}
      onChange={(value) => setCategory(value)}
    />
  )
}

/** A category with how many of it are visited: 低保户 12 / 30. */
export const categoryLabel = (
  { category, title, visited, registered, hidden }: HouseholdLadder['categories'][number],
  say: Say,
): string =>
  `${title === null ? category : say(title)} ${countText(visited, hidden.includes('visited'))} / ${countText(registered, hidden.includes('registered'))}`
