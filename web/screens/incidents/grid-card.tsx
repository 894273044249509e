/** A grid's household coverage, and who answers for it. */
import type { ReactNode } from 'react'
import type { Grid } from '../../../server/contract/grids.ts'
import { DrawerShell } from '../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { formatDay, formatNumber, formatShare } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { useStored } from '../../state.ts'
import { shareOf } from './coverage-table.tsx'
import { useCoverage, useGridsShown } from './data.ts'
import { Team } from './hexagon-card.tsx'
import { ShareBar } from './share-bar.tsx'
import { text } from './text.ts'

export function GridCard({ code }: { readonly code: string }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const { data, current, error, reload } = useCoverage()
  const grid = useGridsShown().data?.grids.find((one) => one.code === code)
  const covered = data?.grids.find((one) => one.grid === code)
  const name = covered?.name ?? grid?.name ?? code
  const rows = covered && [
    { name: text.reached, n: covered.reached, total: covered.households },
    { name: text.mustVisit, n: covered.must_visit_reached, total: covered.must_visit },
  ]
  return (
    <DrawerShell kind={`${say(text.grid)} · ${code}`} title={name}>
      {rows && data ? (
        <>
          <p className="quiet">
            {say(text.coverageDays, { day: formatDay(language, data.day) })}{' '}
            {say(text.daysN, { n: data.days })}
          </p>
          {rows.map((row) => (
            <section key={row.name.en}>
              <div className="filter-line">
                <span>{say(row.name)}</span>
                <span>
                  <b>{formatNumber(row.n)}</b> / {formatNumber(row.total)} ·{' '}
                  {formatShare(shareOf(row.n, row.total))}
                </span>
              </div>
              <ShareBar share={shareOf(row.n, row.total)} />
            </section>
          ))}
          <p className="quiet">{say(text.coverageHow)}</p>
          <Team place={{ code, name, grid }} />
        </>
      ) : error?.code === 'forbidden' ? (
        <Refused code={code} name={name} grid={grid} />
      ) : error ? (
        <Failed error={error} onRetry={reload} />
      ) : current ? (
        <Empty title={say(text.gone)} hint={say(text.goneHint)} />
      ) : (
        <Loading />
      )}
    </DrawerShell>
  )
}

interface RefusedProps {
  readonly code: string
  readonly name: string
  readonly grid: Grid | undefined
}

/** What remains for who may not see single households: how many there are, where that may be told, and who answers for them. */
function Refused({ code, name, grid }: RefusedProps): ReactNode {
  const say = useSay()
  return (
    <>
      <p>{say(text.coverageRefused)}</p>
      {grid && (
        <p className="quiet">
          {grid.households === null
            ? say(text.householdsKept)
            : say(text.householdsTold, { n: formatNumber(grid.households) })}
        </p>
      )}
      <Team place={{ code, name, grid }} />
    </>
  )
}
