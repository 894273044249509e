/** A grid's coverage, or one household, lane or place with its due day and whom to ask. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { CoverageOfGrid, OverdueRow } from '../../../../server/contract/coverage.ts'
import type { Message } from '../../../../server/core/values.ts'
import type { Target } from '../../../address.ts'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatDay, formatLength, formatNumber, formatShare } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { navigate, showOnMap, useStored } from '../../../state.ts'
import { useAccount } from '../account.ts'
import { useGridName, useGridsOfDay, usePeople } from '../data.ts'
import { type OverdueList, targetOf, useCoverage, useOverdue } from './data.ts'
import { daysText } from './format-days.ts'
import { text } from './text.ts'

const listOf: Readonly<Record<string, OverdueList>> = {
  household: 'households',
  lane: 'lanes',
  place: 'places',
}

export function CoverageDrawer({ selection }: { readonly selection: Target }): ReactNode {
  const list = listOf[selection.kind]
  return list ? <Subject list={list} selection={selection} /> : <Grid code={selection.id} />
}

function Grid({ code }: { readonly code: string }): ReactNode {
  const say = useSay()
  const { data, error, reload } = useCoverage()
  const grid = data?.grids.find((one) => one.grid === code)
  return (
    <DrawerShell kind={`${say(text.grid)} · ${code}`} title={grid?.name ?? code}>
      {error ? (
        <Failed error={error} onRetry={reload} />
      ) : grid ? (
        <GridFigures grid={grid} />
      ) : data ? (
        <Empty title={say(text.notIt)} />
      ) : (
        <Loading rows={8} />
      )}
    </DrawerShell>
  )
}

function GridFigures({ grid }: { readonly grid: CoverageOfGrid }): ReactNode {
  const say = useSay()
  return (
    <>
      <dl className="facts">
        <dt>{say(text.passed)}</dt>
        <dd>{daysText(grid.passed_days, say)}</dd>
        {grid.round_status && (
          <>
            <dt>{say(text.round)}</dt>
            <dd>{say(text.statuses[grid.round_status])}</dd>
          </>
        )}
      </dl>
      {(['households', 'lanes', 'places'] as const).map((kind) => {
        const one = grid[kind]
        return (
          <section key={kind}>
            <h2>{say(text.gridFigures[kind])}</h2>
            <dl className="facts">
              <dt>{say(text.total)}</dt>
              <dd>
                {formatNumber(one.total)}
                {kind === 'lanes' && ` · ${formatLength(grid.lanes.metres)}`}
              </dd>
              <dt>{say(text.done)}</dt>
              <dd>
                {one.asked === 0
                  ? say(text.unasked)
                  : say(text.doneOf, { n: formatNumber(one.done), share: formatShare(one.share) })}
              </dd>
              <dt>{say(text.overdue)}</dt>
              <dd>{one.asked === 0 ? '—' : formatNumber(one.overdue)}</dd>
              <dt>{say(text.neverN)}</dt>
              <dd>{formatNumber(one.never)}</dd>
              <dt>{say(text.medianAge)}</dt>
              <dd>{one.total === 0 ? '—' : daysText(one.median_days, say)}</dd>
              <dt>{say(text.oldest)}</dt>
              <dd>{one.oldest_days === null ? '—' : daysText(one.oldest_days, say)}</dd>
            </dl>
          </section>
        )
      })}
    </>
  )
}

function Subject({ list, selection }: { readonly list: OverdueList; readonly selection: Target }): ReactNode {
  const say = useSay()
  const { data, error, reload } = useOverdue(list)
  const row = data?.rows.find((one) => targetOf(one).id === selection.id)
  const id = selection.id.split('@')[0] ?? selection.id
  return (
    <DrawerShell kind={`${say(text.lists[list])} · ${id}`} title={row?.name ?? id}>
      {error ? (
        <Failed error={error} onRetry={reload} />
      ) : row ? (
        <SubjectFigures row={row} />
      ) : data ? (
        <Empty title={say(text.notIt)} />
      ) : (
        <Loading rows={6} />
      )}
    </DrawerShell>
  )
}

/** Overdue since an earlier period, while this one still runs: both are said. */
function statusOf({ status, overdue_days: late }: OverdueRow): Message {
  if (status === 'pending' && late !== null && late > 0) return text.pendingAndLate
  return status ? text.statuses[status] : text.unasked
}

function SubjectFigures({ row }: { readonly row: OverdueRow }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const gridName = useGridName()
  const { contact } = row
  // Whoever keeps contact with a household may not be the one who patrols its grid.
  const patrollers = usePeople()?.filter((one) => row.grid !== null && one.grids.includes(row.grid)) ?? []
  const { isWorker, own } = useAccount()
  const withDays = (patrollers.length > 0 || contact === null ? patrollers : [contact]).filter(
    ({ worker }) => !isWorker || worker === own?.id,
  )
  const place = useGridsOfDay().data?.grids.find(({ code }) => code === row.grid)
  return (
    <>
      <dl className="facts">
        <dt>{say(text.grid)}</dt>
        <dd>{row.grid === null ? say(text.inNoGrid) : gridName(row.grid)}</dd>
        <dt>{say(text.age)}</dt>
        <dd>{daysText(row.age_days, say)}</dd>
        <dt>{say(text.lastVisit)}</dt>
        <dd>{formatDay(language, row.last_day)}</dd>
        <dt>{say(text.due)}</dt>
        <dd>{formatDay(language, row.due_day)}</dd>
        <dt>{say(text.overdue)}</dt>
        <dd>{row.due_day === null ? '—' : say(text.daysN, { n: formatNumber(row.overdue_days) })}</dd>
        <dt>{say(text.status)}</dt>
        <dd>{say(statusOf(row))}</dd>
        {row.metres !== null && (
          <>
            <dt>{say(text.length)}</dt>
            <dd>{formatLength(row.metres)}</dd>
          </>
        )}
        <dt>{say(text.contact)}</dt>
        <dd>{contact ? `${contact.name} ${contact.worker}` : say(text.noContact)}</dd>
        {patrollers.length > 0 && (
          <>
            <dt>{say(text.patrollers)}</dt>
            <dd>{patrollers.map(({ name, worker }) => `${name} ${worker}`).join('、')}</dd>
          </>
        )}
      </dl>
      {withDays.map(({ name, worker }) => (
        <Button
          key={worker}
          onClick={() => {
            navigate({ selection: { kind: 'worker', id: worker }, choices: {} })
            if (place) showOnMap(place.bbox)
          }}
        >
          {say(text.openDay, { name })}
        </Button>
      ))}
    </>
  )
}
