/** The left panel of the incidents screen: filters and results, charts, household coverage, work that waits, or early warnings. */
import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { ChartsPanel } from './analysis/charts-panel.tsx'
import { FilterForm } from './analysis/filter-form.tsx'
import { ResultList } from './analysis/result-list.tsx'
import { useFound } from './analysis/use-found.ts'
import { type Tab, useTab } from './data.ts'
import { HouseholdsPanel } from './households/panel.tsx'
import { WorkList } from './life/work-list.tsx'
import { WorkTabLabel } from './life/work-tab-label.tsx'
import { text } from './text.ts'
import { WarningList } from './warnings/warning-list.tsx'
import { WarningsTabLabel } from './warnings/warnings-tab-label.tsx'

export function IncidentsPanel(): ReactNode {
  const say = useSay()
  const [tab, setTab] = useTab()
  const found = useFound()
  return (
    <Tabs
      className="panel-tabs is-many"
      activeKey={tab}
      onChange={(key) => setTab(key as Tab, 'push')}
      destroyOnHidden
      // Five tabs side by side in the narrowest panel.
      tabBarGutter={8}
      items={[
        {
          key: 'spots',
          label: (
            <>
              {say(text.tabs.spots)}
              {found !== null && <span className="tab-count">{formatNumber(found)}</span>}
            </>
          ),
          children: (
            <div className="panel-list">
              <FilterForm />
              <ResultList />
            </div>
          ),
        },
        { key: 'charts', label: say(text.tabs.charts), children: <ChartsPanel /> },
        { key: 'coverage', label: say(text.tabs.coverage), children: <HouseholdsPanel /> },
        { key: 'work', label: <WorkTabLabel />, children: <WorkList /> },
        { key: 'warnings', label: <WarningsTabLabel />, children: <WarningList /> },
      ]}
    />
  )
}
