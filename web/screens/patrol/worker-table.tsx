/** The workers of the day: strip, hours, kilometres, households, rules; who needs attention first. */

import { Select } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { type Column, RowTable } from '../../frame/row-table.tsx'
import { SearchField } from '../../frame/search-field.tsx'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { formatDay, formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { useSay } from '../../i18n/use-say.ts'
import { wordOr } from '../../i18n/words.ts'
import { useAddress, useChoice, useStored } from '../../state.ts'
import { useGridName, useGridsOfDay, usePatrolDayShown, usePatrolDays, usePeople } from './data.ts'
import { text as evidenceText } from './evidence/text.ts'
import { NoPatrol } from './no-patrol.tsx'
import { judgedFigure, RuleMark } from './rule-mark.tsx'
import { DayStrip, StripPatterns } from './strip.tsx'
import { text } from './text.ts'
import { spanOfTarget, workerOfTarget } from './trace-time.ts'
import {
  byAttention,
  byFigure,
  filterWorkers,
  flagsOf,
  hoursInside,
  householdsPassed,
  householdsTotal,
  isDayWithinError,
  isMet,
  isShown,
  kilometresInside,
  rulesOf,
  type Show,
  showChoices,
  type WorkerDay,
} from './workers.ts'

export function WorkerTable(): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const day = usePatrolDayShown()
  const { data, current, error, reload } = usePatrolDays()
  const people = usePeople()
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data || !people) return <Loading rows={12} />
  if (people.length === 0 && current)
    return <NoPatrol title={say(text.noPatrol, { day: formatDay(language, day) })} of="day" />
  return <Table people={people} cutShort={data.next !== null} />
}

interface TableProps {
  readonly people: readonly WorkerDay[]
  readonly cutShort: boolean
}

function Table({ people, cutShort }: TableProps): ReactNode {
  const say = useSay()
  const [wanted, setWanted] = useState('')
  const [show, setShow] = useChoice<Show>('show', 'all')
  const { selection } = useAddress()
  const gridName = useGridName()
  const boxes = useGridsOfDay().data
  const columns = useMemo(() => columnsFor(people, gridName, say), [people, gridName, say])
  const rows = useMemo(() => filterWorkers(people, show, wanted, gridName), [people, show, wanted, gridName])
  const patrols = people.filter((one) => !one.absent)
  const within = patrols.filter(({ rows: own }) => isDayWithinError(own) === true).length
  const count = (some: readonly WorkerDay[], test: (one: WorkerDay) => boolean): string =>
    formatNumber(some.filter(test).length)
  return (
    <>
      <StripPatterns />
      <div className="panel-tools">
        <SearchField label={say(text.search)} value={wanted} onChange={setWanted} />
        <Select
          className="show-choice"
          aria-label={say(text.showWhich)}
          value={show}
          popupMatchSelectWidth={false}
          options={showOptions(people, say)}
          onChange={(value) => setShow(value)}
        />
      </div>
      <p className="panel-summary quiet">
        {say(text.summary, {
          patrols: formatNumber(patrols.length),
          met: count(patrols, (one) => isMet(one) === true),
          within: within === 0 ? '' : say(text.within.people, { n: formatNumber(within) }),
          absent: count(people, (one) => one.absent),
        })}
      </p>
      {cutShort && (
        <p className="panel-summary quiet">{say(text.cutShort, { n: formatNumber(people.length) })}</p>
      )}
      {rows.length === 0 && <Empty title={say(text.noMatch)} />}
      <RowTable
        label={say(text.workersOf)}
        rows={rows}
        columns={columns}
        order="attention-up"
        rowHeight={60}
        // A stretch of a worker's day is selected with the worker: the row stays marked.
        target={(one) =>
          selection?.kind === 'stretch' && workerOfTarget(selection) === one.worker
            ? selection
            : { kind: 'worker', id: one.worker }
        }
        bbox={(one) => boxes?.grids.find((grid) => one.grids.includes(grid.code))?.bbox}
      />
    </>
  )
}

const flagWord = (flag: string) => wordOr({ ...text.flags, ...evidenceText.codes }, flag)

/** All, not met, without a fix, flagged, and each flag there is — with how many people. */
function showOptions(people: readonly WorkerDay[], say: Say): { value: Show; label: string }[] {
  const count = (show: Show): string => formatNumber(people.filter((one) => isShown(one, show)).length)
  const flags = [...new Set(people.flatMap(flagsOf))].toSorted()
  return [
    ...showChoices.map((value) => ({ value, label: say(text.shows[value], { n: count(value) }) })),
    ...flags.map((flag) => {
      const value: Show = `flag_${flag}`
      return { value, label: `${say(flagWord(flag))} ${count(value)}` }
    }),
  ]
}

/** The smallest share first: the figure people look for is where little was done. */
function columnsFor(
  people: readonly WorkerDay[],
  gridName: (code: string) => string,
  say: Say,
): Column<WorkerDay>[] {
  const ruleOf = (one: WorkerDay, name: string) => rulesOf(one).filter((rule) => rule.rule === name)
  const figure = (
    key: string,
    title: string,
    width: string,
    value: (one: WorkerDay) => number,
    written: (one: WorkerDay) => string,
    rule?: string,
  ): Column<WorkerDay> => ({
    key,
    title,
    width,
    align: 'right',
    compare: byFigure(value),
    cell: (one) =>
      one.absent ? (
        <div className="quiet">{formatNumber(null)}</div>
      ) : (
        <>
          <div>{written(one)}</div>
          <div className="row-marks">
            {rule !== undefined && ruleOf(one, rule).map((each, i) => <RuleMark key={i} rule={each} />)}
          </div>
        </>
      ),
  })
  const rounds = (one: WorkerDay): number => one.rows.reduce((sum, row) => sum + row.rounds, 0)
  const hasRounds = people.some((one) => ruleOf(one, 'rounds').length > 0)
  return [
    {
      key: 'attention',
      title: say(text.worker),
      width: 'minmax(96px, 1fr)',
      compare: byAttention,
      cell: (one) => <WorkerCell one={one} gridName={gridName} />,
    },
    figure(
      'hours',
      say(text.hours),
      '56px',
      hoursInside,
      (one) => `${judgedFigure(hoursInside(one))} h`,
      'hours',
    ),
    figure(
      'kilometres',
      say(text.kilometres),
      '60px',
      kilometresInside,
      (one) => `${judgedFigure(kilometresInside(one))} km`,
      'kilometres',
    ),
    ...(hasRounds
      ? [figure('rounds', say(text.rounds), '40px', rounds, (one) => formatNumber(rounds(one)), 'rounds')]
      : []),
    {
      key: 'reached',
      title: say(text.reached),
      width: '52px',
      align: 'right',
      compare: byFigure((one) => (householdsPassed(one) ?? 0) / Math.max(1, householdsTotal(one) ?? 0)),
      cell: (one) => (
        <>
          <div>{formatNumber(one.absent ? null : householdsPassed(one))}</div>
          <div className="quiet">{!one.absent && `/ ${formatNumber(householdsTotal(one))}`}</div>
        </>
      ),
    },
  ]
}

function WorkerCell({
  one,
  gridName,
}: {
  readonly one: WorkerDay
  readonly gridName: (code: string) => string
}): ReactNode {
  const say = useSay()
  const hovered = useStored((state) => state.hover)
  const selected = useStored((state) => state.address.selection)
  const span = [hovered, selected].map(spanOfTarget).find((part) => part?.worker === one.worker) ?? null
  const flags = flagsOf(one)
  return (
    <>
      <div className="worker-name">
        <span className="cell">{one.name}</span>
        <span className="quiet">{one.worker}</span>
        {flags.length > 0 && (
          <span className="flag-count" title={flags.map((flag) => say(flagWord(flag))).join('、')}>
            <span aria-hidden="true">⚑</span>
            {flags.length}
            <span className="sr-only">{say(text.flagsTitle)}</span>
          </span>
        )}
      </div>
      <div className="cell quiet">{one.grids.map(gridName).join('、')}</div>
      {one.absent ? (
        <div className="no-fix">{say(text.days.absent)}</div>
      ) : (
        <DayStrip strip={one.rows[0]?.strip ?? []} lit={span} />
      )}
    </>
  )
}
