/** The result of the question in words, under the filters: hot spots, changes, clusters or bands, as the method gives. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { navigate } from '../../../state.ts'
import { useAsked } from '../data.ts'
import { SpotList } from '../spot-list.tsx'
import { text as screenText } from '../text.ts'
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
  if (answer.totals.counted === 0 && look.measure !== 'change')
    return (
      <Empty
        title={say(screenText.noIncidents)}
        hint={say(screenText.noIncidentsHint)}
        action={
          <Button onClick={() => navigate({ from: null, to: null, choices: {} })}>
            {say(screenText.showAll)}
          </Button>
        }
      />
    )
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
