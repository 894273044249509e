/** The result of the question in words, under the filters: hot spots, changes, clusters or bands, as the method gives. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useAsked } from '../data.ts'
import { NoIncidents } from '../no-incidents.tsx'
import { SpotList } from '../spot-list.tsx'
import { BandTable } from './band-table.tsx'
import { CardButton } from './card-button.tsx'
import { ChangeList } from './change-list.tsx'
import { ClusterList } from './cluster-list.tsx'
import { ExportMenu } from './export-menu.tsx'
import { text } from './text.ts'

export function ResultList(): ReactNode {
  const say = useSay()
  const { shown, current, error, reload, isCancelled } = useAsked()
  if (error && !current)
    return (
      <>
        <Failed error={error} onRetry={reload} />
        {shown && <p className="panel-summary quiet">{say(text.stale)}</p>}
      </>
    )
  if (!shown)
    return isCancelled ? (
      <Empty title={say(text.cancelled)} action={<Button onClick={reload}>{say(text.again)}</Button>} />
    ) : (
      <Loading rows={10} />
    )
  const { answer, look } = shown
  // Of two periods without any incident nothing can be said to have changed.
  const seen = answer.totals.counted + (look.measure === 'change' ? (answer.compared?.count ?? 0) : 0)
  if (seen === 0) return <NoIncidents />
  return (
    <>
      <p className="result-bar">
        <CardButton />
        <ExportMenu />
      </p>
      {look.measure === 'change' ? (
        <ChangeList />
      ) : answer.statistic === 'scan' ? (
        <ClusterList clusters={answer.clusters ?? []} unit={answer.unit} />
      ) : answer.statistic === 'knox' ? (
        <BandTable bands={answer.bands ?? []} />
      ) : answer.statistic === 'kde' ? (
        <>
          {answer.bandwidth && (
            <p className="panel-summary quiet">
              {say(text.bandwidthUsed, {
                used: formatNumber(answer.bandwidth.used_m),
                silverman: formatNumber(answer.bandwidth.silverman_m),
                cv: formatNumber(answer.bandwidth.cv_m),
              })}
            </p>
          )}
          <Empty title={say(text.noSurfaceTest)} hint={say(text.noSurfaceTestHint)} />
        </>
      ) : (
        <SpotList shown={shown} />
      )}
    </>
  )
}
