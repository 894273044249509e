/** Problems grouped by kind, the kind that touches most households first; each group folds. */

import { type ReactNode, useMemo, useState } from 'react'
import type { CheckProblem, CheckReport } from '../../../server/contract/check.ts'
import type { ProblemStatus } from '../../../server/core/coverage/problem-life.ts'
import { SearchField } from '../../frame/search-field.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { VirtualList } from '../../frame/virtual-list.tsx'
import { formatArea, formatLength, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { bboxOf } from '../../map/bbox.ts'
import { useArea } from '../../period.ts'
import { hover, sameTarget, select, useStored } from '../../state.ts'
import { ClosureSection } from './closure/section.tsx'
import {
  exceptedGroup,
  filterProblems,
  groupByLife,
  type ProblemGroup,
  problemTitle,
  usePlanReport,
} from './data.ts'
import { useLives } from './exceptions/data.ts'
import { isExcepted } from './exceptions/lives.ts'
import { text as exceptionText } from './exceptions/text.ts'
import { placeOf } from './layers.ts'
import { NoGrids } from './no-grids.tsx'
import { problemKindOf } from './problem-kinds.ts'
import { ProblemMark } from './problem-mark.tsx'
import { RepairBar } from './repairs/bar.tsx'
import { text } from './text.ts'

export function ProblemList(): ReactNode {
  const { report, fileGrids, error, reload } = usePlanReport()
  if (error && !report) return <Failed error={error} onRetry={reload} />
  if (!report) return <Loading rows={10} />
  return (
    <>
      {!fileGrids && <ClosureSection />}
      {!fileGrids && report.grids === 0 ? (
        <NoGrids />
      ) : (
        <>
          <ReportedProblems report={report} />
          <RepairBar />
        </>
      )}
    </>
  )
}

/** A heading of a kind, or a problem under it. */
type Line = { readonly group: ProblemGroup; readonly problem: CheckProblem | null }

/** The problems of a report as a list; also shows those of a file that was only checked. */
export function ReportedProblems({ report }: { readonly report: CheckReport }): ReactNode {
  const say = useSay()
  const [wanted, setWanted] = useState('')
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const selected = useStored((state) => state.address.selection)
  const hovered = useStored((state) => state.hover)
  const lives = useLives(report)
  const open = report.problems.filter((problem) => !isExcepted(lives, problem))
  const lines = useMemo(() => {
    const groups = groupByLife(filterProblems(report.problems, wanted), (one) => isExcepted(lives, one))
    return groups.flatMap((group): Line[] => [
      { group, problem: null },
      ...(folded.has(group.code) ? [] : group.problems.map((problem) => ({ group, problem }))),
    ])
  }, [report, lives, wanted, folded])

  if (report.problems.length === 0)
    return (
      <Empty
        title={say(text.noProblems)}
        hint={say(text.noProblemsHint, {
          grids: formatNumber(report.grids),
          households: formatNumber(report.households.total),
        })}
      />
    )

  const fold = (code: string): void => {
    const next = new Set(folded)
    if (!next.delete(code)) next.add(code)
    setFolded(next)
  }
  return (
    <div className="panel-list">
      <div className="panel-tools">
        <SearchField label={say(text.searchProblems)} value={wanted} onChange={setWanted} />
      </div>
      <p className="panel-summary quiet">
        {say(text.summary, {
          problems: formatNumber(open.length),
          households: formatNumber(report.households.in_none + report.households.in_several),
          grids: formatNumber(report.grids),
        })}
      </p>
      {lines.length === 0 && <Empty title={say(text.noMatch)} />}
      <VirtualList
        items={lines}
        itemHeight={40}
        itemKey={(line) => line.problem?.id ?? `group ${line.group.code}`}
        label={say(text.problemsOf)}
        shape="tree"
        reveal={lines.findIndex((line) => line.problem && isTarget(line.problem, selected))}
        row={({ group, problem }) =>
          problem === null
            ? {
                className: 'problem-group',
                level: 1,
                expanded: !folded.has(group.code),
                onOpen: () => fold(group.code),
                content: <GroupHead group={group} folded={folded.has(group.code)} />,
              }
            : {
                className: isTarget(problem, hovered) ? 'is-hovered' : '',
                level: 2,
                selected: isTarget(problem, selected),
                onOpen: () => select({ kind: 'problem', id: problem.id }, boxOf(problem)),
                onRest: (resting) => hover(resting ? { kind: 'problem', id: problem.id } : null),
                content: <ProblemRow problem={problem} status={lives.get(problem.id)?.status} />,
              }
        }
      />
    </div>
  )
}

const isTarget = (problem: CheckProblem, target: { kind: string; id: string } | null): boolean =>
  sameTarget({ kind: 'problem', id: problem.id }, target)

export function boxOf(problem: CheckProblem): ReturnType<typeof bboxOf> {
  const place = placeOf(problem)
  return place && bboxOf(place)
}

function GroupHead({ group, folded }: { readonly group: ProblemGroup; readonly folded: boolean }): ReactNode {
  const say = useSay()
  return (
    <div className="problem-row">
      <span aria-hidden="true" className="fold-mark">
        {folded ? '▸' : '▾'}
      </span>
      <b>{say(group.code === exceptedGroup ? exceptionText.group : problemKindOf(group.code).name)}</b>
      <span className="tab-count">{formatNumber(group.problems.length)}</span>
      <span className="problem-figures quiet">
        {group.areaSquareMetres > 0 && <span>{formatArea(group.areaSquareMetres)}</span>}
        {group.households > 0 && (
          <span className="problem-households">
            {say(text.householdsN, { n: formatNumber(group.households) })}
          </span>
        )}
      </span>
    </div>
  )
}

function ProblemRow({
  problem,
  status,
}: {
  readonly problem: CheckProblem
  readonly status: ProblemStatus | undefined
}): ReactNode {
  const say = useSay()
  const { family } = problemKindOf(problem.code)
  const extent =
    (problem.area_m2 ?? 0) > 0
      ? formatArea(problem.area_m2)
      : problem.length_m
        ? formatLength(problem.length_m)
        : ''
  return (
    <div className="problem-row">
      <ProblemMark family={family} />
      <span className="problem-title">{problemTitle(problem, useArea()?.name)}</span>
      {(status === 'expired' || status === 'reopened') && (
        <span className="problem-life">{say(exceptionText.status[status])}</span>
      )}
      <span className="problem-figures quiet">
        {extent !== '' && <span>{extent}</span>}
        {(problem.households ?? 0) > 0 && (
          <span className="problem-households">
            {say(text.householdsN, { n: formatNumber(problem.households) })}
          </span>
        )}
      </span>
    </div>
  )
}
