/** One incident. */
import type { ReactNode } from 'react'
import { api } from '../../api.ts'
import { DrawerShell } from '../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { formatMoment, formatNumber, formatPosition } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { wordOr } from '../../i18n/words.ts'
import { useArea } from '../../period.ts'
import { useStored } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { daysOf, useFilters, useGridsShown, useInterval } from './data.ts'
import { text } from './text.ts'

export function IncidentCard({ id }: { readonly id: string }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const area = useArea()
  const interval = useInterval()
  const { category } = useFilters()
  // The same list the map draws its points from.
  const { data, current, error, reload } = useResource(
    area && interval ? api.allIncidents(area.code, daysOf(interval), { category }) : null,
  )
  const grids = useGridsShown().data
  const incident = data?.incidents.find((one) => one.id === id)
  const gridName = (code: string | null): string => {
    const name = grids?.grids.find((grid) => grid.code === code)?.name
    return code === null ? formatNumber(null) : name ? `${name} ${code}` : code
  }
  if (!incident)
    return (
      <DrawerShell kind={say(text.incident)} title={id}>
        {error ? (
          <Failed error={error} onRetry={reload} />
        ) : current ? (
          <Empty title={say(text.gone)} hint={say(text.goneHint)} />
        ) : (
          <Loading />
        )}
      </DrawerShell>
    )
  const facts = [
    [say(text.when), formatMoment(language, incident.occurred_at, true)],
    [say(text.status), say(wordOr(text.statuses, incident.status))],
    [
      say(text.severity),
      incident.severity === null ? formatNumber(null) : say(wordOr(text.severities, incident.severity)),
    ],
    [say(text.gridThen), incident.grid === null ? say(text.noGrid) : gridName(incident.grid)],
    [say(text.declared), gridName(incident.declared_grid)],
    [
      say(text.position),
      incident.lon === null || incident.lat === null
        ? say(text.without)
        : formatPosition(incident.lon, incident.lat),
    ],
  ] as const
  return (
    <DrawerShell
      kind={`${say(text.incident)} · ${incident.id}`}
      title={incident.description ?? say(wordOr(text.categories, incident.category))}
    >
      <p>{say(wordOr(text.categories, incident.category))}</p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="fact-pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </DrawerShell>
  )
}
