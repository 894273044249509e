/** The incidents of a hexagon or a grid, newest first; a page at a time. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Incident } from '../../../server/contract/incidents.ts'
import { stateOfStatus } from '../../../server/core/incidents/life.ts'
import { Failed, Loading } from '../../frame/states.tsx'
import { formatMoment, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { wordOr } from '../../i18n/words.ts'
import { type Bbox, hover, sameTarget, select, useStored } from '../../state.ts'
import { text as lifeText } from './life/text.ts'
import { useIncidentsOf } from './places.ts'
import { text } from './text.ts'

const page = 20

interface Props {
  /** A hexagon's index or a grid's code. */
  readonly cell: string
  /** How many it counts: the list must hold as many. */
  readonly total: number
}

export function IncidentList({ cell, total }: Props): ReactNode {
  const say = useSay()
  const [shown, setShown] = useState(page)
  const { incidents: found, current, error, reload } = useIncidentsOf(total > 0 ? cell : null)
  const incidents = (current && found) || []
  const more = Math.min(page, incidents.length - shown)
  return (
    <section>
      <h2>
        {say(text.incidentsHere)}{' '}
        <span className="tab-count">
          {say(text.shownOf, {
            n: formatNumber(Math.min(shown, incidents.length)),
            total: formatNumber(total),
          })}
        </span>
      </h2>
      {total > 0 && error && <Failed error={error} onRetry={reload} />}
      {total > 0 && !error && !current && <Loading rows={4} />}
      <ul className="stretches">
        {incidents.slice(0, shown).map((incident) => (
          <li key={incident.id}>
            <IncidentRow incident={incident} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <div>
          <Button size="small" onClick={() => setShown(shown + page)}>
            {say(text.more, { n: formatNumber(more) })}
          </Button>
        </div>
      )}
    </section>
  )
}

export function IncidentRow({ incident }: { readonly incident: Incident }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const target = { kind: 'incident', id: incident.id }
  const lit = useStored((state) => sameTarget(state.hover, target))
  return (
    <button
      type="button"
      className={`stretch incident-row${lit ? ' is-hovered' : ''}`}
      onClick={() => select(target, boxAround(incident))}
      onMouseEnter={() => hover(target)}
      onMouseLeave={() => hover(null)}
      onFocus={() => hover(target)}
      onBlur={() => hover(null)}
    >
      <span>
        <b>{say(wordOr(text.categories, incident.category))}</b> {incident.description}
      </span>
      <span className="quiet">
        {formatMoment(language, incident.occurred_at)} ·{' '}
        {say(lifeText.states[stateOfStatus(incident.status)])}
      </span>
    </button>
  )
}

/** Some 400 m across, near enough for single incidents to be drawn. */
function boxAround({ lon, lat }: Incident): Bbox | undefined {
  return lon === null || lat === null ? undefined : [lon - 0.002, lat - 0.0018, lon + 0.002, lat + 0.0018]
}
