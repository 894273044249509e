/** A plan beside the grids in force or another plan: what changes, for whom; and the report to be signed. Of what is saved. */
import { Button, Radio, Select } from 'antd'
import { type ReactNode, useEffect } from 'react'
import type { PlanComparisonReport } from '../../../../server/contract/plan-comparison.ts'
import type { Plan } from '../../../../server/contract/plans.ts'
import { api } from '../../../api.ts'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatArea, formatDay, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useChoice, useStored } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useSession } from '../editor/editing.ts'
import { text as editorText } from '../editor/text.ts'
import {
  type ComparisonView,
  reportAddress,
  useComparison,
  useComparisonGround,
  useOther,
  useView,
} from './data.ts'
import { isSame } from './figures.ts'
import { ChangedGrids, CodeFates, FigureTable, FlowTable, Workers } from './tables.tsx'
import { text } from './text.ts'

export function Comparison({ plan }: { readonly plan: Plan }): ReactNode {
  const { data, error, current, loading, reload } = useFresh()
  return (
    <div className="changes">
      <Choices plan={plan} />
      {error && !loading ? (
        <Failed error={error} onRetry={reload} />
      ) : data ? (
        <div className={`comparison${current ? '' : ' is-stale'}`} aria-busy={!current}>
          <ComparisonReport report={data} />
        </div>
      ) : (
        <Loading rows={10} />
      )}
    </div>
  )
}

/** The comparison of what is saved: asked again after every save. */
function useFresh() {
  const revision = useSession((state) => state.revision) ?? 0
  const report = useComparison()
  const ground = useComparisonGround()
  // Somebody else's save may be newer than what is drawn here: only what is older is asked again.
  const isOld = (loaded: { loading: boolean; current: boolean }, of: number | undefined): boolean =>
    loaded.current && !loaded.loading && of !== undefined && of < revision
  const reportIsOld = isOld(report, report.data?.after.plan?.revision)
  const groundIsOld = isOld(ground, ground.data?.revision)
  const [reloadReport, reloadGround] = [report.reload, ground.reload]
  useEffect(() => {
    if (reportIsOld) reloadReport()
    if (groundIsOld) reloadGround()
  }, [reportIsOld, groundIsOld, reloadReport, reloadGround])
  return report
}

/** With what, how on the map, and the report. */
function Choices({ plan }: { readonly plan: Plan }): ReactNode {
  const say = useSay()
  const other = useOther()
  const [, setOther] = useChoice<string>('with', 'in_force')
  const [view, setView] = useView()
  const plans = useResource(api.plans(plan.area_code)).data?.plans ?? []
  const others = plans.filter((one) => one.area_code === plan.area_code && one.id !== plan.id)
  return (
    <div className="comparison-choices">
      <label className="form-field">
        <span className="quiet">{say(text.compareWith)}</span>
        <Select
          aria-label={say(text.compareWith)}
          value={other ?? 'in_force'}
          onChange={(next) => setOther(next, 'push')}
          options={[
            { value: 'in_force', label: say(text.inForce) },
            ...others.map((one) => ({
              value: one.id,
              label: `${one.name} · ${say(editorText.status[one.status])}`,
            })),
          ]}
        />
      </label>
      <Radio.Group
        size="small"
        optionType="button"
        aria-label={say(text.mapView)}
        value={view}
        onChange={(event) => setView(event.target.value as ComparisonView, 'push')}
        options={(['plan', 'swipe', 'side'] as const).map((one) => ({
          value: one,
          label: say(text.views[one]),
        }))}
      />
      <div className="comparison-links">
        {(['', '.pdf', '.xlsx'] as const).map((ending) => (
          <Button
            key={ending}
            size="small"
            href={reportAddress(plan.id, other, ending)}
            target="_blank"
            rel="noopener"
          >
            {ending === '' ? say(text.report) : ending.slice(1).toUpperCase()}
          </Button>
        ))}
      </div>
    </div>
  )
}

function ComparisonReport({ report }: { readonly report: PlanComparisonReport }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const { households } = report
  return (
    <>
      <p className="quiet">{say(text.comparedOn, { day: formatDay(language, report.day, true) })}</p>
      {isSame(report) ? (
        <Empty title={say(text.same)} hint={say(text.sameHint)} />
      ) : (
        <>
          <dl className="figures">
            {(['moved', 'entered', 'left'] as const).map((name) => (
              <div key={name} className="figure">
                <dt className="quiet">{say(text[name])}</dt>
                <dd>
                  <strong>{formatNumber(households[name])}</strong>
                </dd>
              </div>
            ))}
          </dl>
          <p className="quiet">
            {say(text.keptOf, { kept: formatNumber(households.kept), total: formatNumber(households.total) })}{' '}
            · {say(text.groundMoved, { area: formatArea(report.area_moved_m2) })}
          </p>
        </>
      )}
      <FigureTable report={report} />
      {!isSame(report) && (
        <>
          <FlowTable moves={report.moves} />
          <CodeFates codes={report.codes} />
          <ChangedGrids report={report} />
          <Workers workers={report.workers} />
        </>
      )}
    </>
  )
}
