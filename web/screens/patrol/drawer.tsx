/** A worker's day explained: the figures first, then rule by rule with why, then what they rest on. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { PatrolDayDetail } from '../../../server/contract/patrols.ts'
import type { Target } from '../../address.ts'
import { DrawerShell } from '../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { addDays, formatDay, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { workerRole } from '../../i18n/words.ts'
import { navigate, useStored } from '../../state.ts'
import { useAccount } from './account.ts'
import { DayObjections } from './assessment/day-objections.tsx'
import { SheetDrawer } from './assessment/sheet-drawer.tsx'
import { CoverageDrawer } from './coverage/drawer.tsx'
import { useGridName, usePatrolDay, usePatrolDayShown, usePatrolDays, usePeople, useView } from './data.ts'
import { DayVisits } from './day-visits.tsx'
import { EvidenceSection } from './evidence/evidence-section.tsx'
import { GridDay } from './grid-day.tsx'
import { LiveDrawer } from './live/drawer.tsx'
import { NotCounted } from './not-counted.tsx'
import { judgedFigure } from './rule-mark.tsx'
import { Flags, Stays } from './stretch-lists.tsx'
import { text } from './text.ts'
import { workerOfTarget } from './trace-time.ts'
import { hoursInside, householdsPassed, householdsTotal, kilometresInside, workersOf } from './workers.ts'

export function PatrolDrawer({ selection }: { readonly selection: Target }): ReactNode {
  const say = useSay()
  const worker = workerOfTarget(selection) ?? selection.id
  const [view] = useView()
  const { seesRecords } = useAccount()
  const detail = usePatrolDay()
  const name = usePeople()?.find((one) => one.worker === worker)?.name
  if (view === 'live') return <LiveDrawer worker={worker} />
  if (!seesRecords && selection.kind === 'objection')
    return (
      <DrawerShell kind={say(text.record)} title={selection.id}>
        <p>{say(text.recordHidden)}</p>
      </DrawerShell>
    )
  if (view === 'sheets' || selection.kind === 'objection') return <SheetDrawer selection={selection} />
  if (view === 'coverage' && workerOfTarget(selection) === null)
    return <CoverageDrawer selection={selection} />
  if (detail.data && detail.current) return <DayExplained detail={detail.data} />
  return (
    <DrawerShell kind={`${say(text.worker)} · ${worker}`} title={name ?? worker}>
      {detail.error?.code === 'not_found' ? (
        <>
          <NoFix worker={worker} name={name} />
          <DayVisits worker={worker} />
          <DayObjections worker={worker} />
        </>
      ) : detail.error ? (
        <Failed error={detail.error} onRetry={detail.reload} />
      ) : (
        <Loading rows={10} />
      )}
    </DrawerShell>
  )
}

/** No fix on that day: was one due? */
function NoFix({ worker, name }: { readonly worker: string; readonly name: string | undefined }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const gridName = useGridName()
  const day = usePatrolDayShown()
  const absent = usePatrolDays().data?.absent.find((one) => one.worker === worker && one.day === day)
  const who = name ?? worker
  return (
    <Empty
      title={say(text.noFix, { day: formatDay(language, day), worker: who })}
      hint={absent ? say(text.noFixAbsent, { worker: who, grid: gridName(absent.grid) }) : say(text.noFixOff)}
      action={
        day && <Button onClick={() => navigate({ day: addDays(day, 1) })}>{say(text.toNextDay)}</Button>
      }
    />
  )
}

function DayExplained({ detail }: { readonly detail: PatrolDayDetail }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const [whole] = workersOf({ rows: detail.days, absent: [] })
  // First where somebody comes from the list of it.
  const [view] = useView()
  const missed = detail.households_missed.filter((one) => one.must_visit).length
  if (!whole) return null
  const figures = [
    { name: text.hours, value: `${judgedFigure(hoursInside(whole))} h` },
    { name: text.kilometres, value: `${judgedFigure(kilometresInside(whole))} km` },
    { name: text.reached, value: formatNumber(householdsPassed(whole)), of: householdsTotal(whole) },
  ]
  return (
    <DrawerShell
      kind={`${say(workerRole(detail.role))} · ${detail.worker} · ${formatDay(language, detail.day)}`}
      title={detail.name}
    >
      <dl className="figures">
        {figures.map((figure) => (
          <div key={figure.name.en} className="figure">
            <dt className="quiet">{say(figure.name)}</dt>
            <dd>
              <strong>{figure.value}</strong>
              {figure.of !== undefined && <span className="quiet">/ {formatNumber(figure.of)}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {view === 'evidence' && <EvidenceSection />}
      {detail.days.map((row) => (
        <GridDay
          key={row.grid}
          row={row}
          margin={detail.margins.find((one) => one.grid === row.grid)}
          policy={detail.policy}
          result={detail.results.find((one) => one['grid'] === row.grid)}
        />
      ))}
      {missed > 0 && (
        <dl className="facts">
          <dt>{say(text.missedMustVisit)}</dt>
          <dd>{say(text.householdsN, { n: formatNumber(missed) })}</dd>
        </dl>
      )}
      <DayVisits worker={detail.worker} />
      <Stays detail={detail} />
      <NotCounted detail={detail} />
      <Flags detail={detail} />
      {view !== 'evidence' && <EvidenceSection />}
      <DayObjections worker={detail.worker} />
    </DrawerShell>
  )
}
