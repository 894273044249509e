/** A grid: households against the band first, then who answers for it, what is around it, what it was before. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { GridDetail, Grids } from '../../../server/contract/grids.ts'
import { api } from '../../api.ts'
import { DrawerShell } from '../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { dayOf, formatArea, formatDay, formatLength, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { bandWords, gridKindWords, householdCategory, workerRole } from '../../i18n/words.ts'
import { useArea } from '../../period.ts'
import { hover, select, useStored } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { BandBar, barScale } from './band-bar.tsx'
import { useGrids, usePlanPeriod } from './data.ts'
import { NoticeLink, VillageMapLink } from './poster-links.tsx'
import { text } from './text.ts'

export function GridDrawer({ code }: { readonly code: string }): ReactNode {
  const say = useSay()
  const area = useArea()
  const day = usePlanPeriod()?.day
  const grids = useGrids()
  const detail = useResource(area && day ? api.grid(area.code, code, day) : null)
  if (detail.data && detail.current) return <GridDetails grid={detail.data} grids={grids.data} />
  return (
    <DrawerShell kind={say(text.grid)} title={code}>
      {detail.error?.code === 'not_found' ? (
        <Empty title={say(text.gridGone)} hint={say(text.gridGoneHint)} />
      ) : detail.error ? (
        <Failed error={detail.error} onRetry={detail.reload} />
      ) : (
        <Loading />
      )}
    </DrawerShell>
  )
}

function GridDetails({
  grid,
  grids,
}: {
  readonly grid: GridDetail
  readonly grids: Grids | undefined
}): ReactNode {
  const say = useSay()
  const figures = [
    { name: say(text.households), value: grid.households },
    { name: say(text.persons), value: grid.persons },
    { name: say(text.mustVisit), value: grid.must_visit },
  ]
  return (
    <DrawerShell kind={say(gridKindWords[grid.kind])} title={grid.name ?? grid.code}>
      <dl className="figures">
        {figures.map((figure) => (
          <div key={figure.name} className="figure">
            <dt className="quiet">{figure.name}</dt>
            <dd>
              <strong>{formatNumber(figure.value)}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {grid.households === null ? (
        <p className="quiet">{say(text.householdsKept)}</p>
      ) : (
        grids && <AgainstBand grid={grid} n={grid.households} grids={grids} />
      )}
      <dl className="facts">
        <dt>{say(text.code)}</dt>
        <dd>{grid.code}</dd>
        <dt>{say(text.village)}</dt>
        <dd>{grid.village_name ?? formatNumber(null)}</dd>
        <dt>{say(text.area)}</dt>
        <dd>{formatArea(grid.area_m2)}</dd>
        <dt>{say(text.places)}</dt>
        <dd>{formatNumber(grid.places)}</dd>
      </dl>
      <PosterLinks grid={grid} />
      <Team grid={grid} />
      <Neighbours grid={grid} />
      <section>
        <h2>{say(text.categories)}</h2>
        {grid.categories.length === 0 && <p className="quiet">{say(text.noCategories)}</p>}
        <dl className="facts">
          {grid.categories.map((one) => (
            <div key={one.category} className="fact-pair">
              <dt>{say(householdCategory(one.category))}</dt>
              <dd>{say(text.householdsN, { n: formatNumber(one.households) })}</dd>
            </div>
          ))}
        </dl>
      </section>
      <History grid={grid} />
    </DrawerShell>
  )
}

function PosterLinks({ grid }: { readonly grid: GridDetail }): ReactNode {
  const area = useArea()
  return (
    <p>
      {area && <NoticeLink grid={grid.code} area={area.code} />}{' '}
      {grid.village_code !== null && <VillageMapLink village={grid.village_code} />}
    </p>
  )
}

interface AgainstBandProps {
  readonly grid: GridDetail
  /** Its households. */
  readonly n: number
  readonly grids: Grids
}

function AgainstBand({ grid, n, grids }: AgainstBandProps): ReactNode {
  const say = useSay()
  const { band } = grids
  if (!band || grid.band_status === 'not_applicable')
    return <p className="quiet">{say(band ? bandWords.not_applicable : text.noBand)}</p>
  const verdict =
    n < band.from
      ? say(text.belowBy, { n: formatNumber(band.from - n) })
      : n > band.to
        ? say(text.aboveBy, { n: formatNumber(n - band.to) })
        : say(text.inBand)
  return (
    <section>
      <BandBar grid={grid} band={band} most={barScale(grids)} width={386} />
      <p>
        {say(bandWords[grid.band_status])} · {verdict}
      </p>
      <p className="quiet">
        {say(text.bandOf, { from: formatNumber(band.from), to: formatNumber(band.to) })} ·{' '}
        {say(text.policy, { policy: band.policy })}
      </p>
    </section>
  )
}

function Team({ grid }: { readonly grid: GridDetail }): ReactNode {
  const say = useSay()
  return (
    <section>
      <h2>{say(text.team)}</h2>
      {grid.team.length === 0 && <p className="quiet">{say(text.noTeam)}</p>}
      <dl className="facts">
        {grid.team.map((member) => (
          <div key={`${member.worker} ${member.role}`} className="fact-pair">
            <dt>{say(workerRole(member.role))}</dt>
            <dd>{member.name}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Neighbours({ grid }: { readonly grid: GridDetail }): ReactNode {
  const say = useSay()
  const boxes = new Map(useGrids().data?.grids.map((one) => [one.code, one.bbox]))
  return (
    <section>
      <h2>{say(text.neighbours)}</h2>
      {grid.neighbours.length === 0 && <p className="quiet">{formatNumber(null)}</p>}
      <ul className="neighbours">
        {grid.neighbours.map((one) => (
          <li key={one.code}>
            <Button
              type="link"
              size="small"
              onClick={() => select({ kind: 'grid', id: one.code }, boxes.get(one.code))}
              onMouseEnter={() => hover({ kind: 'grid', id: one.code })}
              onMouseLeave={() => hover(null)}
            >
              {one.name ?? one.code}
            </Button>
            <span className="quiet">{say(text.sharedEdge, { length: formatLength(one.shared_edge_m) })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function History({ grid }: { readonly grid: GridDetail }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const day = (instant: string): string => formatDay(language, dayOf(instant), true)
  return (
    <section>
      <h2>{say(text.history)}</h2>
      <ul className="history">
        {grid.history.map((version) => (
          <li key={version.valid_from}>
            <span>
              {version.valid_to === null
                ? say(text.historyFrom, { from: day(version.valid_from) })
                : say(text.historyBetween, { from: day(version.valid_from), to: day(version.valid_to) })}
            </span>
            <span className="quiet">{formatArea(version.area_m2)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
