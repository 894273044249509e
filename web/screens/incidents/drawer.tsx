/** The one thing selected on the incidents screen. */
import type { ReactNode } from 'react'
import type { Target } from '../../address.ts'
import { DrawerShell } from '../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { useSay } from '../../i18n/use-say.ts'
import { CardDrawer } from './analysis/card-drawer.tsx'
import { ClusterCard } from './analysis/cluster-card.tsx'
import { useAsked, useSpots, useTab } from './data.ts'
import { GridCard } from './grid-card.tsx'
import { HexagonCard } from './hexagon-card.tsx'
import { IncidentDrawer } from './life/incident-drawer.tsx'
import { ReportDrawer } from './life/report-drawer.tsx'
import { idOf } from './measures.ts'
import { text } from './text.ts'
import { WarningDrawer } from './warnings/warning-drawer.tsx'

export function IncidentsDrawer({ selection }: { readonly selection: Target }): ReactNode {
  const [tab] = useTab()
  const { shown } = useAsked()
  // A grid is asked for its households, or, where it is the unit, for its incidents.
  const isCell = tab !== 'coverage' && shown?.answer.unit === 'grid'
  if (selection.kind === 'grid' && !isCell) return <GridCard code={selection.id} />
  if (selection.kind === 'incident') return <IncidentDrawer id={selection.id} />
  if (selection.kind === 'report') return <ReportDrawer />
  if (selection.kind === 'card') return <CardDrawer />
  if (selection.kind === 'cluster') return <ClusterCard rank={selection.id} />
  if (selection.kind === 'warning') return <WarningDrawer id={selection.id} />
  return <CellDrawer selection={selection} />
}

/** A hot spot is told through its heart, the cell with most incidents. */
function CellDrawer({ selection }: { readonly selection: Target }): ReactNode {
  const say = useSay()
  const { shown, current, error, reload } = useAsked()
  const spots = useSpots()
  const cell = shown?.answer.cells.find((one) => idOf(one) === selection.id)
  const spot =
    selection.kind === 'spot'
      ? spots?.find((one) => one.cells.some((part) => idOf(part) === selection.id))
      : undefined
  if (shown && cell) return <HexagonCard shown={shown} cell={cell} spot={spot} />
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
