/** One early warning: the reading, its figures, the incidents it counts, what followed, and the word of a supervisor. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Warning } from '../../../../server/contract/warnings.ts'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { sizeWords } from '../analysis/clusters.ts'
import { IncidentRow } from '../incident-list.tsx'
import { useCategoryName } from '../life/data.ts'
import { formatProbability } from '../measures.ts'
import { Accuracy } from './accuracy.tsx'
import { useIncidentsOfWarning, usePlaceName, useWarning } from './data.ts'
import { Decision } from './decision.tsx'
import { text } from './text.ts'
import { recurrenceFigure, recurrenceWords, windowWords } from './warnings.ts'

export function WarningDrawer({ id }: { readonly id: string }): ReactNode {
  const say = useSay()
  const { data, warning, current, error, reload } = useWarning(id)
  const nameOf = useCategoryName()
  const placeOf = usePlaceName()
  if (!data || !warning)
    return (
      <DrawerShell kind={say(text.warning)} title={id}>
        {error ? (
          <Failed error={error} onRetry={reload} />
        ) : current ? (
          <Empty title={say(text.gone)} hint={say(text.goneHint)} />
        ) : (
          <Loading rows={10} />
        )}
      </DrawerShell>
    )
  return (
    <DrawerShell
      kind={say(text.warning)}
      title={say(text.title, { place: placeOf(warning), category: nameOf(warning.category) })}
    >
      <p className="reading">{say(warning.reading)}</p>
      <p>{recurrenceWords(warning.recurrence_days, say)}</p>
      <Decision key={`${warning.id} ${warning.state}`} warning={warning} />
      <Facts warning={warning} />
      <p className="quiet">{say(text.methodHints[warning.method])}</p>
      <Incidents key={warning.id} warning={warning} />
      <Accuracy accuracy={data.accuracy} />
    </DrawerShell>
  )
}

function Facts({ warning }: { readonly warning: Warning }): ReactNode {
  const say = useSay()
  const placeOf = usePlaceName()
  const { observed, expected, followed } = warning
  const facts = [
    [say(text.observed), formatNumber(observed)],
    [say(text.expected), formatNumber(expected, 1)],
    [say(text.ratio), formatNumber(expected > 0 ? observed / expected : null, 1)],
    [say(text.window), windowWords(warning, say)],
    [say(text.size), sizeWords({ radius_m: warning.radius_m, cells: warning.hexagons }, 'hexagon', say)],
    [say(text.place), warning.grid === null ? say(text.noGrid) : `${placeOf(warning)} ${warning.grid}`],
    [say(text.method), say(text.methods[warning.method])],
    ['p', formatProbability(warning.p)],
    [say(text.recurrence), recurrenceFigure(warning.recurrence_days)],
    [say(text.night), warning.night],
    followed === null
      ? [say(text.afterwards), say(text.tooEarly)]
      : [
          say(text.followed, { days: formatNumber(followed.days) }),
          say(text.followedOf, {
            n: formatNumber(followed.observed),
            expected: formatNumber(followed.expected, 1),
          }),
        ],
  ] as const
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} className="fact-pair">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const page = 20

function Incidents({ warning }: { readonly warning: Warning }): ReactNode {
  const say = useSay()
  const [shown, setShown] = useState(page)
  const { incidents: found, current, error, reload } = useIncidentsOfWarning(warning)
  const incidents = (current && found) || []
  const more = Math.min(page, incidents.length - shown)
  return (
    <section>
      <h2>
        {say(text.incidents)}{' '}
        {current && (
          <span className="tab-count">
            {say(text.nOf, { n: formatNumber(incidents.length), total: formatNumber(warning.observed) })}
          </span>
        )}
      </h2>
      {error && <Failed error={error} onRetry={reload} />}
      {!error && !current && <Loading rows={4} />}
      {incidents.some((one) => one.approximate) && <p className="quiet">{say(text.approximate)}</p>}
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
