/** How fresh what one sees is: the service's clock, the line, and when it was last heard. */
import type { ReactNode } from 'react'
import { formatDuration, formatMoment } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useStored } from '../../../state.ts'
import { useLive, useNow } from './data.ts'
import { text } from './text.ts'

export function LiveStatus(): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const status = useLive((value) => value.status)
  const heardAt = useLive((value) => value.heardAt)
  const offset = useLive((value) => value.offset)
  const now = useNow()
  const at = heardAt === null ? null : heardAt + offset
  const seconds = at === null ? '' : `:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`
  return (
    <p className="live-status quiet" data-status={status}>
      <span>
        {say(text.clock)} <time>{`${formatMoment(language, at)}${seconds}`}</time>
      </span>
      {/* Only a change of the line is spoken, not every second. */}
      <output className={`live-line is-${status}`}>
        <span className="live-lamp" aria-hidden="true" />
        {say(text.status[status])}
      </output>
      {heardAt !== null && status !== 'live' && (
        <span>{say(text.heardAgo, { age: formatDuration(Math.max(0, (now - heardAt) / 1000)) })}</span>
      )}
    </p>
  )
}
