/** What the plan changes of the division in force: households from → to, grids, people. Of what is saved. */
import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import type { Plan, PlanChangesReport } from '../../../../server/contract/plans.ts'
import { api } from '../../../api.ts'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatArea, formatDay, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { select, useStored } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useSession } from './editing.ts'
import { text } from './flow-text.ts'
import { gridBox } from './places.ts'

/** The changes of what is saved: asked again after every save. */
function useChanges(plan: Plan) {
  const revision = useSession((state) => state.revision)
  const loaded = useResource(api.planChanges(plan.id))
  // Somebody else's save may be newer than what is drawn here: only what is older is asked again.
  const stale = loaded.data !== undefined && !loaded.loading && loaded.data.revision < (revision ?? 0)
  const { reload } = loaded
  useEffect(() => {
    if (stale) reload()
  }, [stale, reload])
  return loaded
}

export function Changes({ plan }: { readonly plan: Plan }): ReactNode {
  const { data, error, reload } = useChanges(plan)
  if (error && !data) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading rows={8} />
  return <ChangeReport changes={data} />
}

function ChangeReport({ changes }: { readonly changes: PlanChangesReport }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const { households } = changes
  const moves = changes.moves.filter((move) => move.households.length > 0)
  if (moves.length === 0 && changes.area_moved_m2 === 0)
    return <Empty title={say(text.noChanges)} hint={say(text.noChangesHint)} />
  return (
    <div className="changes">
      <p className="quiet">{say(text.comparedOn, { day: formatDay(language, changes.day, true) })}</p>
      <dl className="figures">
        {[
          { name: say(text.moved), value: formatNumber(households.moved) },
          { name: say(text.entered), value: formatNumber(households.entered) },
          { name: say(text.left), value: formatNumber(households.left) },
        ].map((figure) => (
          <div key={figure.name} className="figure">
            <dt className="quiet">{figure.name}</dt>
            <dd>
              <strong>{figure.value}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        {say(text.keptOf, { kept: formatNumber(households.kept), total: formatNumber(households.total) })} ·{' '}
        {say(text.groundMoved, { area: formatArea(changes.area_moved_m2) })}
      </p>
      {moves.length > 0 && (
        <section>
          <h2>{say(text.matrix)}</h2>
          <MoveTable moves={moves} />
        </section>
      )}
      <section>
        <h2>{say(text.gridsChanged)}</h2>
        <table className="change-table">
          <thead>
            <tr>
              <th>{say(text.grid)}</th>
              <th className="is-right">{say(text.before)}</th>
              <th className="is-right">{say(text.after)}</th>
              <th>{say(text.codeFate)}</th>
            </tr>
          </thead>
          <tbody>
            {changes.grids
              .filter(
                (grid) =>
                  grid.status !== 'kept' ||
                  grid.renamed ||
                  grid.households_gained + grid.households_lost > 0 ||
                  grid.area_gained_m2 + grid.area_lost_m2 > 0,
              )
              .map((grid) => (
                <tr key={grid.code}>
                  <td>
                    <GridLink code={grid.code} />
                  </td>
                  <td className="is-right">
                    {formatNumber(grid.status === 'created' ? null : grid.households_before)}
                  </td>
                  <td className="is-right">
                    {formatNumber(grid.status === 'retired' ? null : grid.households_after)}
                  </td>
                  <td>{say(text.fates[grid.status])}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
      <section>
        <h2>{say(text.workersTouched)}</h2>
        {changes.workers.length === 0 && <p className="quiet">{say(text.noWorkers)}</p>}
        <ul className="change-list">
          {changes.workers.map((one) => (
            <li key={one.worker}>
              <b>{one.worker}</b>{' '}
              <span className="quiet">
                {say(text.workerChange, {
                  before: formatNumber(one.households_before),
                  after: formatNumber(one.households_after),
                  leaving: formatNumber(one.roster_leaving),
                })}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

type Move = PlanChangesReport['moves'][number]

/** Grids of the division in force down, those of the plan across; households that change. Long divisions as a list. */
function MoveTable({ moves }: { readonly moves: readonly Move[] }): ReactNode {
  const say = useSay()
  const from = [...new Set(moves.map((move) => move.from ?? ''))].toSorted()
  const to = [...new Set(moves.map((move) => move.to ?? ''))].toSorted()
  const name = (code: string): ReactNode => (code === '' ? say(text.noGrid) : <GridLink code={code} />)
  if (from.length > 6 || to.length > 6)
    return (
      <ul className="change-list">
        {moves
          .toSorted((a, b) => b.households.length - a.households.length)
          .map((move) => (
            <li key={`${move.from} ${move.to}`}>
              {name(move.from ?? '')} → {name(move.to ?? '')}
              <span className="change-count">
                {say(text.householdsN, { n: formatNumber(move.households.length) })}
              </span>
            </li>
          ))}
      </ul>
    )
  const count = (a: string, b: string): number =>
    moves.find((move) => (move.from ?? '') === a && (move.to ?? '') === b)?.households.length ?? 0
  return (
    <table className="change-table">
      <thead>
        <tr>
          <th>{say(text.fromTo)}</th>
          {to.map((code) => (
            <th key={code} className="is-right">
              {name(code)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {from.map((a) => (
          <tr key={a}>
            <th>{name(a)}</th>
            {to.map((b) => (
              <td key={b} className="is-right">
                {count(a, b) === 0 ? '' : formatNumber(count(a, b))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function GridLink({ code }: { readonly code: string }): ReactNode {
  const drawing = useSession((state) => state.drawing)
  const grid = drawing?.grids.get(code)
  if (!drawing || !grid) return <span title={code}>{code.slice(-6)}</span>
  return (
    <Button
      type="link"
      size="small"
      title={code}
      onClick={() => select({ kind: 'grid', id: code }, gridBox(drawing, code))}
    >
      {grid.name ?? code.slice(-6)}
    </Button>
  )
}
