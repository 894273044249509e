/** Over the list of problems: do the households add up level by level; the first level that does not, by how many, and where. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Closure, LadderStep } from '../../../../server/contract/closure.ts'
import { api } from '../../../api.ts'
import { Failed } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { type Bbox, navigate, select, showOnMap } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { useGrids, usePlanPeriod } from '../data.ts'
import { text } from './text.ts'

export function ClosureSection(): ReactNode {
  const say = useSay()
  const area = useArea()
  const day = usePlanPeriod()?.day
  const { data, current, error, reload } = useResource(area && day ? api.closure(area.code, day) : null)
  if (error && !data) return <Failed error={error} onRetry={reload} />
  // A line of its own height, so that the list below does not jump.
  if (!data || !current) return <div className="closure is-waiting" />
  // Nobody to count yet: that nothing differs from nothing is no news.
  if (data.steps.every((step) => step.upper_total === 0 && step.lower_total === 0)) return null
  const open = data.first_open === null ? undefined : data.steps[data.first_open]
  return (
    <details className={`closure${open ? ' is-open' : ''}`}>
      <summary>
        <b>{say(text.title)}</b>
        <span className="closure-verdict">
          {open
            ? `${say(text.open, levelsOf(open, say))} · ${differenceOf(open, say)}`
            : `✓ ${say(text.closes)}`}
        </span>
      </summary>
      <div className="closure-body">
        <p className="quiet">{say(text.hint)}</p>
        {open && <p>{say(data.message)}</p>}
        <ol className="closure-steps">
          {data.steps.map((step) => (
            <Step key={step.lower} step={step} positions={data.positions} />
          ))}
        </ol>
      </div>
    </details>
  )
}

type SayHere = ReturnType<typeof useSay>

const levelsOf = ({ upper, lower }: LadderStep, say: SayHere) => ({
  upper: say(text.levels[upper]),
  lower: say(text.levels[lower]),
})

/** By how much a step is open: the totals may agree and the households all the same be others. */
function differenceOf({ upper_total, lower_total }: LadderStep, say: SayHere): string {
  const n = Math.abs(upper_total - lower_total)
  return n === 0 ? say(text.differs) : say(text.difference, { n: formatNumber(n) })
}

interface StepProps {
  readonly step: LadderStep
  readonly positions: Closure['positions']
}

function Step({ step, positions }: StepProps): ReactNode {
  const say = useSay()
  const isHousehold = step.lower === 'household'
  return (
    <li className={step.closes ? '' : 'is-open'}>
      <div className="closure-step">
        <span>{say(text.step, levelsOf(step, say))}</span>
        <span className="closure-sums">
          {formatNumber(step.upper_total)} {step.upper_total === step.lower_total ? '=' : '≠'}{' '}
          {formatNumber(step.lower_total)}
        </span>
        <span aria-hidden="true">{step.closes ? '✓' : '✗'}</span>
        <span className="sr-only">{step.closes ? say(text.closes) : differenceOf(step, say)}</span>
      </div>
      {step.gaps.map((gap) => (
        <div key={gap.code} className="closure-gap">
          <UnitLink level={step.upper} code={gap.code} name={gap.name} />{' '}
          <span className="quiet">
            {say(text.gap, { total: formatNumber(gap.total), sum: formatNumber(gap.sum) })}
          </span>
          {(['missing', 'doubled', 'strange'] as const).map((kind) => (
            <Homes
              key={kind}
              title={say(text[kind], { n: formatNumber(gap[kind].length) })}
              ids={gap[kind]}
              positions={positions}
            />
          ))}
        </div>
      ))}
      {isHousehold ? (
        <Homes
          title={say(text.orphans, { n: formatNumber(step.orphans.length) })}
          ids={step.orphans.map(({ code }) => code)}
          positions={positions}
        />
      ) : (
        step.orphans.length > 0 && (
          <div className="closure-gap">
            <p className="quiet">{say(text.orphans, { n: formatNumber(step.orphans.length) })}</p>
            {step.orphans.map(({ code, name }) => (
              <UnitLink key={code} level={step.lower} code={code} name={name} />
            ))}
          </div>
        )
      )}
      <Homes
        title={say(text.repeated, { n: formatNumber(step.repeated.length) })}
        ids={step.repeated}
        positions={positions}
      />
    </li>
  )
}

/** An area is gone to, a grid is selected. */
function UnitLink({
  level,
  code,
  name,
}: {
  readonly level: LadderStep['upper']
  readonly code: string
  readonly name: string | null
}): ReactNode {
  const grids = useGrids().data?.grids
  const isGrid = level === 'grid' || level === 'microgrid'
  const go = (): void => {
    // In a county grids are named with their town.
    const own = code.slice(code.indexOf('/') + 1)
    if (isGrid) select({ kind: 'grid', id: own }, grids?.find((grid) => grid.code === own)?.bbox)
    else navigate({ area: code, selection: null, view: null })
  }
  return (
    <Button type="link" size="small" title={code} onClick={go}>
      {name ?? code}
    </Button>
  )
}

/** Households named before one asks for all of them. */
const namedAtFirst = 12

/** Households by their ids; each goes to its place on the map. */
function Homes({
  title,
  ids,
  positions,
}: {
  readonly title: string
  readonly ids: readonly string[]
  readonly positions: Closure['positions']
}): ReactNode {
  const say = useSay()
  const [all, setAll] = useState(false)
  if (ids.length === 0) return null
  const shown = all ? ids : ids.slice(0, namedAtFirst)
  return (
    <div className="closure-homes">
      <p className="quiet">{title}</p>
      <p className="chips">
        {shown.map((id) => {
          const position = positions[id]
          return position ? (
            <Button
              key={id}
              type="link"
              size="small"
              aria-label={say(text.showHousehold, { id })}
              onClick={() => showOnMap(boxAround(position))}
            >
              {id}
            </Button>
          ) : (
            <span key={id}>{id}</span>
          )
        })}
        {shown.length < ids.length && (
          <Button size="small" onClick={() => setAll(true)}>
            {say(text.more, { n: formatNumber(ids.length) })}
          </Button>
        )}
      </p>
    </div>
  )
}

/** Some 200 m across, so that the neighbourhood shows. */
function boxAround([longitude, latitude]: readonly [number, number]): Bbox {
  return [longitude - 0.001, latitude - 0.001, longitude + 0.001, latitude + 0.001]
}
