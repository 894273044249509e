/** The tab's name with how many drafts wait. */
import type { ReactNode } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useWarnings } from './data.ts'
import { text } from './text.ts'

export function WarningsTabLabel(): ReactNode {
  const say = useSay()
  const drafts = useWarnings().data?.counts.draft ?? 0
  return (
    <>
      {say(text.tab)}
      {drafts > 0 && <span className="tab-count">{formatNumber(drafts)}</span>}
    </>
  )
}
