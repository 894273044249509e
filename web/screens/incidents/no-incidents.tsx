import { Button } from 'antd'
import type { ReactNode } from 'react'
import { ImportButton } from '../../frame/import-button.tsx'
import { Empty } from '../../frame/states.tsx'
import { useSay } from '../../i18n/use-say.ts'
import { useArea } from '../../period.ts'
import { navigate } from '../../state.ts'
import { text } from './text.ts'

/** Nothing in the interval: back to where something is; or, where there never was an incident, the way to the first. */
export function NoIncidents(): ReactNode {
  const say = useSay()
  const isNew = useArea()?.last_incident_day === null
  return isNew ? (
    <Empty
      title={say(text.noIncidentsYet)}
      hint={say(text.noIncidentsYetHint)}
      action={
        <>
          <ImportButton />
          <Button
            onClick={() => navigate({ choices: { tab: 'work' }, selection: { kind: 'report', id: 'new' } })}
          >
            {say(text.reportFirst)}
          </Button>
        </>
      }
    />
  ) : (
    <Empty
      title={say(text.noIncidents)}
      hint={say(text.noIncidentsHint)}
      action={
        <Button onClick={() => navigate({ from: null, to: null, choices: {} })}>{say(text.showAll)}</Button>
      }
    />
  )
}
