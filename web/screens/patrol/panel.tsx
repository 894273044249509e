/** The left panel of the patrol screen: a day's workers, a month's days or its sheets, coverage. */
import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { Empty } from '../../frame/states.tsx'
import { useSay } from '../../i18n/use-say.ts'
import { type Account, useAccount } from './account.ts'
import { SheetTable } from './assessment/sheet-table.tsx'
import { CoveragePanel } from './coverage/panel.tsx'
import { recordViews, useView, type View, views } from './data.ts'
import { EvidenceList } from './evidence/evidence-list.tsx'
import { LiveList } from './live/list.tsx'
import { MonthTable } from './month-table.tsx'
import { text } from './text.ts'
import { WorkerTable } from './worker-table.tsx'

export function PatrolPanel(): ReactNode {
  const say = useSay()
  const [view, setView] = useView()
  const account = useAccount()
  const isShown = account.isUnbound ? 'coverage' : view
  return (
    <div className="panel-list">
      <div className="panel-tools">
        <Segmented
          className="patrol-views"
          aria-label={say(text.view)}
          value={isShown}
          options={viewsFor(account).map((value) => ({ value, label: say(text.views[value]) }))}
          onChange={(value) => setView(value, 'push')}
        />
      </div>
      {account.isUnbound && (
        <Empty title={say(text.unbound)} hint={say(text.unboundHint, { login: account.name })} />
      )}
      {isShown === 'live' && <LiveList />}
      {isShown === 'day' && <WorkerTable />}
      {isShown === 'month' && <MonthTable />}
      {isShown === 'sheets' && <SheetTable />}
      {isShown === 'evidence' && <EvidenceList />}
      {isShown === 'coverage' && <CoveragePanel />}
    </div>
  )
}

/** A worker follows nobody; whoever is no worker yet has no days either; planners and analysts have nothing to decide over workers. */
const viewsFor = ({ isWorker, isUnbound, seesRecords }: Account): readonly View[] => {
  if (isUnbound) return ['coverage']
  if (isWorker) return views.filter((view) => view !== 'live')
  return seesRecords ? views : views.filter((view) => !recordViews.includes(view))
}
