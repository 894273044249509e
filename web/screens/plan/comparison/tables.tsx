/** The parts of a comparison: figures of both sides, flows of households, codes, grids, workers. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { PlanComparisonReport } from '../../../../server/contract/plan-comparison.ts'
import { formatArea, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { bboxOf } from '../../../map/bbox.ts'
import { hover, sameTarget, select, useStored } from '../../../state.ts'
import { useComparisonGround } from './data.ts'
import { changedGrids, figureRows, flowId, flowsOf, type Move } from './figures.ts'
import { flowBox, nameIn } from './layers.ts'
import { text } from './text.ts'

export function FigureTable({ report }: { readonly report: PlanComparisonReport }): ReactNode {
  const say = useSay()
  const nameOf = ({ plan }: PlanComparisonReport['before']): string => plan?.name ?? say(text.inForce)
  return (
    <section>
      <h2>{say(text.figures)}</h2>
      <table className="change-table" aria-label={say(text.figures)}>
        <thead>
          <tr>
            <th>{say(text.figure)}</th>
            {(['before', 'after'] as const).map((side) => (
              <th key={side} className="is-right" title={nameOf(report[side])}>
                {say(text[side])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figureRows(report).map((row) => (
            <tr key={row.name.en}>
              <th scope="row">{say(row.name)}</th>
              {(['before', 'after'] as const).map((side) => (
                <td key={side} className="is-right">
                  {row.better === side ? <b>{row[side]}</b> : row[side]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** From → to, the largest first. A row and the dots of its households on the map are one. */
export function FlowTable({ moves }: { readonly moves: readonly Move[] }): ReactNode {
  const say = useSay()
  const { data: ground, current } = useComparisonGround()
  const hovered = useStored((state) => state.hover)
  const selected = useStored((state) => state.address.selection)
  const nameOf = useGridName()
  const flows = flowsOf(moves)
  const sum = (of: (flow: Move) => number): string => formatNumber(flows.reduce((n, flow) => n + of(flow), 0))
  return (
    <section>
      <h2>{say(text.flows)}</h2>
      {flows.length === 0 ? (
        <p className="quiet">{say(text.noFlows)}</p>
      ) : (
        <table className="change-table is-linked" aria-label={say(text.flows)}>
          <thead>
            <tr>
              <th>{say(text.from)}</th>
              <th>{say(text.to)}</th>
              <th className="is-right">{say(text.homes)}</th>
              <th className="is-right">{say(text.persons)}</th>
            </tr>
          </thead>
          <tbody>
            {flows.map((flow) => {
              const target = { kind: 'flow', id: flowId(flow) }
              const show = (): void =>
                select(target, current && ground ? flowBox(ground.moved, target.id) : undefined)
              return (
                <tr
                  key={target.id}
                  className={
                    sameTarget(target, selected)
                      ? 'is-selected'
                      : sameTarget(target, hovered)
                        ? 'is-hovered'
                        : ''
                  }
                  onMouseEnter={() => hover(target)}
                  onMouseLeave={() => hover(null)}
                >
                  <td>
                    <Button
                      type="link"
                      size="small"
                      title={flow.from ?? ''}
                      aria-label={say(text.flowName, {
                        from: nameOf(flow.from),
                        to: nameOf(flow.to),
                      })}
                      aria-pressed={sameTarget(target, selected)}
                      onFocus={() => hover(target)}
                      onBlur={() => hover(null)}
                      onClick={show}
                    >
                      {nameOf(flow.from)}
                    </Button>
                  </td>
                  <td title={flow.to ?? ''}>{nameOf(flow.to)}</td>
                  <td className="is-right">{formatNumber(flow.households.length)}</td>
                  <td className="is-right">{formatNumber(flow.persons)}</td>
                </tr>
              )
            })}
          </tbody>
          {flows.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>
                  {say(text.total)}
                </th>
                <td className="is-right">{sum((flow) => flow.households.length)}</td>
                <td className="is-right">{sum((flow) => flow.persons)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      )}
    </section>
  )
}

export function CodeFates({ codes }: Pick<PlanComparisonReport, 'codes'>): ReactNode {
  const say = useSay()
  const lists = [
    { title: say(text.created, { n: formatNumber(codes.created.length) }), list: codes.created },
    { title: say(text.retired, { n: formatNumber(codes.retired.length) }), list: codes.retired },
  ]
  return (
    <section>
      <h2>{say(text.codes)}</h2>
      <p className="quiet">{say(text.kept, { n: formatNumber(codes.kept.length) })}</p>
      {lists.map(
        ({ title, list }) =>
          list.length > 0 && (
            <div key={title}>
              <p className="quiet">{title}</p>
              <p className="chips">
                {list.map((code) => (
                  <GridLink key={code} code={code}>
                    {code}
                  </GridLink>
                ))}
              </p>
            </div>
          ),
      )}
    </section>
  )
}

export function ChangedGrids({ report }: { readonly report: PlanComparisonReport }): ReactNode {
  const say = useSay()
  return (
    <section>
      <h2>{say(text.gridsChanged)}</h2>
      <table className="change-table" aria-label={say(text.gridsChanged)}>
        <thead>
          <tr>
            <th>{say(text.grid)}</th>
            <th className="is-right">{say(text.before)}</th>
            <th className="is-right">{say(text.after)}</th>
            <th className="is-right">{say(text.ground)}</th>
            <th>{say(text.fate)}</th>
          </tr>
        </thead>
        <tbody>
          {changedGrids(report).map((grid) => (
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
              <td className="is-right">{formatArea(grid.area_gained_m2 + grid.area_lost_m2)}</td>
              <td>{say(text.fates[grid.status])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function Workers({ workers }: Pick<PlanComparisonReport, 'workers'>): ReactNode {
  const say = useSay()
  return (
    <section>
      <h2>{say(text.workers)}</h2>
      {workers.length === 0 && <p className="quiet">{say(text.noWorkers)}</p>}
      <ul className="change-list">
        {workers.map((one) => (
          <li key={one.worker}>
            <b>{one.worker}</b>{' '}
            <span className="quiet">
              {say(text.workerChange, {
                before: formatNumber(one.households_before),
                after: formatNumber(one.households_after),
                leaving: formatNumber(one.roster_leaving),
                staying: formatNumber(one.roster_staying),
              })}
              {one.retired_grids.length > 0 &&
                ` · ${say(text.workerWithout, { grids: one.retired_grids.map((code) => code.slice(-6)).join(' ') })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What people call a grid of either side; null: that there is none. */
export function useGridName(): (code: string | null) => string {
  const say = useSay()
  const { data: ground, current } = useComparisonGround()
  const grids = current && ground ? [...ground.after, ...ground.before] : []
  return (code) => (code === null ? say(text.noGrid) : nameIn(grids, code))
}

/** A grid of either side: pointed at it lights on both maps, chosen it is shown. */
export function GridLink({
  code,
  children,
}: {
  readonly code: string
  /** Its name, or the end of its code, when absent. */
  readonly children?: ReactNode
}): ReactNode {
  const { data: ground, current } = useComparisonGround()
  const nameOf = useGridName()
  const target = { kind: 'grid', id: code }
  const show = (): void => {
    const found = current ? [...(ground?.after ?? []), ...(ground?.before ?? [])] : []
    const grid = found.find((one) => one.code === code)
    select(target, grid && bboxOf(grid.geometry as never))
  }
  return (
    <Button
      type="link"
      size="small"
      title={code}
      onMouseEnter={() => hover(target)}
      onMouseLeave={() => hover(null)}
      onFocus={() => hover(target)}
      onBlur={() => hover(null)}
      onClick={show}
    >
      {children ?? nameOf(code)}
    </Button>
  )
}
