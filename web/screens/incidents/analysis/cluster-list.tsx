/** Clusters of the scan in words, the surest first. */
import type { ReactNode } from 'react'
import type { Analysis } from '../../../../server/contract/analysis.ts'
import { Empty } from '../../../frame/states.tsx'
import { VirtualList } from '../../../frame/virtual-list.tsx'
import { addDays, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { significanceColors } from '../../../map/palette.ts'
import { useTheme } from '../../../preferences.ts'
import { hover, sameTarget, select, useStored } from '../../../state.ts'
import { formatProbability } from '../measures.ts'
import { RankMark } from '../rank-mark.tsx'
import { type Cluster, clusterBox, isSure, sizeWords } from './clusters.ts'
import { text } from './text.ts'

interface Props {
  readonly clusters: readonly Cluster[]
  readonly unit: Analysis['unit']
}

export function ClusterList({ clusters, unit }: Props): ReactNode {
  const say = useSay()
  const theme = useTheme()
  const hovered = useStored((state) => state.hover)
  const selected = useStored((state) => state.address.selection)
  const target = ({ rank }: Cluster) => ({ kind: 'cluster', id: String(rank) })
  if (clusters.length === 0) return <Empty title={say(text.noClusters)} />
  return (
    <VirtualList
      items={clusters}
      itemHeight={68}
      itemKey={({ rank }) => String(rank)}
      label={say(text.clustersOf)}
      shape="tree"
      reveal={clusters.findIndex((one) => sameTarget(target(one), selected))}
      row={(cluster) => ({
        className: sameTarget(target(cluster), hovered) ? 'is-hovered' : '',
        selected: sameTarget(target(cluster), selected),
        level: 1,
        onOpen: () => select(target(cluster), clusterBox(cluster, unit)),
        onRest: (resting) => hover(resting ? target(cluster) : null),
        content: (
          <div className="spot-row">
            <RankMark color={isSure(cluster) ? significanceColors[theme].hot_01 : null}>
              {cluster.rank}
            </RankMark>
            <div className="spot-words">
              <div className="cell">
                <b>{say(text.clusterTitle, { rank: cluster.rank })}</b>
              </div>
              <div className="cell">{clusterWords(cluster, say)}</div>
              <div className="cell quiet">
                p {formatProbability(cluster.p)} · {sizeWords(cluster, unit, say)}
              </div>
            </div>
          </div>
        ),
      })}
    />
  )
}

/** When, how many, and how many were to be expected; the last day is one that counts. */
export const clusterWords = (cluster: Cluster, say: ReturnType<typeof useSay>): string =>
  say(text.clusterLine, {
    from: cluster.from,
    to: addDays(cluster.to, -1),
    n: formatNumber(cluster.observed),
    expected: formatNumber(cluster.expected, 1),
  })
