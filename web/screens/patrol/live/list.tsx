/** The workers just now: state, grid, age of the position; searched, filtered, sorted. */

import { Button, Select } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { type Column, RowTable } from '../../../frame/row-table.tsx'
import { SearchField } from '../../../frame/search-field.tsx'
import { Empty, Loading } from '../../../frame/states.tsx'
import { formatDuration, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import type { Bbox } from '../../../state.ts'
import { useGridName } from '../data.ts'
import { text as patrolText } from '../text.ts'
import { useJudged, useLive, useMayFollow, useReach, useStateFilter } from './data.ts'
import { clockOfHour } from './hours.ts'
import {
  byId,
  byState,
  countStates,
  filtered,
  type JudgedWorker,
  type LiveState,
  liveStates,
} from './people.ts'
import { StateMark } from './state-mark.tsx'
import { text } from './text.ts'

export function LiveList(): ReactNode {
  const say = useSay()
  const people = useJudged()
  const isKnown = useLive((value) => value.isKnown)
  const mayFollow = useMayFollow()
  if (mayFollow === false) return <Empty title={say(text.forbidden)} hint={say(text.forbiddenHint)} />
  return (
    <>
      <Closed />
      {!isKnown ? <Loading rows={12} /> : people.length === 0 ? <Nobody /> : <Table people={people} />}
    </>
  )
}

/** Townships that show nothing at this hour. */
function Closed(): ReactNode {
  const say = useSay()
  const closed = useLive((value) => value.closed)
  const [only, ...others] = closed
  if (!only) return null
  if (others.length > 0)
    return <p className="panel-summary quiet">{say(text.closedSome, { n: formatNumber(closed.length) })}</p>
  return (
    <Empty
      title={say(text.closed)}
      hint={say(text.closedHint, { from: clockOfHour(only.from_hour), to: clockOfHour(only.to_hour) })}
    />
  )
}

function Nobody(): ReactNode {
  const say = useSay()
  const [reach, setReach] = useReach()
  const isClosed = useLive((value) => value.closed.length > 0)
  if (reach === 'map')
    return (
      <Empty
        title={say(text.emptyMap)}
        action={<Button onClick={() => setReach('area')}>{say(text.wholeArea)}</Button>}
      />
    )
  return isClosed ? null : <Empty title={say(text.empty)} hint={say(text.emptyHint)} />
}

/** About 300 m around a marker. */
const reachDegrees = 0.003
const around = ({ longitude, latitude }: JudgedWorker): Bbox => [
  longitude - reachDegrees,
  latitude - reachDegrees,
  longitude + reachDegrees,
  latitude + reachDegrees,
]

function Table({ people }: { readonly people: readonly JudgedWorker[] }): ReactNode {
  const say = useSay()
  const gridName = useGridName()
  const [wanted, setWanted] = useState('')
  const [state, setState] = useStateFilter()
  const [reach, setReach] = useReach()
  const counts = useMemo(() => countStates(people), [people])
  const rows = useMemo(() => filtered(people, state, wanted, gridName), [people, state, wanted, gridName])
  const columns = useMemo(
    (): Column<JudgedWorker>[] => [
      {
        key: 'state',
        title: say(patrolText.worker),
        width: 'minmax(96px, 1fr)',
        compare: byState,
        cell: (one) => (
          <>
            <div className="worker-name">
              <span className="cell">{one.name}</span>
              <span className="quiet">{one.worker}</span>
            </div>
            <div className="cell quiet">{one.grids.map(gridName).join('、')}</div>
          </>
        ),
      },
      {
        key: 'condition',
        title: say(text.state),
        width: '112px',
        cell: (one) => (
          <span className="live-state">
            <StateMark state={one.state} /> {say(text.states[one.state])}
          </span>
        ),
      },
      {
        key: 'age',
        title: say(text.age),
        width: '68px',
        align: 'right',
        compare: (a, b) => a.age - b.age || byId(a, b),
        cell: (one) => say(text.ago, { age: formatDuration(one.age) }),
      },
    ],
    [say, gridName],
  )
  return (
    <>
      <div className="panel-tools live-tools">
        <SearchField label={say(patrolText.search)} value={wanted} onChange={setWanted} />
        <Select<LiveState | 'all'>
          className="show-choice"
          aria-label={say(text.showWhich)}
          value={state}
          popupMatchSelectWidth={false}
          options={[
            { value: 'all', label: say(text.all, { n: formatNumber(people.length) }) },
            ...liveStates.map((value) => ({
              value,
              label: say(text.stateN, { state: say(text.states[value]), n: formatNumber(counts[value]) }),
            })),
          ]}
          onChange={(value) => setState(value)}
        />
        <Select
          className="show-choice"
          aria-label={say(text.reach)}
          value={reach}
          popupMatchSelectWidth={false}
          options={(['area', 'map'] as const).map((value) => ({ value, label: say(text.reaches[value]) }))}
          onChange={(value) => setReach(value)}
        />
      </div>
      {rows.length === 0 && <Empty title={say(text.noMatch)} />}
      <RowTable
        label={say(text.list)}
        rows={rows}
        columns={columns}
        order="state-up"
        rowHeight={44}
        target={(one) => ({ kind: 'worker', id: one.worker })}
        bbox={around}
      />
    </>
  )
}
