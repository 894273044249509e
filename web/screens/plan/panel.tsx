/** The left panel of the plan screen: problems, grids, plans, import; or the open plan. */
import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { type Tab, useGrids, usePlanReport, useTab } from './data.ts'
import { EditPanel } from './editor/edit-panel.tsx'
import { usePlanId } from './editor/open-plan.ts'
import { PlanList } from './editor/plan-list.tsx'
import { useLives } from './exceptions/data.ts'
import { isExcepted } from './exceptions/lives.ts'
import { GridTable } from './grid-table.tsx'
import { ImportForm } from './import-form.tsx'
import { ProblemList } from './problem-list.tsx'
import { text } from './text.ts'

export function PlanPanel(): ReactNode {
  return usePlanId() === null ? <DivisionPanel /> : <EditPanel />
}

/** The division in force, and where plans for another one begin. */
function DivisionPanel(): ReactNode {
  const say = useSay()
  const [tab, setTab] = useTab()
  const { report, fileGrids } = usePlanReport()
  const lives = useLives(report)
  const grids = useGrids()
  const label = (name: Tab, count: number | undefined): ReactNode => (
    <>
      {say(text.tabs[name])}
      {count !== undefined && <span className="tab-count">{formatNumber(count)}</span>}
    </>
  )
  return (
    <Tabs
      className="panel-tabs"
      activeKey={tab}
      onChange={(key) => setTab(key as Tab, 'push')}
      destroyOnHidden
      items={[
        {
          key: 'problems',
          label: label(
            'problems',
            fileGrids ? undefined : report?.problems.filter((one) => !isExcepted(lives, one)).length,
          ),
          children: <ProblemList />,
        },
        { key: 'grids', label: label('grids', grids.data?.grids.length), children: <GridTable /> },
        { key: 'plans', label: label('plans', undefined), children: <PlanList /> },
        { key: 'import', label: label('import', undefined), children: <ImportForm /> },
      ]}
    />
  )
}
