/** In a problem's drawer: the ways to settle it, what each would move, and taking one for a plan. */
import { Button, Radio } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { CheckProblem } from '../../../../server/contract/check.ts'
import type { RepairMessage } from '../../../../server/contract/repairs.ts'
import { Loading } from '../../../frame/states.tsx'
import { formatArea, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { hover } from '../../../state.ts'
import { shortCodes, usePlanReport } from '../data.ts'
import { choose, type RepairOption, withChoice } from './chosen.ts'
import { useMayDraw, useRepairs } from './data.ts'
import { text } from './text.ts'

export function RepairSection({ problem }: { readonly problem: CheckProblem }): ReactNode {
  const say = useSay()
  const found = useRepairs()
  if (found === null) return null
  const repair = found.repairs?.find((one) => one.problem.id === problem.id)
  return (
    <section>
      <h2>{say(text.howToRepair)}</h2>
      {found.repairs === undefined ? (
        <Loading rows={3} />
      ) : repair === undefined ? null : repair.options.length === 0 ? (
        <p className="quiet">{say(repair.reason)}</p>
      ) : (
        <Ways key={problem.id} repair={repair} />
      )}
    </section>
  )
}

function Ways({ repair }: { readonly repair: RepairMessage }): ReactNode {
  const say = useSay()
  const found = useRepairs()
  const mayDraw = useMayDraw()
  const { problem, options, recommended, reason } = repair
  const taken = found?.chosen.get(problem.id) ?? null
  const [picked, setPicked] = useState(taken ?? recommended ?? options[0]?.id ?? null)
  useEffect(() => () => hover(null), [])
  const take = (option: string | null): void => {
    if (found) choose(found.division, withChoice(found.chosen, problem.id, option))
  }
  return (
    <>
      <Radio.Group
        className="repair-ways"
        aria-label={say(text.ways)}
        value={picked}
        onChange={(event) => setPicked(event.target.value as string)}
      >
        {options.map((option) => {
          const show = (): void => hover({ kind: 'repair', id: option.id })
          const hide = (): void => hover(null)
          return (
            <div
              key={option.id}
              className={`repair-way${option.id === picked ? ' is-picked' : ''}`}
              onMouseEnter={show}
              onMouseLeave={hide}
              onFocus={show}
              onBlur={hide}
            >
              <Radio value={option.id}>
                <Way option={option} isRecommended={option.id === recommended} />
              </Radio>
            </div>
          )
        })}
      </Radio.Group>
      <p className="quiet">
        {recommended === null ? say(reason) : say(text.because, { reason: say(reason) })}
      </p>
      {mayDraw && (
        <div className="state-actions">
          {picked !== null && picked !== taken && (
            <Button type="primary" onClick={() => take(picked)}>
              {say(taken === null ? text.add : text.replace)}
            </Button>
          )}
          {taken !== null && <Button onClick={() => take(null)}>{say(text.remove)}</Button>}
        </div>
      )}
    </>
  )
}

function Way({
  option,
  isRecommended,
}: {
  readonly option: RepairOption
  readonly isRecommended: boolean
}): ReactNode {
  const say = useSay()
  const { report } = usePlanReport()
  const before = new Map(report?.per_grid.map((one) => [one.grid, one.area_m2]))
  const changes = [
    ...option.grows.map(({ grid, area_m2 }) => ({ grid, change: area_m2 })),
    ...option.shrinks.map(({ grid, area_m2 }) => ({ grid, change: -area_m2 })),
  ]
  const area = formatArea(option.area_m2)
  return (
    <span className="repair-way-text">
      <span>
        {say(option.message)}
        {isRecommended && <span className="status-tag is-approved">{say(text.recommended)}</span>}
      </span>
      <span className="quiet">
        {option.households === null || option.households === 0
          ? say(text.moves, { area })
          : say(text.movesHouseholds, { area, n: formatNumber(option.households) })}
      </span>
      {changes.map(({ grid, change }) => {
        const had = before.get(grid)
        return (
          <span key={grid} className="repair-change">
            <span title={grid}>
              {change > 0 ? '▲' : '▼'} {shortCodes([grid])}
            </span>
            {had !== undefined && (
              <span>
                {say(text.fromTo, {
                  before: formatNumber(had),
                  after: formatNumber(Math.max(0, had + change)),
                })}
              </span>
            )}
          </span>
        )
      })}
      {option.removes.length > 0 && (
        <span className="job-error">{say(text.drops, { codes: option.removes.join(', ') })}</span>
      )}
    </span>
  )
}
