/** The one thing selected on the incidents screen. */
import type { ReactNode } from 'react'
import type { Target } from '../../address.ts'
import { DrawerShell } from '../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { useSay } from '../../i18n/use-say.ts'
import { useHotspots, useSpots } from './data.ts'
import { GridCard } from './grid-card.tsx'
import { HexagonCard } from './hexagon-card.tsx'
import { IncidentDrawer } from './life/incident-drawer.tsx'
import { ReportDrawer } from './life/report-drawer.tsx'
import { text } from './text.ts'

export function IncidentsDrawer({ selection }: { readonly selection: Target }): ReactNode {
  if (selection.kind === 'grid') return <GridCard code={selection.id} />
  if (selection.kind === 'incident') return <IncidentDrawer id={selection.id} />
  if (selection.kind === 'report') return <ReportDrawer />
  return <HexagonDrawer selection={selection} />
}

/** A hot spot is told through its heart, the hexagon with most incidents. */
function HexagonDrawer({ selection }: { readonly selection: Target }): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useHotspots()
  const spots = useSpots()
  const cell = data?.cells.find((one) => one.h3 === selection.id)
  const spot =
    selection.kind === 'spot'
      ? spots?.find((one) => one.cells.some((part) => part.h3 === selection.id))
      : undefined
  if (data && cell) return <HexagonCard hotspots={data} cell={cell} spot={spot} />
  return (
    <DrawerShell kind={say(selection.kind === 'spot' ? text.spot : text.hexagon)} title={selection.id}>
      {error ? (
        <Failed error={error} onRetry={reload} />
      ) : current ? (
        <Empty title={say(text.gone)} hint={say(text.goneHint)} />
      ) : (
        <Loading rows={10} />
      )}
    </DrawerShell>
  )
}
