/** A problem: its figures, what it says, the grids concerned, and how it was measured. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { CheckProblem } from '../../../server/contract/check.ts'
import { CopyButton } from '../../frame/copy-button.tsx'
import { DrawerShell } from '../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { formatArea, formatLength, formatNumber, formatPosition } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { useArea } from '../../period.ts'
import { select } from '../../state.ts'
import { useGrids, usePlanReport } from './data.ts'
import { ExceptionSection } from './exceptions/section.tsx'
import { problemKindOf } from './problem-kinds.ts'
import { boxOf } from './problem-list.tsx'
import { ProblemMark } from './problem-mark.tsx'
import { RepairSection } from './repairs/section.tsx'
import { text } from './text.ts'

export function ProblemDrawer({ id }: { readonly id: string }): ReactNode {
  const say = useSay()
  const { report, error, reload, loading } = usePlanReport()
  const problem = report?.problems.find((one) => one.id === id)
  if (problem) return <ProblemDetails problem={problem} />
  return (
    <DrawerShell kind={say(text.problem)} title="">
      {error ? (
        <Failed error={error} onRetry={reload} />
      ) : loading || !report ? (
        <Loading />
      ) : (
        <Empty title={say(text.problemGone)} hint={say(text.problemGoneHint)} />
      )}
    </DrawerShell>
  )
}

function ProblemDetails({ problem }: { readonly problem: CheckProblem }): ReactNode {
  const say = useSay()
  const kind = problemKindOf(problem.code)
  const box = boxOf(problem)
  const position = box ? formatPosition((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) : undefined
  const figures = [
    { name: say(text.area), value: formatArea(problem.area_m2) },
    { name: say(text.width), value: formatLength(problem.width_m) },
    { name: say(text.households), value: formatNumber(problem.households) },
  ]
  const copied = [
    `${say(kind.name)} · ${problem.grids.join(', ')}`,
    say(problem.message),
    ...figures.map((figure) => `${figure.name}: ${figure.value}`),
    position,
    problem.id,
  ]
  return (
    <DrawerShell
      kind={
        <span className="kind-line">
          <ProblemMark family={kind.family} /> {say(text.problem)}
        </span>
      }
      title={say(kind.name)}
    >
      <dl className="figures">
        {figures.map((figure) => (
          <div key={figure.name} className="figure">
            <dt className="quiet">{figure.name}</dt>
            <dd>
              <strong>{figure.value}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <p>{say(problem.message)}</p>
      <section>
        <h2>{say(text.affected)}</h2>
        <ConcernedGrids codes={problem.grids} />
      </section>
      <RepairSection problem={problem} />
      <ExceptionSection problem={problem} />
      <dl className="facts">
        {problem.length_m !== null && problem.length_m !== undefined && (
          <>
            <dt>{say(text.length)}</dt>
            <dd>{formatLength(problem.length_m)}</dd>
          </>
        )}
        {problem.household && (
          <>
            <dt>{say(text.household)}</dt>
            <dd>{problem.household}</dd>
          </>
        )}
        {position && (
          <>
            <dt>{say(text.place)}</dt>
            <dd>{position}</dd>
          </>
        )}
      </dl>
      <section>
        <h2>{say(text.howMeasured)}</h2>
        <p className="quiet">{say(kind.measured)}</p>
      </section>
      <div>
        <CopyButton text={copied.filter(Boolean).join('\n')} label={say(text.copy)} />
      </div>
    </DrawerShell>
  )
}

/** Codes that lead to their grids, where the stored division knows them. */
function ConcernedGrids({ codes }: { readonly codes: readonly string[] }): ReactNode {
  const say = useSay()
  const area = useArea()
  const { data } = useGrids()
  const known = new Map(data?.grids.map((grid) => [grid.code, grid]))
  if (codes.length === 0)
    return <p className="quiet">{say(text.noGridConcerned, { area: area?.name ?? formatNumber(null) })}</p>
  return (
    <ul className="chips">
      {codes.map((code) => {
        const grid = known.get(code)
        return (
          <li key={code}>
            {grid ? (
              <Button size="small" onClick={() => select({ kind: 'grid', id: code }, grid.bbox)}>
                {grid.name ? `${grid.name} ${code.slice(-6)}` : code}
              </Button>
            ) : (
              code
            )}
          </li>
        )
      })}
    </ul>
  )
}
