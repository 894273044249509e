/** Workers whose grids are behind and what stood in the way: where to send hands or mend a phone. By id, no ranking. */
import { type ReactNode, useMemo } from 'react'
import type { WorkerObstacles } from '../../../../server/contract/coverage.ts'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useGridName } from '../data.ts'
import { text as patrolText } from '../text.ts'
import { useObstacles } from './data.ts'
import { text } from './text.ts'

export function HelpTable(): ReactNode {
  const say = useSay()
  const gridName = useGridName()
  const { data, current, error, reload } = useObstacles()
  const columns = useMemo(() => columnsFor(gridName, say), [gridName, say])
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={12} />
  if (data.workers.length === 0) return <Empty title={say(text.none.help)} hint={say(text.noneHint.help)} />
  return (
    <>
      <p className="panel-summary quiet">{say(text.helpNote)}</p>
      <RowTable
        label={say(text.lists.help)}
        rows={data.workers}
        columns={columns}
        order="worker-up"
        rowHeight={88}
        target={({ worker }) => ({ kind: 'worker', id: worker })}
      />
    </>
  )
}

const columnsFor = (gridName: (code: string) => string, say: Say): Column<WorkerObstacles>[] => [
  {
    key: 'worker',
    title: say(patrolText.worker),
    width: '1fr',
    compare: (a, b) => (a.worker < b.worker ? -1 : 1),
    cell: (one) => (
      <>
        <div className="worker-name">
          <span className="cell">{one.name}</span>
          <span className="quiet">{one.worker}</span>
          <span className="quiet" style={{ marginLeft: 'auto' }}>
            {say(text.overdueOf, { n: formatNumber(one.overdue), total: formatNumber(one.asked) })}
          </span>
        </div>
        <div className="cell quiet">{one.grids.map(gridName).join('、')}</div>
        <div className="obstacles">{obstacleTexts(one, say).join('；')}</div>
      </>
    ),
  },
]

export const obstacleTexts = (one: WorkerObstacles, say: Say): string[] =>
  one.obstacles.map((obstacle) => {
    const words = text.obstacles
    switch (obstacle) {
      case 'many_households':
        return say(words.many_households, {
          n: formatNumber(one.households),
          usual: formatNumber(one.usual_households),
        })
      case 'no_positions':
        return say(words.no_positions)
      case 'long_silences':
        return say(words.long_silences, { n: formatNumber(one.hours_unobserved, 1) })
      case 'poor_positions':
        return say(words.poor_positions, { n: formatNumber(one.hours_unreliable, 1) })
      case 'device_reports':
        return say(words.device_reports, { n: formatNumber(one.reports_refused) })
    }
  })
