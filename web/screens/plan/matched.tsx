/** What became of traces that were only matched: a row a worker, day and grid. */
import type { ReactNode } from 'react'
import type { MatchedFiles } from '../../../server/contract/uploads.ts'
import { Empty } from '../../frame/states.tsx'
import { formatDay, formatDuration, formatLength, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { useStored } from '../../state.ts'
import { text } from './import-text.ts'
import { Refusals } from './refusals.tsx'

export function Matched({ matched }: { readonly matched: MatchedFiles }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <div className="matched">
      <p className="panel-summary quiet">
        {say(text.matchedSummary, {
          fixes: formatNumber(matched.fixes),
          refused: formatNumber(matched.refused),
        })}
      </p>
      {matched.results.length === 0 && <Empty title={say(text.enteredNone)} />}
      {matched.results.map((day) => (
        <article key={`${day.worker} ${day.date} ${day.grid}`} className="matched-day">
          <h2>
            {day.worker} · {formatDay(language, day.date)}
          </h2>
          <p className="quiet">{day.grid}</p>
          <dl className="facts">
            <dt>{say(text.inside)}</dt>
            <dd>
              {formatDuration(day.seconds.inside)} · {formatLength(day.metres.inside)}
            </dd>
            <dt>{say(text.outside)}</dt>
            <dd>
              {formatDuration(day.seconds.outside)} · {formatLength(day.metres.outside)}
            </dd>
            <dt>{say(text.unobserved)}</dt>
            <dd>{formatDuration(day.seconds.unobserved)}</dd>
            <dt>{say(text.passed)}</dt>
            <dd>
              {formatNumber(day.households.passed)} / {formatNumber(day.households.total)}
            </dd>
          </dl>
        </article>
      ))}
      {matched.flaws.length > 0 && <Refusals flaws={matched.flaws} />}
    </div>
  )
}
