/** Households: who was reached, the ladder, must-visit households overdue, the ledger and what is printed of it. */
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { CoverageTable } from '../coverage-table.tsx'
import { type List, lists, useList } from './data.ts'
import { LadderTable } from './ladder-table.tsx'
import { LedgerTable } from './ledger-table.tsx'
import { OverdueHouseholds } from './overdue-households.tsx'
import { text } from './text.ts'

export function HouseholdsPanel(): ReactNode {
  const say = useSay()
  const [list, setList] = useList()
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
      {list === 'ladder' ? (
        <LadderTable />
      ) : list === 'overdue' ? (
        <OverdueHouseholds />
      ) : list === 'ledger' ? (
        <LedgerTable />
      ) : (
        <CoverageTable />
      )}
    </>
  )
}
