/** A cluster of the scan: its figures, its window, its cells. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { hexagonBoundary } from '../../../../server/core/hexagons/hexagon.ts'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Empty, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { bboxOf } from '../../../map/bbox.ts'
import { hover, select } from '../../../state.ts'
import { useAsked } from '../data.ts'
import { formatProbability, idOf } from '../measures.ts'
import { text as screenText } from '../text.ts'
import { recurrenceFigure } from '../warnings/warnings.ts'
import { CardButton } from './card-button.tsx'
import { clusterWords } from './cluster-list.tsx'
import { sizeWords } from './clusters.ts'
import { text } from './text.ts'

export function ClusterCard({ rank }: { readonly rank: string }): ReactNode {
  const say = useSay()
  const { shown, current } = useAsked()
  const cluster = shown?.answer.clusters?.find((one) => String(one.rank) === rank)
  if (!shown || !cluster)
    return (
      <DrawerShell kind={say(text.cluster)} title={rank}>
        {current ? <Empty title={say(screenText.gone)} hint={say(screenText.goneHint)} /> : <Loading />}
      </DrawerShell>
    )
  const counts = new Map(shown.answer.cells.map((cell) => [idOf(cell), cell.count]))
  const facts = [
    [say(text.observed), formatNumber(cluster.observed)],
    [say(text.expected), formatNumber(cluster.expected, 1)],
    [say(text.size), sizeWords(cluster, shown.answer.unit, say)],
    [say(text.llr), formatNumber(cluster.log_likelihood_ratio, 2)],
    ['p', formatProbability(cluster.p)],
    ...(cluster.recurrence_days === null
      ? []
      : [[say(text.recurrence), say(text.days, { n: recurrenceFigure(cluster.recurrence_days) })] as const]),
  ] as const
  const isHexagon = shown.answer.unit === 'hexagon'
  return (
    <DrawerShell kind={say(text.cluster)} title={say(text.clusterTitle, { rank: cluster.rank })}>
      <p className="reading">{clusterWords(cluster, say)}</p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="fact-pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section>
        <h2>
          {say(screenText.hexagonsOfSpot)}{' '}
          <span className="tab-count">{formatNumber(cluster.cells.length)}</span>
        </h2>
        <ul className="chips">
          {cluster.cells.map((id) => {
            const target = { kind: isHexagon ? 'hexagon' : 'grid', id }
            return (
              <li key={id}>
                <Button
                  size="small"
                  title={id}
                  onClick={() => select(target, isHexagon ? bboxOf(hexagonBoundary(id)) : undefined)}
                  onMouseEnter={() => hover(target)}
                  onMouseLeave={() => hover(null)}
                >
                  {formatNumber(counts.get(id))}
                </Button>
              </li>
            )
          })}
        </ul>
      </section>
      <div>
        <CardButton />
      </div>
    </DrawerShell>
  )
}
