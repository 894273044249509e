import { Button } from 'antd'
import type { ReactNode } from 'react'
import { ImportButton } from '../../frame/import-button.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { useArea } from '../../period.ts'
import { navigate, useStored } from '../../state.ts'
import { usePatrolDayShown } from './data.ts'
import { text } from './text.ts'

/** Where nothing is to be seen: to the last day that has something; where nobody ever patrolled, to the files that tell of it. */
export function LastPatrol({ of }: { readonly of: 'day' | 'month' }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const last = useArea()?.last_patrol_day
  const shown = usePatrolDayShown()
  if (last === undefined) return null
  if (last === null) return <ImportButton />
  const length = of === 'day' ? 10 : 7
  if (last.slice(0, length) === shown?.slice(0, length)) return null
  return (
    <Button onClick={() => navigate({ day: last })}>
      {say(text.lastPatrolDay, { day: formatDay(language, last) })}
    </Button>
  )
}
