/** Whether what was drawn is saved; what to do when it is not. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { useSession } from './editing.ts'
import type { Session } from './session.ts'
import { text } from './text.ts'

export function SaveState({ session }: { readonly session: Session }): ReactNode {
  const say = useSay()
  const saving = useSession((state) => state.saving)
  const waiting = useSession((state) => state.waiting.length) ?? 0
  const revision = useSession((state) => state.revision) ?? 0
  const error = useSession((state) => state.saveError)
  const lost = useSession((state) => state.lost) ?? []
  const word =
    saving === 'busy'
      ? say(text.saving)
      : waiting > 0
        ? say(text.unsaved, { n: waiting })
        : say(text.saved, { revision })
  return (
    <>
      <output className="quiet save-word">{word}</output>
      {saving === 'failed' && (
        <div className="save-trouble" role="alert">
          <p>{say(text.saveFailed, { n: waiting })}</p>
          {error && <p className="quiet">{say(error.detail)}</p>}
          <Button size="small" onClick={() => session.flush()}>
            {say(text.saveAgain)}
          </Button>
        </div>
      )}
      {saving === 'conflict' && (
        <div className="save-trouble" role="alert">
          <p className="state-title">{say(text.conflict)}</p>
          {error && <p>{say(error.detail)}</p>}
          <ul>
            {error?.flaws.slice(0, 6).map((flaw) => (
              <li key={`${flaw.code} ${JSON.stringify(flaw.place)}`}>{say(flaw.message)}</li>
            ))}
          </ul>
          <p className="quiet">{say(text.conflictHint, { n: waiting })}</p>
          <Button size="small" type="primary" onClick={() => session.reload()}>
            {say(text.reloadRemake)}
          </Button>
        </div>
      )}
      {lost.length > 0 && (
        <div className="save-trouble" role="alert">
          <p className="state-title">{say(text.lost, { n: lost.length })}</p>
          <ul>
            {lost.slice(0, 8).map(({ edit, refusal }, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- the same edit may stand there twice; the list never changes order
              <li key={`${edit.type} ${i}`}>{say(refusal.message)}</li>
            ))}
          </ul>
          <Button size="small" onClick={() => session.dismissLost()}>
            {say(text.understood)}
          </Button>
        </div>
      )}
    </>
  )
}
