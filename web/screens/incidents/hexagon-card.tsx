/** A cell's or hot spot's card: its figures and what they say in words, how they were computed, its incidents, its grid and team. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { AnalysisCell } from '../../../server/contract/analysis.ts'
import { hexagonAreaSquareKm, hexagonBoundary } from '../../../server/core/hexagons/hexagon.ts'
import { CopyButton } from '../../frame/copy-button.tsx'
import { DrawerShell } from '../../frame/drawer.tsx'
import { formatArea, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { workerRole } from '../../i18n/words.ts'
import { bboxOf } from '../../map/bbox.ts'
import { useTheme } from '../../preferences.ts'
import { hover, select } from '../../state.ts'
import { CardButton } from './analysis/card-button.tsx'
import { ratioWords } from './analysis/change-list.tsx'
import { categoryLabel } from './analysis/count-rows.ts'
import { leftOutText } from './analysis/legends.ts'
import { readingOf } from './analysis/reading.ts'
import { text as analysisText } from './analysis/text.ts'
import { usePicture } from './analysis/use-picture.ts'
import type { Shown } from './data.ts'
import { IncidentList } from './incident-list.tsx'
import { formatProbability, idOf, significanceColor } from './measures.ts'
import { useGridOf } from './places.ts'
import type { Spot } from './spots.ts'
import { text } from './text.ts'

interface Props {
  readonly shown: Shown
  readonly cell: AnalysisCell
  /** The hot spot whose heart it is; absent: the cell alone. */
  readonly spot: Spot | undefined
}

export function HexagonCard({ shown, cell, spot }: Props): ReactNode {
  const say = useSay()
  const theme = useTheme()
  const id = idOf(cell)
  const place = useGridOf(id)
  const change = usePicture()?.changes?.get(id)
  const count = spot?.count ?? cell.count
  const expected = spot ? spot.expected : cell.expected
  const figures = [
    { name: text.count, value: formatNumber(count) },
    { name: text.expected, value: formatNumber(expected, 1) },
    { name: text.qOf, value: formatProbability(spot?.q ?? cell.q) },
  ]
  const name = spot?.class ?? cell.class
  const { categories } = shown.answer.card.filter
  const reading = readingOf(
    {
      place: place?.name ?? say(analysisText.hereCell),
      what: categories
        ? categories.map((one) => categoryLabel(one, say)).join('、')
        : say(analysisText.allIncidents),
      interval: shown.interval,
      count,
      expected,
      q: spot?.q ?? cell.q,
      class: name,
    },
    say,
  )
  const kind = spot ? text.spot : cell.h3 === null ? text.grid : text.hexagon
  return (
    <DrawerShell kind={`${say(kind)} · ${id}`} title={place?.name ?? cell.name ?? say(kind)}>
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
      {(name !== null || shown.answer.statistic !== 'kde') && (
        <p className="class-line">
          <span
            className="class-key"
            style={{ background: name ? significanceColor(name, theme) : 'transparent' }}
            aria-hidden="true"
          />
          {say(name ? text.classes[name] : text.undefinedClass)}
        </p>
      )}
      <p className="reading">{reading}</p>
      {change && change.now + change.before > 0 && (
        <p>
          {say(analysisText.changeLine, {
            before: formatNumber(change.before),
            now: formatNumber(change.now),
          })}
          <br />
          <span className="quiet">{ratioWords(change, say)}</span>
        </p>
      )}
      <section>
        {spot && spot.cells.length > 1 && (
          <h2>
            {say(text.heart)} <span className="quiet">{id}</span>
          </h2>
        )}
        <HexagonFacts cell={cell} />
      </section>
      {spot && spot.cells.length > 1 && <SpotHexagons spot={spot} />}
      <Method shown={shown} cell={cell} />
      <Team place={place} />
      <IncidentList key={id} cell={id} total={cell.count} />
      <div>
        <CardButton />
        <CopyButton text={cardAsJson(shown, cell, spot)} label={say(text.copyJson)} />
      </div>
    </DrawerShell>
  )
}

/** What the card says, for another program: the cells as the service gave them, with what they were computed from. */
export function cardAsJson(
  { answer }: Pick<Shown, 'answer'>,
  cell: AnalysisCell,
  spot: Spot | undefined,
): string {
  const { cells: _, contours: __, ...about } = answer
  return JSON.stringify({ ...about, cells: spot?.cells ?? [cell] }, null, 2)
}

function HexagonFacts({ cell }: { readonly cell: AnalysisCell }): ReactNode {
  const say = useSay()
  const facts = [
    [say(text.count), formatNumber(cell.count)],
    [say(text.density), say(text.densityOf, { n: formatNumber(cell.per_km2, 1) })],
    ...(cell.h3 === null ? [] : [[say(text.area), formatArea(hexagonAreaSquareKm(cell.h3) * 1e6)] as const]),
    [
      say(text.rate),
      cell.rate === null
        ? say(text.noHouseholds)
        : say(text.rateOf, { n: formatNumber(cell.rate, 1), households: formatNumber(cell.households) }),
    ],
    [say(text.zOf), formatNumber(cell.z, 2)],
    [say(text.pOf), formatProbability(cell.p)],
    ...(cell.p_even === undefined ? [] : [[say(text.pEvenOf), formatProbability(cell.p_even)] as const]),
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
              title={h3 ?? ''}
              onClick={() => h3 && select({ kind: 'hexagon', id: h3 }, bboxOf(hexagonBoundary(h3)))}
              onMouseEnter={() => h3 && hover({ kind: 'hexagon', id: h3 })}
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

function Method({ shown, cell }: { readonly shown: Shown; readonly cell: AnalysisCell }): ReactNode {
  const say = useSay()
  const { answer } = shown
  return (
    <section>
      <h2>{say(text.howComputed)}</h2>
      <p className="quiet">{say(answer.card.reading)}</p>
      {cell.h3 !== null && (
        <p className="quiet">
          {say(text.methodDensity, {
            count: formatNumber(cell.count),
            area: formatNumber(hexagonAreaSquareKm(cell.h3), 4),
          })}
        </p>
      )}
      <p className="quiet">{leftOutText({ answer }, say)}</p>
      <details>
        <summary>{say(text.references)}</summary>
        <ul className="references quiet">
          {answer.card.references.map((reference) => (
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
