/** What can be drawn at all, said before anybody draws: a calm line a village, and ways out where there is no way. */
import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import type { Feasibility } from '../../../../server/contract/proposals.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import { api } from '../../../api.ts'
import { Failed, Loading } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useChoice } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useSession } from './editing.ts'
import { type FeasibilityLine, feasibilityLines, restSummary } from './feasibility-lines.ts'
import { text } from './proposals-text.ts'
import { useBand } from './use-band.ts'

/** The judgement of what is saved: asked again after every save, for locks and cuts change it. */
function useFeasibility(plan: string, sizes: SizeBand | null) {
  const revision = useSession((state) => state.revision)
  const loaded = useResource(sizes && api.planFeasibility(plan, sizes))
  const { data, loading, reload } = loaded
  const stale = data !== undefined && !loading && data.plan === plan && data.revision !== revision
  useEffect(() => {
    if (stale) reload()
  }, [stale, reload])
  return loaded
}

/** What villages are called. */
export function useVillageName(): (code: string) => string {
  const { data } = useResource(api.areas())
  return (code) => data?.areas.find((area) => area.code === code)?.name ?? code
}

export function FeasibilityList({
  plan,
  sizes,
}: {
  readonly plan: string
  readonly sizes: SizeBand
}): ReactNode {
  const { data, error, reload } = useFeasibility(plan, sizes)
  if (error && !data) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={2} />
  return <Judgements components={data.components} sizes={data.sizes} />
}

/** Lines beyond these that bring no bad news are folded. */
const mostLines = 4

export function Judgements({
  components,
  sizes,
}: {
  readonly components: readonly Feasibility[]
  readonly sizes: SizeBand
}): ReactNode {
  const say = useSay()
  const nameOf = useVillageName()
  const lines = feasibilityLines(components, sizes, nameOf, say)
  const bad = lines.filter((line) => line.verdict === 'impossible')
  const good = lines.slice(bad.length)
  const folded = good.length > mostLines
  return (
    <>
      <ul className="feasibility">
        {(folded ? bad : lines).map((line) => (
          <JudgementLine key={line.component} line={line} />
        ))}
      </ul>
      {folded && (
        <details className="feasibility-rest">
          <summary>{restSummary(good, say)}</summary>
          <ul className="feasibility">
            {good.map((line) => (
              <JudgementLine key={line.component} line={line} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function JudgementLine({ line }: { readonly line: FeasibilityLine }): ReactNode {
  const say = useSay()
  return (
    <li className={`is-${line.verdict}`}>
      <div className="feasibility-head">
        <b className="cell">{line.where}</b>
        <span className="feasibility-verdict">{say(text.verdicts[line.verdict])}</span>
      </div>
      <div>{line.line}</div>
      {line.proofs.map((proof) => (
        <div key={proof} className="quiet">
          {proof}
        </div>
      ))}
      {line.relaxations.length > 0 && (
        <details>
          <summary>{say(text.waysOut)}</summary>
          <ul className="feasibility-ways">
            {line.relaxations.map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

/** One line above the grids: whether the plan can come out right at all. Nothing where no policy sets sizes. */
export function FeasibilityNote({ plan }: { readonly plan: string }): ReactNode {
  const say = useSay()
  const band = useBand()
  const nameOf = useVillageName()
  const [, setPart] = useChoice<string>('part', 'grids')
  const { data } = useFeasibility(plan, band)
  if (!data || !band) return null
  const lines = feasibilityLines(data.components, data.sizes, nameOf, say)
  const bad = lines.filter((line) => line.verdict === 'impossible').length
  const [only] = lines
  const said =
    lines.length === 1 && only
      ? only.line
      : bad > 0
        ? say(text.impossibleOf, { n: formatNumber(bad), ...data.sizes })
        : restSummary(lines, say)
  return (
    <p className="panel-summary feasibility-note">
      <Button type="link" size="small" onClick={() => setPart('proposals', 'push')}>
        {said}
      </Button>
    </p>
  )
}
