import { Button } from 'antd'
import type { ReactNode } from 'react'
import { ImportButton } from '../../frame/import-button.tsx'
import { Empty } from '../../frame/states.tsx'
import { useSay } from '../../i18n/use-say.ts'
import { useTab } from './data.ts'
import { text } from './text.ts'

/** An area before its first division: nothing to check yet, and the two ways to one. */
export function NoGrids(): ReactNode {
  const say = useSay()
  const [, setTab] = useTab()
  return (
    <Empty
      title={say(text.noGrids)}
      hint={say(text.noGridsHint)}
      action={
        <>
          <ImportButton />
          <Button onClick={() => setTab('plans', 'push')}>{say(text.goToPlans)}</Button>
        </>
      }
    />
  )
}
