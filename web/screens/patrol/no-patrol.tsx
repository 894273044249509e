import type { ReactNode } from 'react'
import { Empty } from '../../frame/states.tsx'
import { useSay } from '../../i18n/use-say.ts'
import { LastPatrol } from './last-patrol.tsx'
import { text } from './text.ts'

interface Props {
  readonly title: string
  readonly of: 'day' | 'month'
}

/** Nothing in the day or month: says so, and leads to the last day that has something. */
export function NoPatrol({ title, of }: Props): ReactNode {
  const say = useSay()
  return <Empty title={title} hint={say(text.noPatrolHint[of])} action={<LastPatrol of={of} />} />
}
