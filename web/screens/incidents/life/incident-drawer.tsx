/** One incident: what it is, by when what is due, what can be done next, and everything that was done. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { IncidentLifeAnswer } from '../../../../server/contract/incident-life.ts'
import { revealReporter } from '../../../api-incidents.ts'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatMoment, formatNumber, formatPosition } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { wordOr } from '../../../i18n/words.ts'
import { useArea } from '../../../period.ts'
import { useStored } from '../../../state.ts'
import { useGridsShown } from '../data.ts'
import { text as screenText } from '../text.ts'
import { Actions } from './actions.tsx'
import { countdown } from './countdown.ts'
import { useCategoryName, useIncident, useMayReveal, useRefresh } from './data.ts'
import { History } from './history.tsx'
import { Photos } from './photos.tsx'
import { text } from './text.ts'

export function IncidentDrawer({ id }: { readonly id: string }): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useIncident(id)
  const nameOf = useCategoryName()
  useRefresh(reload)
  if (!data || !current)
    return (
      <DrawerShell kind={say(text.incident)} title={id}>
        {error?.code === 'not_found' ? (
          <Empty title={say(text.gone)} />
        ) : error ? (
          <Failed error={error} onRetry={reload} />
        ) : (
          <Loading />
        )}
      </DrawerShell>
    )
  return (
    <DrawerShell
      kind={`${nameOf(data.category)} · ${data.id}`}
      title={data.description ?? nameOf(data.category)}
    >
      <p>
        {data.urgency === 'emergency' && <b className="is-overdue">{say(text.emergency)} · </b>}
        <b>{say(text.states[data.state])}</b> · {say(text.levels[data.level])}
      </p>
      <Deadlines incident={data} />
      <Actions incident={data} />
      <Facts incident={data} />
      <Photos incident={data} />
      <History incident={data} />
    </DrawerShell>
  )
}

function Deadlines({ incident }: { readonly incident: IncidentLifeAnswer }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <section aria-label={say(text.deadlines)}>
      <h2>{say(text.deadlines)}</h2>
      <ul className="deadlines">
        {incident.deadlines.map((one) => (
          <li key={`${one.kind} ${one.level} ${one.from}`} data-deadline={one.kind}>
            <span>
              {one.kind === 'take_on'
                ? say(text.deadlineKinds.take_on, { level: say(text.levels[one.level]) })
                : say(text.deadlineKinds.answer)}
              <span className="quiet"> {say(text.dueAt, { when: formatMoment(language, one.due_at) })}</span>
              {one.stopped_working_minutes > 0 && (
                <span className="quiet">
                  ，{say(text.stopped, { n: formatNumber(one.stopped_working_minutes / 60, 1) })}
                </span>
              )}
            </span>
            <b className={`is-${one.status.replace('_', '-')}`}>
              {countdown(one, incident.working_day_minutes, say)}
            </b>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Facts({ incident }: { readonly incident: IncidentLifeAnswer }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const grids = useGridsShown().data
  const gridName = (code: string | null): string => {
    const name = grids?.grids.find((grid) => grid.code === code)?.name
    return code === null ? formatNumber(null) : name ? `${name} ${code}` : code
  }
  const { household, place, declared_grid: declared, severity, hexagon } = incident
  const facts = [
    [say(text.when), formatMoment(language, incident.occurred_at, true)],
    [say(text.reportedAt), formatMoment(language, incident.reported_at, true)],
    ...(severity === null
      ? []
      : [[say(text.severity), say(wordOr(screenText.severities, severity))] as const]),
    [say(text.gridThen), incident.grid === null ? say(text.noGrid) : gridName(incident.grid)],
    ...(declared === null ? [] : [[say(text.declared), gridName(declared)] as const]),
    ...(household === null ? [] : [[say(text.household), household] as const]),
    ...(place === null ? [] : [[say(text.place), place] as const]),
    [
      say(text.position),
      incident.lon === null || incident.lat === null
        ? say(text.noPosition)
        : formatPosition(incident.lon, incident.lat),
    ],
    ...(hexagon === null ? [] : [[say(text.hexagon), hexagon] as const]),
  ] as const
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} className="fact-pair">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <Reporter incident={incident} />
    </dl>
  )
}

/** Masked until somebody asks; what was shown goes with the drawer. */
function Reporter({ incident }: { readonly incident: IncidentLifeAnswer }): ReactNode {
  const say = useSay()
  const area = useArea()
  const mayReveal = useMayReveal()
  const [clear, setClear] = useState<IncidentLifeAnswer | null>(null)
  const [busy, setBusy] = useState(false)
  const { reporter, reporter_contact: contact } = clear ?? incident
  if (!area || (reporter === null && contact === null)) return null
  const reveal = async (): Promise<void> => {
    setBusy(true)
    try {
      setClear(await revealReporter(area.code, incident.id))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="fact-pair">
      <dt>{say(text.reporter)}</dt>
      <dd>
        {[reporter, contact].filter((one) => one !== null).join(' ')}（
        {say(incident.reporter_told ? text.told : text.notTold)}）
        {mayReveal && clear === null && (
          <div>
            <Button size="small" loading={busy} onClick={() => void reveal()}>
              {say(text.reveal)}
            </Button>
          </div>
        )}
      </dd>
    </div>
  )
}
