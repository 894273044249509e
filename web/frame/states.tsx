/** What stands where data are not (yet): loading, failed, empty. */
import { Button, Skeleton } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { ApiError } from '../api-error.ts'
import type { Say } from '../i18n/language.ts'
import { useSay } from '../i18n/use-say.ts'
import { CopyButton } from './copy-button.tsx'
import { placeText } from './flaw-place.ts'
import { text } from './text.ts'

/** Grey lines, but only when loading takes so long that one would wonder: 400 ms. */
export function Loading({ rows = 6 }: { readonly rows?: number }): ReactNode {
  const say = useSay()
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 400)
    return () => clearTimeout(timer)
  }, [])
  return (
    <output className="state" aria-label={say(text.loading)}>
      {slow && <Skeleton active title={false} paragraph={{ rows }} />}
    </output>
  )
}

/** Of a flaw in a file, the record it stands in as well: the message alone finds nothing among thousands. */
function flawWords({ place, message }: ApiError['flaws'][number], say: Say): string {
  const isInFile = place.file !== undefined || place.line !== undefined || place.record !== undefined
  return isInFile ? say(text.flawAt, { place: placeText(place, say), message: say(message) }) : say(message)
}

/** What happened, what is untouched, what to do; the technical side can be copied. */
export function Failed({
  error,
  onRetry,
}: {
  readonly error: ApiError
  readonly onRetry?: () => void
}): ReactNode {
  const say = useSay()
  return (
    <div className="state is-failed" role="alert">
      <p className="state-title">{say(error.detail)}</p>
      {error.flaws.length > 0 && (
        <ul>
          {error.flaws.slice(0, 8).map((flaw) => (
            <li key={`${flaw.code} ${JSON.stringify(flaw.place)}`}>{flawWords(flaw, say)}</li>
          ))}
        </ul>
      )}
      <p className="quiet">{say(text.untouched)}</p>
      <div className="state-actions">
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            {say(text.retry)}
          </Button>
        )}
        <CopyButton text={`${error.code}: ${error.technical}`} label={say(text.copyDetails)} />
      </div>
    </div>
  )
}

/** What belongs here, and the one action that fills it. */
export function Empty({
  title,
  hint,
  action,
}: {
  readonly title: string
  readonly hint?: string
  readonly action?: ReactNode
}): ReactNode {
  return (
    <div className="state is-empty">
      <p className="state-title">{title}</p>
      {hint && <p className="quiet">{hint}</p>}
      {action && <div className="state-actions">{action}</div>}
    </div>
  )
}
