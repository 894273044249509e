import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Empty } from '../../frame/states.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { useArea } from '../../period.ts'
import { navigate, useStored } from '../../state.ts'
import { usePatrolDayShown } from './data.ts'
import { text } from './text.ts'

/** Nothing in the day or month: says so, and leads to the last day that has something. */
export function NoPatrol({ title }: { readonly title: string }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const last = useArea()?.last_patrol_day ?? null
  const day = usePatrolDayShown()
  return (
    <Empty
      title={title}
      hint={say(text.noPatrolHint)}
      action={
        last !== null &&
        last !== day && (
          <Button onClick={() => navigate({ day: last })}>
            {say(text.lastPatrolDay, { day: formatDay(language, last) })}
          </Button>
        )
      }
    />
  )
}
