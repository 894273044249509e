/** A new installation: what to run before anything can be dropped on the window, ready to be copied. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../i18n/use-say.ts'
import { CopyButton } from './copy-button.tsx'
import { text } from './text.ts'

/** To be run where the service is installed; the code of the county is an example that no county has. */
const importAreas = 'scripts/wangge import areas areas.geojson --area 990427'
const loadDemo = 'scripts/wangge demo'

export function NoArea({ onLook }: { readonly onLook: () => void }): ReactNode {
  const say = useSay()
  return (
    <div className="state is-empty">
      <p className="state-title">{say(text.noArea)}</p>
      <p className="quiet">{say(text.noAreaHint)}</p>
      <Command command={importAreas} />
      <p className="quiet">{say(text.noAreaDemo)}</p>
      <Command command={loadDemo} />
      <p className="quiet">{say(text.noAreaAfter)}</p>
      <div className="state-actions">
        <Button onClick={onLook}>{say(text.lookAgain)}</Button>
      </div>
    </div>
  )
}

function Command({ command }: { readonly command: string }): ReactNode {
  return (
    <div className="command-line">
      <pre className="command">
        <code>{command}</code>
      </pre>
      <CopyButton text={command} />
    </div>
  )
}
