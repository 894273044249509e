/** The tab's name with how many are overdue. */
import type { ReactNode } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useWorkCounts } from './data.ts'
import { text } from './text.ts'

export function WorkTabLabel(): ReactNode {
  const say = useSay()
  const overdue = useWorkCounts().data?.lists.overdue
  return (
    <>
      {say(text.tab)}
      {overdue !== undefined && overdue > 0 && (
        <span className="tab-count is-overdue">{formatNumber(overdue)}</span>
      )}
    </>
  )
}
