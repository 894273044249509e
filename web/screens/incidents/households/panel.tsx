/** Households: who was reached, the ladder, must-visit households overdue, the ledger and what is printed of it. */
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { CoverageTable } from '../coverage-table.tsx'
import { useCoverage } from '../data.ts'
import { type List, lists, useChosenList } from './data.ts'
import { LadderTable } from './ladder-table.tsx'
import { LedgerTable } from './ledger-table.tsx'
import { OverdueHouseholds } from './overdue-households.tsx'
import { text } from './text.ts'

/** Without a choice it opens on who was reached, and on the ladder for whoever may not see single households. */
export function HouseholdsPanel(): ReactNode {
  const say = useSay()
  const [chosen, setList] = useChosenList()
  const isRefused = useCoverage().error?.code === 'forbidden'
  const list = lists.find((one) => one === chosen) ?? (isRefused ? 'ladder' : 'reached')
  return (
    <>
      <div className="panel-tools">
        <Select<List>
          style={{ flex: 1, minWidth: 0 }}
          aria-label={say(text.list)}
          value={list}
          options={lists.map((value) => ({ value, label: say(text.lists[value]) }))}
          onChange={(value) => setList(value, 'push')}
        />
      </div>
      {isRefused && <p className="panel-summary quiet">{say(text.refusedHint)}</p>}
      {list === 'ladder' ? (
        <LadderTable />
      ) : list === 'ledger' ? (
        <LedgerTable />
      ) : isRefused ? null : list === 'overdue' ? (
        <OverdueHouseholds />
      ) : (
        <CoverageTable />
      )}
    </>
  )
}
