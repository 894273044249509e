/** A hexagon's or hot spot's card: its figures, how they were computed, its incidents, its grid and team. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { HotspotCell, Hotspots } from '../../../server/contract/hotspots.ts'
import { hexagonAreaSquareKm, hexagonBoundary } from '../../../server/core/hexagons/hexagon.ts'
import { CopyButton } from '../../frame/copy-button.tsx'
import { DrawerShell } from '../../frame/drawer.tsx'
import { formatArea, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { workerRole } from '../../i18n/words.ts'
import { bboxOf } from '../../map/bbox.ts'
import { useTheme } from '../../preferences.ts'
import { hover, select } from '../../state.ts'
import { IncidentList } from './incident-list.tsx'
import { leftOutText } from './layers.ts'
import { formatProbability, meanCount, significanceColor } from './measures.ts'
import { useGridOf } from './places.ts'
import type { Spot } from './spots.ts'
import { text } from './text.ts'

interface Props {
  readonly hotspots: Hotspots
  readonly cell: HotspotCell
  /** The hot spot whose heart it is; absent: the hexagon alone. */
  readonly spot: Spot | undefined
}

export function HexagonCard({ hotspots, cell, spot }: Props): ReactNode {
  const say = useSay()
  const theme = useTheme()
  const place = useGridOf(cell.h3)
  const mean = meanCount(hotspots)
  const cells = spot?.cells.length ?? 1
  const count = spot?.count ?? cell.count
  const expected = formatNumber(mean === null ? null : mean * cells, 1)
  const figures = [
    { name: text.count, value: formatNumber(count) },
    { name: text.expected, value: expected },
    { name: text.qOf, value: formatProbability(spot?.q ?? cell.q) },
  ]
  const name = spot?.class ?? cell.class
  return (
    <DrawerShell
      kind={`${say(spot ? text.spot : text.hexagon)} · ${cell.h3}`}
      title={place?.name ?? say(spot ? text.spot : text.hexagon)}
    >
      <dl className="figures">
        {figures.map((figure) => (
          <div key={figure.name.en} className="figure">
            <dt className="quiet">{say(figure.name)}</dt>
            <dd>
              <strong>{figure.value}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <p className="class-line">
        <span
          className="class-key"
          style={{ background: name ? significanceColor(name, theme) : 'transparent' }}
          aria-hidden="true"
        />
        {say(name ? text.classes[name] : text.undefinedClass)}
      </p>
      <HexagonFacts cell={cell} />
      {spot && spot.cells.length > 1 && <SpotHexagons spot={spot} />}
      <Method hotspots={hotspots} cell={cell} cells={cells} expected={expected} />
      <Team place={place} />
      <IncidentList key={cell.h3} hexagon={cell.h3} total={cell.count} />
      <div>
        <CopyButton text={cardAsJson(hotspots, cell, spot)} label={say(text.copyJson)} />
      </div>
    </DrawerShell>
  )
}

/** What the card says, for another program: the cells as the service gave them, with what they were computed from. */
export function cardAsJson(hotspots: Hotspots, cell: HotspotCell, spot: Spot | undefined): string {
  const { cells: _, ...about } = hotspots
  return JSON.stringify({ ...about, mean: meanCount(hotspots), cells: spot?.cells ?? [cell] }, null, 2)
}

function HexagonFacts({ cell }: { readonly cell: HotspotCell }): ReactNode {
  const say = useSay()
  const facts = [
    [say(text.count), formatNumber(cell.count)],
    [say(text.density), say(text.densityOf, { n: formatNumber(cell.per_km2, 1) })],
    [say(text.area), formatArea(hexagonAreaSquareKm(cell.h3) * 1e6)],
    [
      say(text.rate),
      cell.rate === null
        ? say(text.noHouseholds)
        : say(text.rateOf, { n: formatNumber(cell.rate, 1), households: formatNumber(cell.households) }),
    ],
    [say(text.zOf), formatNumber(cell.z, 2)],
    [say(text.pOf), formatProbability(cell.p)],
    [say(text.qOf), formatProbability(cell.q)],
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

function SpotHexagons({ spot }: { readonly spot: Spot }): ReactNode {
  const say = useSay()
  return (
    <section>
      <h2>
        {say(text.hexagonsOfSpot)} <span className="tab-count">{formatNumber(spot.cells.length)}</span>
      </h2>
      <ul className="chips">
        {spot.cells.map(({ h3, count }) => (
          <li key={h3}>
            <Button
              size="small"
              title={h3}
              onClick={() => select({ kind: 'hexagon', id: h3 }, bboxOf(hexagonBoundary(h3)))}
              onMouseEnter={() => hover({ kind: 'hexagon', id: h3 })}
              onMouseLeave={() => hover(null)}
            >
              {formatNumber(count)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface MethodProps {
  readonly hotspots: Hotspots
  readonly cell: HotspotCell
  readonly cells: number
  readonly expected: string
}

function Method({ hotspots, cell, cells, expected }: MethodProps): ReactNode {
  const say = useSay()
  const n = formatNumber(hotspots.n)
  return (
    <section>
      <h2>{say(text.howComputed)}</h2>
      <p className="quiet">{say(text.method, { n, rings: hotspots.parameters.rings })}</p>
      <p className="quiet">
        {say(text.methodExpected, {
          counted: formatNumber(hotspots.totals.counted),
          n,
          cells: formatNumber(cells),
          expected,
        })}{' '}
        {say(text.methodDensity, {
          count: formatNumber(cell.count),
          area: formatNumber(hexagonAreaSquareKm(cell.h3), 4),
        })}
      </p>
      <p className="quiet">{leftOutText(hotspots, say)}</p>
      <details>
        <summary>{say(text.references)}</summary>
        <ul className="references quiet">
          {Object.values(hotspots.references).map((reference) => (
            <li key={reference}>{reference}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}

export function Team({ place }: { readonly place: ReturnType<typeof useGridOf> }): ReactNode {
  const say = useSay()
  return (
    <section>
      <h2>{say(text.team)}</h2>
      {place ? (
        <>
          <p>
            {place.name} <span className="quiet">{place.code}</span>
          </p>
          <dl className="facts">
            {(place.grid?.team ?? []).map((member) => (
              <div key={`${member.worker} ${member.role}`} className="fact-pair">
                <dt>{say(workerRole(member.role))}</dt>
                <dd>{member.name}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : (
        <p className="quiet">{say(text.noGrid)}</p>
      )}
    </section>
  )
}
