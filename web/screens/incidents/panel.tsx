/** The left panel of the incidents screen: filters and hot spots, or household coverage. */
import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { type Tab, useSpots, useTab } from './data.ts'
import { FilterForm } from './filter-form.tsx'
import { HouseholdsPanel } from './households/panel.tsx'
import { WorkList } from './life/work-list.tsx'
import { WorkTabLabel } from './life/work-tab-label.tsx'
import { SpotList } from './spot-list.tsx'
import { text } from './text.ts'

export function IncidentsPanel(): ReactNode {
  const say = useSay()
  const [tab, setTab] = useTab()
  const spots = useSpots()
  return (
    <Tabs
      className="panel-tabs"
      activeKey={tab}
      onChange={(key) => setTab(key as Tab, 'push')}
      destroyOnHidden
      items={[
        {
          key: 'spots',
          label: (
            <>
              {say(text.tabs.spots)}
              {spots && <span className="tab-count">{formatNumber(spots.length)}</span>}
            </>
          ),
          children: (
            <div className="panel-list">
              <FilterForm />
              <SpotList />
            </div>
          ),
        },
        { key: 'coverage', label: say(text.tabs.coverage), children: <HouseholdsPanel /> },
        { key: 'work', label: <WorkTabLabel />, children: <WorkList /> },
      ]}
    />
  )
}
