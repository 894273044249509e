/** The panel of the coverage view: how it stands, and the lists that drive work. */
import { Select } from 'antd'
import type { ReactNode } from 'react'
import type { Coverage } from '../../../../server/contract/coverage.ts'
import { Failed, Loading } from '../../../frame/states.tsx'
import { formatLength, formatNumber, formatShare } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useAccount } from '../account.ts'
import { CategoryTable } from './category-table.tsx'
import { type List, lists, type Measure, measures, useCoverage, useList, useMeasure } from './data.ts'
import { GridTable } from './grid-table.tsx'
import { HelpTable } from './help-table.tsx'
import { OverdueTable } from './overdue-table.tsx'
import { text } from './text.ts'

export function CoveragePanel(): ReactNode {
  const say = useSay()
  const [list, setList] = useList()
  const [measure, setMeasure] = useMeasure()
  const { isWorker } = useAccount()
  const { data, current, error, reload } = useCoverage()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  return (
    <>
      <div className="panel-tools">
        <Select<List>
          style={{ flex: 1, minWidth: 0 }}
          aria-label={say(text.list)}
          value={list}
          options={lists
            .filter((value) => value !== 'help' || !isWorker)
            .map((value) => ({ value, label: say(text.lists[value]) }))}
          onChange={(value) => setList(value, 'push')}
        />
        {list === 'grids' && (
          <Select<Measure>
            style={{ flex: 1, minWidth: 0 }}
            aria-label={say(text.measure)}
            value={measure}
            options={measures.map((value) => ({ value, label: say(text.measures[value]) }))}
            onChange={(value) => setMeasure(value)}
          />
        )}
      </div>
      {list === 'grids' && <Totals coverage={data} />}
      {list === 'grids' && <CategoryTable coverage={data} />}
      {list === 'grids' && <GridTable coverage={data} />}
      {list === 'help' && <HelpTable />}
      {list !== 'grids' && list !== 'help' && <OverdueTable key={list} list={list} />}
    </>
  )
}

function Totals({ coverage: { grids, policy, totals } }: { readonly coverage: Coverage }): ReactNode {
  const say = useSay()
  const { households, lanes } = totals
  return (
    <p className="panel-summary quiet">
      {grids.length === 0
        ? null
        : households.asked > 0 && lanes.metres_done !== null
          ? say(text.totals, {
              households: formatNumber(households.done),
              share: formatShare(households.share),
              late: formatNumber(households.overdue),
              walked: formatLength(lanes.metres_done),
              metres: formatLength(lanes.metres),
            })
          : say(text.totalsUnasked)}
      {grids.length > 0 && <br />}
      {say(text.policy, { title: say(policy.title) })}
    </p>
  )
}
