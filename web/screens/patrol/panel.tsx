/** The left panel of the patrol screen: a day's workers, a month's days or its sheets, coverage. */
import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../i18n/use-say.ts'
import { SheetTable } from './assessment/sheet-table.tsx'
import { CoveragePanel } from './coverage/panel.tsx'
import { useView, type View } from './data.ts'
import { EvidenceList } from './evidence/evidence-list.tsx'
import { LiveList } from './live/list.tsx'
import { MonthTable } from './month-table.tsx'
import { text } from './text.ts'
import { WorkerTable } from './worker-table.tsx'

export function PatrolPanel(): ReactNode {
  const say = useSay()
  const [view, setView] = useView()
  const views: readonly View[] = ['live', 'day', 'month', 'coverage', 'sheets', 'evidence']
  return (
    <div className="panel-list">
      <div className="panel-tools">
        <Segmented
          className="patrol-views"
          aria-label={say(text.view)}
          value={view}
          options={views.map((value) => ({ value, label: say(text.views[value]) }))}
          onChange={(value) => setView(value, 'push')}
        />
      </div>
      {view === 'live' && <LiveList />}
      {view === 'day' && <WorkerTable />}
      {view === 'month' && <MonthTable />}
      {view === 'sheets' && <SheetTable />}
      {view === 'evidence' && <EvidenceList />}
      {view === 'coverage' && <CoveragePanel />}
    </div>
  )
}
