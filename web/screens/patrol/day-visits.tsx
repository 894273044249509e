/** Check-ins, forms and reports of a day: what was reached though no trace can tell. */
import type { ReactNode } from 'react'
import type { DayVisits as Answer } from '../../../server/contract/check-ins.ts'
import { api } from '../../api.ts'
import { Failed } from '../../frame/states.tsx'
import { formatClock, formatLength, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { useArea } from '../../period.ts'
import { navigate, showOnMap } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { usePatrolDayShown } from './data.ts'
import { around } from './stretch-lists.tsx'
import { visitText as text } from './visit-text.ts'

type Visit = Answer['visits'][number]

export function DayVisits({ worker }: { readonly worker: string }): ReactNode {
  const say = useSay()
  const area = useArea()
  const day = usePatrolDayShown()
  const { data, current, error, reload } = useResource(
    area && day ? api.dayVisits(area.code, worker, day) : null,
  )
  const shown = current ? data : undefined
  return (
    <section aria-label={say(text.title)} data-testid="day-visits">
      <h2>
        {say(text.title)} {shown && <span className="tab-count">{formatNumber(shown.visits.length)}</span>}
      </h2>
      {error && !shown && <Failed error={error} onRetry={reload} />}
      {shown?.visits.length === 0 && <p className="quiet">{say(text.none)}</p>}
      {shown && shown.visits.length > 0 && (
        <ul className="plain-list entries">
          {shown.visits.map((visit) => (
            <OneVisit key={visit.id} visit={visit} />
          ))}
        </ul>
      )}
      {shown && shown.households_hidden > 0 && (
        <p className="quiet">{say(text.hidden, { n: formatNumber(shown.households_hidden) })}</p>
      )}
      <p className="quiet">{say(text.how)}</p>
    </section>
  )
}

function OneVisit({ visit }: { readonly visit: Visit }): ReactNode {
  const say = useSay()
  const { kind, subject, name, incident, marks, note } = visit
  return (
    <li data-evidence={visit.evidence}>
      <div className="fact-pair">
        <button type="button" className="link-button" onClick={() => showOnMap(around(visit.lon, visit.lat))}>
          {formatClock(visit.from)}
          {visit.to !== null && `–${formatClock(visit.to)}`} {name ?? `${say(text.kinds[kind])} ${subject}`}
        </button>
        <b>{say(text.sources[visit.evidence])}</b>
      </div>
      <div className="quiet">
        {visit.must_visit && `${say(text.mustVisit)} · `}
        {say(kind === 'building' ? text.countsAsReached : text.countsAsVisit)}
        {incident !== null && (
          <>
            {' · '}
            <button
              type="button"
              className="link-button"
              onClick={() =>
                navigate({
                  screen: 'incidents',
                  choices: {},
                  layers: [],
                  selection: { kind: 'incident', id: incident },
                })
              }
            >
              {incident}
            </button>
          </>
        )}
      </div>
      {marks.map((mark) => (
        <div key={mark} className="quiet">
          {say(text.marks[mark], {
            metres: visit.distance_metres === null ? '—' : formatLength(visit.distance_metres),
            who: visit.entered_by ?? '—',
          })}
        </div>
      ))}
      {note !== null && <div>{note}</div>}
    </li>
  )
}
