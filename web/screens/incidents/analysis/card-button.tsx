import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { select } from '../../../state.ts'
import { text } from './text.ts'

/** Opens the card of the whole result. */
export function CardButton(): ReactNode {
  const say = useSay()
  return (
    <Button size="small" title={say(text.cardTitle)} onClick={() => select({ kind: 'card', id: 'result' })}>
      {say(text.cardOpen)}
    </Button>
  )
}
