/** Households that go from one grid to another: how many, how many persons, how much ground. */
import type { ReactNode } from 'react'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Empty, Loading } from '../../../frame/states.tsx'
import { formatArea, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useComparedPlan, useComparison } from './data.ts'
import { flowId, flowsOf } from './figures.ts'
import { GridLink, useGridName } from './tables.tsx'
import { text } from './text.ts'

export function FlowCard({ id }: { readonly id: string }): ReactNode {
  const say = useSay()
  const isCompared = useComparedPlan() !== null
  const { data, current } = useComparison()
  const flow = flowsOf(data?.moves ?? []).find((one) => flowId(one) === id)
  const nameOf = useGridName()
  if (!flow)
    return (
      <DrawerShell kind={say(text.flow)} title="">
        {!isCompared || (data && current) ? <Empty title={say(text.flowGone)} /> : <Loading />}
      </DrawerShell>
    )
  return (
    <DrawerShell
      kind={say(text.flow)}
      title={say(text.flowName, { from: nameOf(flow.from), to: nameOf(flow.to) })}
    >
      <dl className="figures">
        {[
          { name: say(text.homes), value: formatNumber(flow.households.length) },
          { name: say(text.persons), value: formatNumber(flow.persons) },
          { name: say(text.flowGround), value: formatArea(flow.area_m2) },
        ].map((figure) => (
          <div key={figure.name} className="figure">
            <dt className="quiet">{figure.name}</dt>
            <dd>
              <strong>{figure.value}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <dl className="facts">
        {(['from', 'to'] as const).map((end) => (
          <div key={end} className="fact-pair">
            <dt>{say(text[end])}</dt>
            <dd>
              {flow[end] === null ? say(text.noGrid) : <GridLink code={flow[end]}>{flow[end]}</GridLink>}
            </dd>
          </div>
        ))}
      </dl>
    </DrawerShell>
  )
}
